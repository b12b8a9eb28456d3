"""The account's state machine: `step(state, event, now) -> (state, commands)`, pure and total.

An event that no longer fits (a late timer, a second answer) changes nothing. A decision always leaves a receipt.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from domain import events as e
from domain.commands import CancelTimer, Command, Execute, GenerateDraft, SetTimer, Settle
from domain.decisions import ActionView, refusal
from domain.plan import ActionCompleted, MilestoneStart, Trigger
from domain.state import (
    DONE,
    MAX_RECEIPTS,
    TERMINAL,
    UNFIRED,
    AccountState,
    AccountStatus,
    ActionState,
    ActionStatus,
    Approval,
    MilestoneState,
    MilestoneStatus,
    Receipt,
)

S = ActionStatus


def step(state: AccountState, event: e.Event, now: datetime) -> tuple[AccountState, list[Command]]:
    """What the account becomes after the event, and what has to be done outside because of it."""
    change = _Change(state, now)
    if isinstance(event, e.Decision):
        _decide(change, event)
    else:
        _HANDLERS[type(event)](change, event)
    return change.result()


def outstanding(state: AccountState) -> list[Command]:
    """Every command whose answer the state still waits for; a new run carries them out again."""
    change = _Change(state, now=datetime.min.replace(tzinfo=UTC))
    for action in state.actions.values():
        change.commands.extend(_awaited(change, action))
    return change.commands


class _Change:
    """One step in progress: a working copy of the state, and the commands it gives rise to."""

    def __init__(self, state: AccountState, now: datetime) -> None:
        self.before = state
        self.now = now
        self.revision = state.revision + 1
        self.status = state.status
        self.live_at = state.live_at
        self.milestones = list(state.milestones)
        self.actions = dict(state.actions)
        self.receipts = state.receipts
        self.commands: list[Command] = []
        self.changed = False

    def result(self) -> tuple[AccountState, list[Command]]:
        """The new state, or the old one itself when nothing changed."""
        if not self.changed:
            return self.before, self.commands
        update = {
            "status": self.status,
            "live_at": self.live_at,
            "milestones": tuple(self.milestones),
            "actions": self.actions,
            "receipts": self.receipts,
            "revision": self.revision,
        }
        return self.before.model_copy(update=update), self.commands

    def set_action(self, key: str, **fields: Any) -> ActionState:
        """Replace fields of one action."""
        action = self.actions[key].model_copy(update={**fields, "revision": self.revision})
        self.actions[key] = action
        self.changed = True
        return action

    def ask(self, key: str, **fields: Any) -> None:
        """Change an action and command what its new state waits for."""
        action = self.set_action(key, step=self.actions[key].step + 1, **fields)
        self.commands.extend(_awaited(self, action))

    def set_milestone(self, index: int, **fields: Any) -> None:
        """Replace fields of one milestone."""
        update = {**fields, "revision": self.revision}
        self.milestones[index] = self.milestones[index].model_copy(update=update)
        self.changed = True

    def label(self, key: str) -> str:
        """The action's label, for summaries people read."""
        action = self.before.outline.action(key)
        return action.label if action else key


def _awaited(change: _Change, action: ActionState) -> list[Command]:
    """The command whose answer an action in this state waits for: none or one."""
    key, approval = action.key, action.approval
    if action.status is S.SCHEDULED and action.due_at:
        summary = f"{change.label(key)}: wait until it is due"
        return [SetTimer(id=timer_id(action), due_at=action.due_at, summary=summary)]
    if action.status is S.APPROVED and action.due_at:
        summary = f"{change.label(key)}: recall window"
        return [SetTimer(id=timer_id(action), due_at=action.due_at, summary=summary)]
    if action.status is S.DRAFTING:
        draft = action.draft
        return [
            GenerateDraft(
                id=f"draft:{key}:{action.step}",
                action=key,
                revision=draft.revision + 1 if draft else 1,
                based_on=draft.draft_id if draft else None,
            )
        ]
    if action.status is S.EXECUTING and approval:
        return [
            Execute(
                id=f"send:{key}:{action.step}",
                action=key,
                decision_id=approval.decision_id,
                draft_id=approval.draft.draft_id,
                content_hash=approval.draft.content_hash,
            )
        ]
    if action.status is S.UNCERTAIN and approval and action.resolution is not None:
        decision_id, sent = approval.decision_id, action.resolution
        return [Settle(id=f"settle:{key}:{action.step}", action=key, decision_id=decision_id, sent=sent)]
    return []


def timer_id(action: ActionState) -> str:
    """The id of the timer an action waits for."""
    return f"timer:{action.key}:{action.step}"


# Time and results of activities


def _started(change: _Change, _: e.Started) -> None:
    if change.status is AccountStatus.SETUP:
        change.status = AccountStatus.ACTIVE
        change.changed = True
        _start_next_milestone(change)


def _timer_fired(change: _Change, event: e.TimerFired) -> None:
    for key, action in list(change.actions.items()):
        if timer_id(action) != event.timer_id:
            continue
        if action.status is S.SCHEDULED:
            change.ask(key, status=S.DRAFTING, due_at=None)
        elif action.status is S.APPROVED:
            change.ask(key, status=S.EXECUTING, due_at=None)


def _waiting_for(change: _Change, key: str, command_id: str) -> ActionState | None:
    """The action, if it still waits for the answer to that command."""
    action = change.actions.get(key)
    if action and any(command.id == command_id for command in _awaited(change, action)):
        return action
    return None


def _draft_ready(change: _Change, event: e.DraftReady) -> None:
    if _waiting_for(change, event.action, event.command_id):
        change.set_action(event.action, status=S.READY, draft=event.draft)


def _draft_failed(change: _Change, event: e.DraftFailed) -> None:
    if _waiting_for(change, event.action, event.command_id):
        change.set_action(event.action, status=S.FAILED, approval=None, reason=event.reason)


def _executed(change: _Change, event: e.Executed) -> None:
    if _waiting_for(change, event.action, event.command_id):
        _complete(change, event.action)


def _execution_failed(change: _Change, event: e.ExecutionFailed) -> None:
    if not _waiting_for(change, event.action, event.command_id):
        return
    if event.outcome == "stale":
        change.ask(event.action, status=S.DRAFTING, approval=None, reason=event.reason)
    else:
        status = S.FAILED if event.outcome == "failed" else S.UNCERTAIN
        change.set_action(event.action, status=status, reason=event.reason)


def _settled(change: _Change, event: e.Settled) -> None:
    action = change.actions.get(event.action)
    if action is None or action.status is not S.UNCERTAIN:
        return
    if event.sent:
        _complete(change, event.action)
    else:
        change.set_action(
            event.action,
            status=S.READY,
            approval=None,
            reason="It was not sent. Approve it again to send it.",
        )


# Decisions


def _decide(change: _Change, decision: e.Decision) -> None:
    if change.before.receipt(decision.decision_id):
        return
    action = change.actions.get(decision.action)
    refused = refusal(decision, _view(change, action) if action else None)
    if refused is None:
        change.set_action(decision.action, decided_by=decision.by.name, reason="")
        _DECISIONS[type(decision)](change, decision)
    receipt = Receipt(
        decision_id=decision.decision_id,
        accepted=refused is None,
        reason=refused.reason if refused else "",
        detail=refused.detail if refused else "",
        at=change.now,
    )
    change.receipts = (*change.receipts, receipt)[-MAX_RECEIPTS:]
    change.changed = True


def _view(change: _Change, action: ActionState) -> ActionView:
    return ActionView(change.before.org_id, action.status, action.draft, action.decided_by)


def _approve(change: _Change, decision: e.ApproveAction) -> None:
    draft = change.actions[decision.action].draft
    assert draft is not None  # noqa: S101 - refusal() has seen the draft
    approval = Approval(decision_id=decision.decision_id, by=decision.by, at=change.now, draft=draft)
    if change.before.recall_seconds == 0:
        change.ask(decision.action, status=S.EXECUTING, approval=approval)
        return
    due_at = change.now + timedelta(seconds=change.before.recall_seconds)
    change.ask(decision.action, status=S.APPROVED, approval=approval, due_at=due_at)


def _edit(change: _Change, decision: e.EditDraft) -> None:
    draft = decision.draft.model_copy(update={"revision": decision.revision + 1, "author": decision.by.name})
    change.set_action(decision.action, draft=draft)


def _recall(change: _Change, decision: e.RecallAction) -> None:
    change.commands.append(CancelTimer(id=timer_id(change.actions[decision.action])))
    change.set_action(decision.action, status=S.READY, approval=None, due_at=None)


def _retry(change: _Change, decision: e.RetryAction) -> None:
    approved = change.actions[decision.action].approval is not None
    change.ask(decision.action, status=S.EXECUTING if approved else S.DRAFTING)


def _resolve(change: _Change, decision: e.ResolveAction) -> None:
    change.ask(decision.action, resolution=decision.sent)


# Milestones


def _start_next_milestone(change: _Change) -> None:
    for index, milestone in enumerate(change.milestones):
        if milestone.status is MilestoneStatus.NOT_STARTED:
            change.set_milestone(index, status=MilestoneStatus.IN_PROGRESS, started_at=change.now)
            _arm(change, index)
            _finish_milestones(change)
            return
    change.status = AccountStatus.LIVE
    change.live_at = change.now
    change.changed = True


def _arm(change: _Change, index: int) -> None:
    for action in change.before.outline.milestones[index].actions:
        delay_hours = _delay_at_start(change, action.trigger)
        if change.actions[action.key].status is S.PENDING and delay_hours is not None:
            _schedule(change, action.key, delay_hours)


def _delay_at_start(change: _Change, trigger: Trigger) -> int | None:
    """Hours from the milestone's start to the trigger's moment, or None when that is still unknown."""
    match trigger:
        case MilestoneStart():
            return trigger.delay_hours
        case ActionCompleted() if change.actions[trigger.action].status is S.COMPLETED:
            return trigger.delay_hours
        case _:
            return None


def _schedule(change: _Change, key: str, delay_hours: int) -> None:
    if delay_hours == 0:
        change.ask(key, status=S.DRAFTING)
    else:
        change.ask(key, status=S.SCHEDULED, due_at=change.now + timedelta(hours=delay_hours))


def _complete(change: _Change, key: str) -> None:
    change.set_action(key, status=S.COMPLETED, reason="")
    started = {m.key for m in change.milestones if m.status is not MilestoneStatus.NOT_STARTED}
    for milestone, action in change.before.outline.actions():
        trigger = action.trigger
        if not isinstance(trigger, ActionCompleted) or trigger.action != key or milestone.key not in started:
            continue
        if change.actions[action.key].status is S.PENDING:
            _schedule(change, action.key, trigger.delay_hours)
    _finish_milestones(change)


def _finish_milestones(change: _Change) -> None:
    """Complete the milestone in progress when its rule is met, and start the next."""
    for index, milestone in enumerate(change.milestones):
        if milestone.status is MilestoneStatus.IN_PROGRESS and _is_finished(change, index):
            _close(change, index, milestone)
            _start_next_milestone(change)
            return


def _is_finished(change: _Change, index: int) -> bool:
    actions = change.before.outline.milestones[index].actions
    required = [change.actions[a.key].status for a in actions if a.required]
    if required:
        return all(status in DONE for status in required)
    return all(change.actions[a.key].status in TERMINAL for a in actions)


def _close(change: _Change, index: int, milestone: MilestoneState) -> None:
    change.set_milestone(index, status=MilestoneStatus.COMPLETED, completed_at=change.now)
    for outlined in change.before.outline.milestones[index].actions:
        action = change.actions[outlined.key]
        if action.status in UNFIRED:
            if action.status is S.SCHEDULED:
                change.commands.append(CancelTimer(id=timer_id(action)))
            reason = f"{milestone.key} was completed before it was due"
            change.set_action(action.key, status=S.CANCELLED, due_at=None, reason=reason)


_HANDLERS: dict[type[Any], Callable[[_Change, Any], None]] = {
    e.Started: _started,
    e.TimerFired: _timer_fired,
    e.DraftReady: _draft_ready,
    e.DraftFailed: _draft_failed,
    e.Executed: _executed,
    e.ExecutionFailed: _execution_failed,
    e.Settled: _settled,
}
_DECISIONS: dict[type[Any], Callable[[_Change, Any], None]] = {
    e.ApproveAction: _approve,
    e.EditDraft: _edit,
    e.RecallAction: _recall,
    e.RetryAction: _retry,
    e.ResolveAction: _resolve,
}
