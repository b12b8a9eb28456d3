"""What does sales hand over with an account: which questions, which answers so far, and who takes it?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.columns import Owned, belongs_to, listing, moment, number, one_of, owned_by_organization, stamp, words


class Handoff(Owned, table=True):
    """The handoff of one account. Activities alone write the read model, from `status` down.

    `questions` are worded as when the account started; `reason` is what the CSM asked who returned it.
    """

    __tablename__ = "handoffs"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("members", "csm_id"),
        one_of("status", "PREPARING", "OPEN", "SUBMITTED", "RETURNED", "ACCEPTED"),
    )

    account_id: UUID = Field(primary_key=True)
    questions: list[dict[str, Any]] = Field(sa_type=JSONB)

    status: str = words("PREPARING")
    reason: str = words()
    submitted_at: datetime | None = moment()
    submitted_by: str = words()
    csm_id: UUID | None = None
    due_at: datetime | None = moment()
    revision: int = number()
    updated_at: datetime = stamp()


class HandoffAnswer(Owned, table=True):
    """The answer to one question, `null` until there is one; `pending` while it is being written anew."""

    __tablename__ = "handoff_answers"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        one_of("origin", "ai", "template", "ae"),
    )

    account_id: UUID = Field(primary_key=True)
    question: str = Field(primary_key=True, sa_type=Text)
    value: Any = Field(
        default=None, nullable=False, sa_type=JSONB, sa_column_kwargs={"server_default": text("'null'::jsonb")}
    )
    origin: str = Field(sa_type=Text)
    sources: list[Any] = listing()
    model: str = words()
    pending: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    revision: int = number(1)
    updated_at: datetime = stamp()
    updated_by: str = words()
