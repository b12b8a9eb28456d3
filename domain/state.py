"""Where one account stands: the single value its workflow holds and carries through continue-as-new."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.actors import Actor
from domain.drafts import DraftRef
from domain.events import ApproveAction, CustomerResponded, EditDraft
from domain.plan import Outline

MAX_RECEIPTS = 200


class AccountStatus(StrEnum):
    """The life of an account."""

    SETUP = "SETUP"
    PENDING_HANDOFF = "PENDING_HANDOFF"
    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    LIVE = "LIVE"
    CANCELLED = "CANCELLED"


class MilestoneStatus(StrEnum):
    """The life of a milestone."""

    NOT_STARTED = "NOT_STARTED"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    SKIPPED = "SKIPPED"


class ActionStatus(StrEnum):
    """The life of an action; the last four need no more work or a person's."""

    PENDING = "PENDING"
    SCHEDULED = "SCHEDULED"
    DRAFTING = "DRAFTING"
    READY = "READY"
    APPROVED = "APPROVED"
    EXECUTING = "EXECUTING"
    EXECUTED = "EXECUTED"
    COMPLETED = "COMPLETED"
    SKIPPED = "SKIPPED"
    CANCELLED = "CANCELLED"
    FAILED = "FAILED"
    UNCERTAIN = "UNCERTAIN"


DONE = frozenset({ActionStatus.COMPLETED, ActionStatus.SKIPPED})
TERMINAL = DONE | {ActionStatus.CANCELLED}
UNFIRED = frozenset({ActionStatus.PENDING, ActionStatus.SCHEDULED})


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True)


class HandoffStatus(StrEnum):
    """The life of a handoff; accepting it starts the first milestone."""

    PREPARING = "PREPARING"
    OPEN = "OPEN"
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"
    ACCEPTED = "ACCEPTED"


class NoticeKind(StrEnum):
    """The fixed-text messages that Thread sends about an account by itself; none of them goes to the customer."""

    HANDOFF_LINK = "handoff_link"
    HANDOFF_REMINDER = "handoff_reminder"
    HANDOFF_ALERT = "handoff_alert"
    HANDOFF_SUBMITTED = "handoff_submitted"
    HANDOFF_RETURNED = "handoff_returned"
    CUSTOMER_RESPONDED = "customer_responded"


class ResponseStatus(StrEnum):
    """Where the customer's part of an EXECUTED action stands."""

    NONE = ""
    AWAITING = "awaiting"
    SUBMITTED = "submitted"
    RETURNED = "returned"


class Approval(_Value):
    """A decision to send exactly the content of that hash."""

    decision_id: UUID
    by: Actor
    at: datetime
    draft: DraftRef


class ActionState(_Value):
    """Where one action stands.

    `step` counts what was asked of the outside for this action (timers, drafts, sends) and makes their ids unique.
    `due_at` is when a SCHEDULED action fires or an APPROVED one sends. `resolution` is what a person said of an
    UNCERTAIN send, until the ledger has it. `response` and `submission_id` are the customer's part. `revision` is the
    state's when the action last changed.
    """

    key: str
    status: ActionStatus = ActionStatus.PENDING
    due_at: datetime | None = None
    draft: DraftRef | None = None
    approval: Approval | None = None
    resolution: bool | None = None
    response: ResponseStatus = ResponseStatus.NONE
    submission_id: UUID | None = None
    decided_by: str = ""
    reason: str = ""
    step: int = 0
    revision: int = 0


class MilestoneState(_Value):
    """Where one milestone stands."""

    key: str
    status: MilestoneStatus = MilestoneStatus.NOT_STARTED
    started_at: datetime | None = None
    completed_at: datetime | None = None
    revision: int = 0


class HandoffState(_Value):
    """Where the handoff stands. `due_at` is the next reminder to the AE, `reminders` their number since it opened."""

    status: HandoffStatus = HandoffStatus.PREPARING
    due_at: datetime | None = None
    reminders: int = 0
    step: int = 0
    reason: str = ""
    submitted_by: str = ""
    submitted_at: datetime | None = None
    revision: int = 0


class Pending(_Value):
    """Something asked of an activity that stands beside the actions: a notice, or an answer to be written again."""

    id: str
    notice: NoticeKind | None = None
    member_id: UUID | None = None
    question: str = ""
    text: str = ""


class Receipt(_Value):
    """The machine's answer to one decision, kept for whoever asks by its id."""

    decision_id: UUID
    accepted: bool
    reason: str = ""
    detail: str = ""
    at: datetime


EarlyDecision = ApproveAction | EditDraft | CustomerResponded
"""What a person can decide on before the machine knows of it: the read model and the portal may be a step ahead."""


class AccountState(_Value):
    """The whole of an account's process. `revision` grows by one with each event that changed something.

    `reminder_hours` says when the AE is reminded, counted from the handoff's opening; at the last one ops are told.
    `asked` counts what was ever put into `pending`. `held` are decisions on what this state has not heard of yet.
    """

    org_id: UUID
    account_id: UUID
    status: AccountStatus = AccountStatus.SETUP
    recall_seconds: int = Field(default=10, ge=0, le=600)
    reminder_hours: tuple[float, ...] = (24, 72, 120)
    csm_id: UUID | None = None
    outline: Outline
    handoff: HandoffState = HandoffState()
    pending: dict[str, Pending] = {}
    asked: int = 0
    milestones: tuple[MilestoneState, ...]
    actions: dict[str, ActionState]
    receipts: tuple[Receipt, ...] = ()
    held: tuple[EarlyDecision, ...] = ()
    live_at: datetime | None = None
    revision: int = 0
    recorded_revision: int = 0

    def receipt(self, decision_id: UUID) -> Receipt | None:
        """The answer given to that decision, if it is still remembered."""
        return next((r for r in reversed(self.receipts) if r.decision_id == decision_id), None)

    def current_milestone_key(self) -> str | None:
        """The milestone in progress."""
        return next((m.key for m in self.milestones if m.status is MilestoneStatus.IN_PROGRESS), None)


def begin(
    *,
    org_id: UUID,
    account_id: UUID,
    outline: Outline,
    recall_seconds: int,
    csm_id: UUID | None = None,
    reminder_hours: tuple[float, ...] = (24, 72, 120),
) -> AccountState:
    """The state of an account that has just been opened."""
    return AccountState(
        org_id=org_id,
        account_id=account_id,
        outline=outline,
        recall_seconds=recall_seconds,
        csm_id=csm_id,
        reminder_hours=reminder_hours,
        milestones=tuple(MilestoneState(key=m.key) for m in outline.milestones),
        actions={action.key: ActionState(key=action.key) for _, action in outline.actions()},
    )
