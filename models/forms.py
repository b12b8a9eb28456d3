"""What is a customer asked to fill in, how far have they come, and what have they sent?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.columns import Owned, Row, belongs_to, document, moment, number, owned_by_organization, stamp, words


class PortalRequest(Owned, table=True):
    """What an approved action asks of the customer: `content` is exactly what was approved as that draft."""

    __tablename__ = "portal_requests"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("drafts", "draft_id"),
    )

    account_id: UUID = Field(primary_key=True)
    action_key: str = Field(primary_key=True, sa_type=Text)
    type: str = Field(sa_type=Text)
    draft_id: UUID
    content: dict[str, Any] = Field(sa_type=JSONB)
    opened_at: datetime = stamp()
    closed_at: datetime | None = moment()


class FormDraft(Owned, table=True):
    """What was typed into a form and not sent yet: saved as they type, resumed on any device."""

    __tablename__ = "form_drafts"
    __table_args__ = (owned_by_organization(), belongs_to("accounts", "account_id"))

    account_id: UUID = Field(primary_key=True)
    action_key: str = Field(primary_key=True, sa_type=Text)
    values: dict[str, Any] = document()
    revision: int = number()
    updated_at: datetime = stamp()
    updated_by: str = words()


class Submission(Row, table=True):
    """One immutable answer to the form of the approved draft `draft_id`."""

    __tablename__ = "submissions"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("contacts", "submitted_by"),
        belongs_to("drafts", "draft_id"),
        Index("submissions_action_idx", "org_id", "account_id", "action_key", "submitted_at"),
    )

    account_id: UUID
    action_key: str = Field(sa_type=Text)
    values: dict[str, Any] = Field(sa_type=JSONB)
    values_hash: str = Field(sa_type=Text)
    submitted_by: UUID | None = None
    submitted_name: str = words()
    submitted_at: datetime = stamp()
    draft_id: UUID
