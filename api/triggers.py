"""When does an action come due, in words a CSM would use?"""

from dataclasses import dataclass

from domain.plan import ActionCompleted, Manual, MilestoneStart, Plan


@dataclass(frozen=True)
class _Tense:
    milestone: str
    action: str
    by_hand: str


_PRESENT = _Tense("starts", "is completed", "a CSM starts it")
_PAST = _Tense("started", "was completed", "a CSM started it")


def in_words(plan: Plan, key: str) -> str:
    """For instance `48 h after Kickoff starts`."""
    return _words(plan, key, _PRESENT)


def why(plan: Plan, key: str, *, fired: bool) -> str:
    """A sentence on what brought the action where it is, or will."""
    return f"It came due {_words(plan, key, _PAST)}." if fired else f"It comes due {in_words(plan, key)}."


def _words(plan: Plan, key: str, tense: _Tense) -> str:
    action = plan.action(key)
    match action.trigger if action else None:
        case MilestoneStart(delay_hours=hours):
            return f"{_after(hours)} {plan.milestone_of(key).name} {tense.milestone}"
        case ActionCompleted(action=other_key, delay_hours=hours):
            other = plan.action(other_key)
            return f"{_after(hours)} {other.label if other else other_key} {tense.action}"
        case Manual():
            return f"when {tense.by_hand}"
        case None:  # the plan no longer has it
            return ""


def _after(hours: float) -> str:
    if hours == 0:
        return "when"
    if hours < 1:
        return f"{max(round(hours * 60), 1)} min after"
    if hours > 72 and hours % 24 == 0:
        return f"{hours / 24:g} days after"
    return f"{hours:g} h after"
