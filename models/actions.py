"""What is there to do for each account, and what waits for a CSM? A read model: activities alone write it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, true
from sqlmodel import Field

from domain.plan import ActionType
from domain.state import ActionStatus
from models.columns import Owned, belongs_to, moment, number, one_of, owned_by_organization, stamp, words


class Action(Owned, table=True):
    """One action of one account; the review inbox lists those that are READY.

    `send_at` is the end of the recall window of an approval; `reason` says why it failed or was skipped.
    `response` is where the customer's part stands, `submission_id` their last answer.
    """

    __tablename__ = "actions"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        one_of("type", ActionType),
        one_of("status", ActionStatus),
        one_of("response", "", "awaiting", "submitted", "returned"),
        Index("actions_inbox_idx", "org_id", "status", "updated_at", "account_id", "key"),
    )

    account_id: UUID = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    milestone_key: str = Field(sa_type=Text)
    position: int
    type: str = Field(sa_type=Text)
    label: str = Field(sa_type=Text)
    required: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    status: str = words(ActionStatus.PENDING.value)
    due_at: datetime | None = moment()
    draft_id: UUID | None = None
    draft_revision: int = number()
    content_hash: str | None = Field(default=None, sa_type=Text)
    send_at: datetime | None = moment()
    decided_by: str = words()
    reason: str = words()
    subject: str = words()
    response: str = words()
    submission_id: UUID | None = None
    attempt: int = number()
    revision: int = number()
    updated_at: datetime = stamp()
