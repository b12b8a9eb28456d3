"""What crosses the line between API, workflow and activities: ids, names, and the payloads of each message.

Every model is append-only, with defaults for what is added, so that old and new code can meet during a deploy.
"""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.drafts import DraftRef
from domain.plan import Outline
from domain.state import AccountState, AccountStatus, ActionState, MilestoneState

ACCOUNT_WORKFLOW = "AccountWorkflow"
RECEIPT_QUERY = "receipt"

GENERATE_DRAFT = "generate_draft"
SEND_EMAIL = "send_email"
SETTLE_SEND = "settle_send"
RECORD_ACCOUNT = "record_account"


def account_workflow_id(org_id: UUID, account_id: UUID) -> str:
    """`account/{org}/{account}`: one open run an account, for its whole life."""
    return f"account/{org_id}/{account_id}"


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True)


class AccountStart(_Message):
    """Opens an account, or goes on with `state` after continue-as-new."""

    org_id: UUID
    account_id: UUID
    outline: Outline
    recall_seconds: int = 10
    csm_id: UUID | None = None
    state: AccountState | None = None


class DraftRequest(_Message):
    """Write the draft of `revision` for an action: from its template, or again from the draft `based_on`."""

    org_id: UUID
    account_id: UUID
    action: str
    revision: int
    based_on: UUID | None = None


class DraftAnswer(_Message):
    """The draft, or why there is none."""

    draft: DraftRef | None = None
    failed: str = ""


class SendRequest(_Message):
    """Send exactly this draft; `decision_id` names its row in the ledger."""

    org_id: UUID
    account_id: UUID
    action: str
    decision_id: UUID
    draft_id: UUID
    content_hash: str


class SendAnswer(_Message):
    """How the send ended: `sent`, `failed`, `uncertain` or `stale`, with the reason in words."""

    outcome: str
    reason: str = ""


class SettleRequest(_Message):
    """What a person said about a send of unknown outcome."""

    org_id: UUID
    account_id: UUID
    action: str
    decision_id: UUID
    sent: bool


class SettleAnswer(_Message):
    """What the ledger says now: a late confirmation outranks the person."""

    sent: bool


class AccountRecord(_Message):
    """The read model's news: everything that changed since the last record."""

    org_id: UUID
    account_id: UUID
    revision: int
    status: AccountStatus
    milestone_key: str | None
    progress: int
    live_at: datetime | None = None
    milestones: tuple[MilestoneState, ...] = ()
    actions: tuple[ActionState, ...] = ()
