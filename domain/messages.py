"""What crosses the line between API, workflow and activities: ids, names, and the payloads of each message.

Every model is append-only, with defaults for what is added, so that old and new code can meet during a deploy.
"""

from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.commands import ActivityCommand
from domain.plan import Outline
from domain.state import AccountState

C = TypeVar("C", bound=ActivityCommand)

ACCOUNT_WORKFLOW = "AccountWorkflow"
RECEIPT_QUERY = "receipt"
PORTAL_QUERY = "portal"

GENERATE_DRAFT = "generate_draft"
SEND_EMAIL = "send_email"
SETTLE_SEND = "settle_send"
COLLECT_INFO = "collect_info"
PREPARE_HANDOFF = "prepare_handoff"
REGENERATE_ANSWER = "regenerate_answer"
SEND_NOTICE = "send_notice"
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
    reminder_hours: tuple[float, ...] = (24, 72, 120)
    state: AccountState | None = None


class Request(_Message, Generic[C]):
    """Asks an activity to carry out one command of an account's machine."""

    org_id: UUID
    account_id: UUID
    command: C
