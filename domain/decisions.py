"""May this decision be taken on this action now? The API asks with what it last read, the machine with what is true."""

from dataclasses import dataclass
from uuid import UUID

from domain.drafts import DraftRef
from domain.events import ApproveAction, Decision, EditDraft, RecallAction, ResolveAction, RetryAction
from domain.state import ActionStatus

S = ActionStatus

_ALLOWED_IN: dict[type[Decision], frozenset[ActionStatus]] = {
    ApproveAction: frozenset({S.READY}),
    EditDraft: frozenset({S.READY}),
    RecallAction: frozenset({S.APPROVED}),
    RetryAction: frozenset({S.FAILED}),
    ResolveAction: frozenset({S.UNCERTAIN}),
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
    """What a decision is checked against."""

    org_id: UUID
    status: ActionStatus
    draft: DraftRef | None
    decided_by: str = ""


def refusal(decision: Decision, action: ActionView | None) -> Refusal | None:
    """Why the decision is refused, or None when it stands."""
    if action is None or decision.org_id != action.org_id:
        return Refusal("unknown_action", "There is no such action in this account.")
    stale = _stale(decision, action)
    if stale is not None:
        return stale
    if action.status not in _ALLOWED_IN[type(decision)]:
        by = f" ({action.decided_by})" if action.decided_by else ""
        return Refusal("wrong_state", f"This can't be done now: {_IN_WORDS[action.status]}{by}.")
    if isinstance(decision, ApproveAction) and action.draft and action.draft.unresolved:
        names = ", ".join(f"{{{{{name}}}}}" for name in action.draft.unresolved)
        return Refusal("unresolved_variables", f"These variables have no value yet: {names}.")
    return None


def _stale(decision: Decision, action: ActionView) -> Refusal | None:
    if not isinstance(decision, ApproveAction | EditDraft | RecallAction):
        return None
    if action.draft is None:
        return Refusal("no_draft", f"There is no draft to decide on: {_IN_WORDS[action.status]}.")
    changed = action.draft.revision != decision.revision or (
        isinstance(decision, ApproveAction) and action.draft.content_hash != decision.content_hash
    )
    if changed:
        who = action.draft.author or "Thread"
        return Refusal("stale_draft", f"{who} changed this draft after you opened it. Read it again.")
    return None
