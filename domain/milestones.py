"""When milestones start and end, and which triggers that fires."""

from datetime import timedelta

from domain.change import Change, timer_id
from domain.commands import CancelTimer
from domain.plan import ActionCompleted, MilestoneStart, Trigger
from domain.state import DONE, TERMINAL, UNFIRED, AccountStatus, ActionStatus, MilestoneState, MilestoneStatus

S = ActionStatus


def start_next(change: Change) -> None:
    """Start the first milestone that has not been, or go live when there is none."""
    for index, milestone in enumerate(change.milestones):
        if milestone.status is MilestoneStatus.NOT_STARTED:
            change.set_milestone(index, status=MilestoneStatus.IN_PROGRESS, started_at=change.now)
            _arm(change, index)
            _finish_milestones(change)
            return
    change.status = AccountStatus.LIVE
    change.live_at = change.now
    change.changed = True


def _arm(change: Change, index: int) -> None:
    for action in change.before.outline.milestones[index].actions:
        delay_hours = _delay_at_start(change, action.trigger)
        if change.actions[action.key].status is S.PENDING and delay_hours is not None:
            _schedule(change, action.key, delay_hours)


def _delay_at_start(change: Change, trigger: Trigger) -> float | None:
    """Hours from the milestone's start to the trigger's moment, or None when that is still unknown."""
    match trigger:
        case MilestoneStart():
            return trigger.delay_hours
        case ActionCompleted() if change.actions[trigger.action].status is S.COMPLETED:
            return trigger.delay_hours
        case _:
            return None


def _schedule(change: Change, key: str, delay_hours: float) -> None:
    if delay_hours == 0:
        change.ask(key, status=S.DRAFTING)
    else:
        change.ask(key, status=S.SCHEDULED, due_at=change.now + timedelta(hours=delay_hours))


def complete(change: Change, key: str) -> None:
    """An action is done: fire what follows it, and end its milestone when its rule is met."""
    change.set_action(key, status=S.COMPLETED, reason="")
    started = {m.key for m in change.milestones if m.status is not MilestoneStatus.NOT_STARTED}
    for milestone, action in change.before.outline.actions():
        trigger = action.trigger
        if not isinstance(trigger, ActionCompleted) or trigger.action != key or milestone.key not in started:
            continue
        if change.actions[action.key].status is S.PENDING:
            _schedule(change, action.key, trigger.delay_hours)
    _finish_milestones(change)


def _finish_milestones(change: Change) -> None:
    """Complete the milestone in progress when its rule is met, and start the next."""
    for index, milestone in enumerate(change.milestones):
        if milestone.status is MilestoneStatus.IN_PROGRESS and _is_finished(change, index):
            _close(change, index, milestone)
            start_next(change)
            return


def _is_finished(change: Change, index: int) -> bool:
    actions = change.before.outline.milestones[index].actions
    required = [change.actions[a.key].status for a in actions if a.required]
    if required:
        return all(status in DONE for status in required)
    return all(change.actions[a.key].status in TERMINAL for a in actions)


def _close(change: Change, index: int, milestone: MilestoneState) -> None:
    change.set_milestone(index, status=MilestoneStatus.COMPLETED, completed_at=change.now)
    for outlined in change.before.outline.milestones[index].actions:
        action = change.actions[outlined.key]
        if action.status in UNFIRED:
            if action.status is S.SCHEDULED:
                change.commands.append(CancelTimer(id=timer_id(action)))
            reason = f"{milestone.key} was completed before it was due"
            change.set_action(action.key, status=S.CANCELLED, due_at=None, reason=reason)
