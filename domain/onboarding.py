"""The account's state machine: `step(state, event, now) -> (state, commands)`, pure and total.

An event that no longer fits (a late timer, a second answer) changes nothing. A decision always leaves a receipt.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from domain import events as e
from domain.change import Change, awaited, awaited_beside, awaited_of_handoff, timer_id
from domain.commands import (
    ActivityCommand,
    CancelTimer,
    Command,
    GenerateDraft,
    PrepareHandoff,
    RegenerateAnswer,
    SendNotice,
)
from domain.decisions import ActionView, Refusal, handoff_refusal, is_early, refusal
from domain.milestones import complete
from domain.onboarding_handoff import (
    accept,
    ask_again,
    begin_handoff,
    prepared,
    reminder_due,
    send_back,
    submit,
)
from domain.plan import ActionType
from domain.state import (
    MAX_RECEIPTS,
    AccountState,
    ActionState,
    ActionStatus,
    Approval,
    NoticeKind,
    Receipt,
    ResponseStatus,
)

S = ActionStatus
MAX_HELD = 50


def step(state: AccountState, event: e.Event, now: datetime) -> tuple[AccountState, list[Command]]:
    """What the account becomes after the event, and what has to be done outside because of it."""
    change = Change(state, now)
    if isinstance(event, e.Decision):
        _decide(change, event)
    else:
        _HANDLERS[type(event)](change, event)
    return change.result()


def outstanding(state: AccountState) -> list[Command]:
    """Every command whose answer the state still waits for; a new run carries them out again."""
    change = Change(state, now=datetime.min.replace(tzinfo=UTC))
    change.commands.extend(awaited_of_handoff(state.handoff) if state.revision else [])
    change.commands.extend(awaited_beside(asked) for asked in state.pending.values())
    for action in state.actions.values():
        change.commands.extend(awaited(change, action))
    return change.commands


def unanswered(command: ActivityCommand, reason: str) -> e.Event:
    """What is known when an activity ended without an answer: nothing about a send, so a person is asked."""
    if isinstance(command, GenerateDraft):
        return e.DraftFailed(command_id=command.id, action=command.action, reason=reason)
    if isinstance(command, PrepareHandoff):
        return e.HandoffPrepared(command_id=command.id)
    if isinstance(command, RegenerateAnswer | SendNotice):
        return e.Done(command_id=command.id)
    return e.ExecutionFailed(command_id=command.id, action=command.action, outcome="uncertain", reason=reason)


# Time and results of activities


def _started(change: Change, _: e.Started) -> None:
    if change.before.revision == 0:
        begin_handoff(change)


def _timer_fired(change: Change, event: e.TimerFired) -> None:
    reminder_due(change, event)
    for key, action in list(change.actions.items()):
        if timer_id(action) != event.timer_id:
            continue
        if action.status is S.SCHEDULED:
            change.ask(key, status=S.DRAFTING, due_at=None)
        elif action.status is S.APPROVED:
            change.ask(key, status=S.EXECUTING, due_at=None)


def _waiting_for(change: Change, key: str, command_id: str) -> ActionState | None:
    """The action, if it still waits for the answer to that command."""
    action = change.actions.get(key)
    if action and any(command.id == command_id for command in awaited(change, action)):
        return action
    return None


def _draft_ready(change: Change, event: e.DraftReady) -> None:
    if _waiting_for(change, event.action, event.command_id):
        change.set_action(event.action, status=S.READY, draft=event.draft)
        _judge_held(change, event.action)


def _draft_failed(change: Change, event: e.DraftFailed) -> None:
    if _waiting_for(change, event.action, event.command_id):
        change.set_action(event.action, status=S.FAILED, approval=None, reason=event.reason)
        _judge_held(change, event.action)


def _executed(change: Change, event: e.Executed) -> None:
    if _waiting_for(change, event.action, event.command_id):
        _finish_execution(change, event.action)


def _finish_execution(change: Change, key: str) -> None:
    """An e-mail is done once it was sent; what asks the customer for something is done when that is accepted."""
    if change.action_type(key) is ActionType.SEND_EMAIL:
        complete(change, key)
    else:
        change.set_action(key, status=S.EXECUTED, response=ResponseStatus.AWAITING, reason="")
    _judge_held(change, key)


def _execution_failed(change: Change, event: e.ExecutionFailed) -> None:
    if not _waiting_for(change, event.action, event.command_id):
        return
    if event.outcome == "stale":
        change.ask(event.action, status=S.DRAFTING, approval=None, reason=event.reason)
    else:
        status = S.FAILED if event.outcome == "failed" else S.UNCERTAIN
        change.set_action(event.action, status=status, resolution=None, reason=event.reason)
        _judge_held(change, event.action)


def _settled(change: Change, event: e.Settled) -> None:
    if not _waiting_for(change, event.action, event.command_id):
        return
    if event.sent:
        change.set_action(event.action, resolution=None)
        _finish_execution(change, event.action)
    else:
        reason = "It was not sent. Approve it again to send it."
        change.set_action(event.action, status=S.READY, approval=None, resolution=None, reason=reason)
        _judge_held(change, event.action)


# Decisions


def _decide(change: Change, decision: e.Decision) -> None:
    if change.before.receipt(decision.decision_id):
        return
    if _hold(change, decision):
        return
    refused = _refusal(change, decision)
    if refused is None:
        if isinstance(decision, e.ActionDecision):
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


def _hold(change: Change, decision: e.Decision) -> bool:
    """Keep a decision on what is about to come; it gets its receipt then."""
    if not isinstance(decision, e.ApproveAction | e.EditDraft | e.CustomerResponded):
        return False
    action = change.actions.get(decision.action)
    if not is_early(decision, view(change.before.org_id, action) if action else None):
        return False
    if decision in change.held:
        return True
    if len(change.held) >= MAX_HELD:
        return False
    change.held = (*change.held, decision)
    change.changed = True
    return True


def _judge_held(change: Change, key: str) -> None:
    """What was about to come has come, or has failed: judge the decisions that waited for it."""
    waited = [decision for decision in change.held if decision.action == key]
    change.held = tuple(decision for decision in change.held if decision.action != key)
    for decision in waited:
        _decide(change, decision)


def _refusal(change: Change, decision: e.Decision) -> Refusal | None:
    org_id = change.before.org_id
    if isinstance(decision, e.ActionDecision):
        action = change.actions.get(decision.action)
        return refusal(decision, view(org_id, action) if action else None)
    return handoff_refusal(decision, org_id, change.handoff.status, change.handoff.submitted_by)


def view(org_id: UUID, action: ActionState) -> ActionView:
    """What a decision about the action is checked against."""
    return ActionView(
        org_id=org_id,
        status=action.status,
        draft=action.draft,
        decided_by=action.decided_by,
        response=action.response,
        submission_id=action.submission_id,
        settling=action.resolution is not None,
    )


def _approve(change: Change, decision: e.ApproveAction) -> None:
    draft = change.actions[decision.action].draft
    assert draft is not None  # noqa: S101 - refusal() has seen the draft
    approval = Approval(decision_id=decision.decision_id, by=decision.by, at=change.now, draft=draft)
    if change.before.recall_seconds == 0:
        change.ask(decision.action, status=S.EXECUTING, approval=approval)
        return
    due_at = change.now + timedelta(seconds=change.before.recall_seconds)
    change.ask(decision.action, status=S.APPROVED, approval=approval, due_at=due_at)


def _edit(change: Change, decision: e.EditDraft) -> None:
    draft = decision.draft.model_copy(update={"revision": decision.revision + 1, "author": decision.by.name})
    change.set_action(decision.action, draft=draft)


def _recall(change: Change, decision: e.RecallAction) -> None:
    change.commands.append(CancelTimer(id=timer_id(change.actions[decision.action])))
    change.set_action(decision.action, status=S.READY, approval=None, due_at=None)


def _retry(change: Change, decision: e.RetryAction) -> None:
    approved = change.actions[decision.action].approval is not None
    change.ask(decision.action, status=S.EXECUTING if approved else S.DRAFTING)


def _resolve(change: Change, decision: e.ResolveAction) -> None:
    change.ask(decision.action, resolution=decision.sent)


def _responded(change: Change, decision: e.CustomerResponded) -> None:
    submitted = ResponseStatus.SUBMITTED
    change.set_action(decision.action, response=submitted, submission_id=decision.submission_id)
    label = change.label(decision.action)
    change.ask_beside(notice=NoticeKind.CUSTOMER_RESPONDED, member_id=change.csm_id, text=label)


def _accept_response(change: Change, decision: e.AcceptResponse) -> None:
    complete(change, decision.action)


def _return_response(change: Change, decision: e.ReturnResponse) -> None:
    change.set_action(decision.action, response=ResponseStatus.RETURNED, reason=decision.text)


def _done(change: Change, event: e.Done) -> None:
    if change.pending.pop(event.command_id, None):
        change.changed = True


_HANDLERS: dict[type[Any], Callable[[Change, Any], None]] = {
    e.Started: _started,
    e.TimerFired: _timer_fired,
    e.DraftReady: _draft_ready,
    e.DraftFailed: _draft_failed,
    e.Executed: _executed,
    e.ExecutionFailed: _execution_failed,
    e.Settled: _settled,
    e.HandoffPrepared: prepared,
    e.Done: _done,
}
_DECISIONS: dict[type[Any], Callable[[Change, Any], None]] = {
    e.ApproveAction: _approve,
    e.EditDraft: _edit,
    e.RecallAction: _recall,
    e.RetryAction: _retry,
    e.ResolveAction: _resolve,
    e.CustomerResponded: _responded,
    e.AcceptResponse: _accept_response,
    e.ReturnResponse: _return_response,
    e.SubmitHandoff: submit,
    e.AcceptHandoff: accept,
    e.ReturnHandoff: send_back,
    e.AskAnswerAgain: ask_again,
}
