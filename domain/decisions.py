"""May this decision be taken now? The API asks with what it last read, the machine with what is true."""

from dataclasses import dataclass
from uuid import UUID

from domain import events as e
from domain.drafts import DraftRef
from domain.state import ActionStatus, HandoffStatus, ResponseStatus

S = ActionStatus
H = HandoffStatus

_ALLOWED_IN: dict[type[e.ActionDecision], frozenset[ActionStatus]] = {
    e.ApproveAction: frozenset({S.READY}),
    e.EditDraft: frozenset({S.READY}),
    e.RecallAction: frozenset({S.APPROVED}),
    e.RetryAction: frozenset({S.FAILED}),
    e.ResolveAction: frozenset({S.UNCERTAIN}),
    e.CustomerResponded: frozenset({S.EXECUTED}),
    e.AcceptResponse: frozenset({S.EXECUTED}),
    e.ReturnResponse: frozenset({S.EXECUTED}),
}
_HANDOFF_ALLOWED_IN: dict[type[e.Decision], frozenset[HandoffStatus]] = {
    e.SubmitHandoff: frozenset({H.OPEN, H.RETURNED}),
    e.AskAnswerAgain: frozenset({H.OPEN, H.RETURNED}),
    e.ReturnHandoff: frozenset({H.SUBMITTED}),
    e.AcceptHandoff: frozenset({H.OPEN, H.SUBMITTED, H.RETURNED}),
}
_OF_OTHERS = (e.SubmitHandoff, e.AskAnswerAgain, e.CustomerResponded)
"""Decisions of the AE and of customers; all others are a member's alone."""
_HANDOFF_IN_WORDS: dict[HandoffStatus, str] = {
    H.PREPARING: "it is being prepared",
    H.OPEN: "the account executive has not submitted it",
    H.SUBMITTED: "it was submitted already",
    H.RETURNED: "it was returned with a question",
    H.ACCEPTED: "it was accepted already",
}
_IN_WORDS: dict[ActionStatus, str] = {
    S.PENDING: "it is not due yet",
    S.SCHEDULED: "it is not due yet",
    S.DRAFTING: "its draft is being written",
    S.READY: "it waits for approval",
    S.APPROVED: "it is approved already",
    S.EXECUTING: "it is being sent",
    S.EXECUTED: "it was sent",
    S.COMPLETED: "it is done",
    S.SKIPPED: "it was skipped",
    S.CANCELLED: "it was cancelled",
    S.FAILED: "it failed and waits for a retry",
    S.UNCERTAIN: "it may have been sent; say whether it was",
}


@dataclass(frozen=True)
class Refusal:
    """Why a decision does not stand: `reason` is a stable word, `detail` a sentence for the person."""

    reason: str
    detail: str


@dataclass(frozen=True)
class ActionView:
    """What a decision about an action is checked against."""

    org_id: UUID
    status: ActionStatus
    draft: DraftRef | None
    decided_by: str = ""
    response: ResponseStatus = ResponseStatus.NONE
    submission_id: UUID | None = None
    settling: bool = False


def is_early(decision: e.Decision, action: ActionView | None) -> bool:
    """Whether the decision is about something that is on its way: it waits, and is judged when that has come.

    A draft is in the read model, and a form in the portal, a moment before the machine hears that it is done.
    """
    if action is None or decision.org_id != action.org_id or not _may_decide(decision):
        return False
    if isinstance(decision, e.ApproveAction | e.EditDraft):
        following = action.draft.revision + 1 if action.draft else 1
        return action.status is S.DRAFTING and decision.revision == following
    return isinstance(decision, e.CustomerResponded) and action.status in (S.EXECUTING, S.UNCERTAIN)


def refusal(decision: e.ActionDecision, action: ActionView | None) -> Refusal | None:
    """Why the decision about an action is refused, or None when it stands."""
    if action is None or decision.org_id != action.org_id:
        return Refusal("unknown_action", "There is no such action in this account.")
    if not _may_decide(decision):
        return Refusal("not_allowed", "Only a member of the organisation can decide this.")
    stale = _stale(decision, action)
    if stale is not None:
        return stale
    if action.status not in _ALLOWED_IN[type(decision)]:
        by = f" ({action.decided_by})" if action.decided_by else ""
        return Refusal("wrong_state", f"This can't be done now: {_IN_WORDS[action.status]}{by}.")
    if isinstance(decision, e.ResolveAction) and action.settling:
        return Refusal("wrong_state", f"{action.decided_by} has said so already; it is being recorded.")
    if isinstance(decision, e.ApproveAction) and action.draft and action.draft.unresolved:
        names = ", ".join(f"{{{{{name}}}}}" for name in action.draft.unresolved)
        return Refusal("unresolved_variables", f"These variables have no value yet: {names}.")
    return _response_refusal(decision, action)


def handoff_refusal(decision: e.Decision, org_id: UUID, status: HandoffStatus, decided_by: str) -> Refusal | None:
    """Why the decision about a handoff is refused, or None when it stands."""
    if decision.org_id != org_id:
        return Refusal("unknown_account", "There is no such account.")
    if not _may_decide(decision):
        return Refusal("not_allowed", "Only a member of the organisation can decide this.")
    if status not in _HANDOFF_ALLOWED_IN[type(decision)]:
        by = f" ({decided_by})" if decided_by else ""
        return Refusal("wrong_state", f"This can't be done now: {_HANDOFF_IN_WORDS[status]}{by}.")
    return None


def _may_decide(decision: e.Decision) -> bool:
    if isinstance(decision, e.CustomerResponded):
        return decision.by.contact_id is not None
    return decision.by.member_id is not None or isinstance(decision, _OF_OTHERS)


def _stale(decision: e.ActionDecision, action: ActionView) -> Refusal | None:
    if not isinstance(decision, e.ApproveAction | e.EditDraft | e.RecallAction):
        return None
    if action.draft is None:
        return Refusal("no_draft", f"There is no draft to decide on: {_IN_WORDS[action.status]}.")
    changed = action.draft.revision != decision.revision or (
        isinstance(decision, e.ApproveAction) and action.draft.content_hash != decision.content_hash
    )
    if changed:
        who = action.draft.author or "Thread"
        return Refusal("stale_draft", f"{who} changed this draft after you opened it. Read it again.")
    return None


def _response_refusal(decision: e.ActionDecision, action: ActionView) -> Refusal | None:
    if isinstance(decision, e.CustomerResponded) and action.response is ResponseStatus.SUBMITTED:
        return Refusal("wrong_state", "Answers were sent already and are being read.")
    if not isinstance(decision, e.AcceptResponse | e.ReturnResponse):
        return None
    if action.response is not ResponseStatus.SUBMITTED:
        return Refusal("wrong_state", "There are no answers to decide on: the customer has not sent any.")
    if action.submission_id != decision.submission_id:
        return Refusal("stale_response", "The customer has sent other answers since. Read them first.")
    return None
