"""How far along an account is, in percent: each milestone counts by its planned length, and never counts down."""

from domain.state import TERMINAL, AccountState, AccountStatus, MilestoneState, MilestoneStatus

_ENDED = frozenset({MilestoneStatus.COMPLETED, MilestoneStatus.SKIPPED})


def progress(state: AccountState) -> int:
    """0 to 100; 100 exactly when the account is live."""
    if state.status is AccountStatus.LIVE:
        return 100
    lengths = [max(1, outline.duration_days) for outline in state.outline.milestones]
    done = sum(
        length * _share(state, index, milestone)
        for index, (length, milestone) in enumerate(zip(lengths, state.milestones, strict=True))
    )
    return min(99, int(done * 100 / sum(lengths)))


def _share(state: AccountState, index: int, milestone: MilestoneState) -> float:
    """The part of the milestone that is behind us: its required actions, or all where none is required."""
    if milestone.status in _ENDED:
        return 1.0
    outlined = state.outline.milestones[index].actions
    counted = [a.key for a in outlined if a.required] or [a.key for a in outlined]
    finished = sum(state.actions[key].status in TERMINAL for key in counted)
    return finished / len(counted) if counted else 0.0
