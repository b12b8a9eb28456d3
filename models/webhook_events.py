"""What did vendors tell us? An inbox: committed before the vendor gets its answer, handled afterwards."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.columns import Row, belongs_to, moment, number, one_of, owned_by_organization, stamp, words


class WebhookEvent(Row, table=True):
    """One event of a vendor, stored once by its `event_key`; `attention` needs a person, `reason` says why."""

    __tablename__ = "webhook_events"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("connections", "connection_id"),
        belongs_to("accounts", "account_id"),
        UniqueConstraint("org_id", "connection_id", "event_key"),
        one_of("status", "pending", "done", "ignored", "rejected", "attention"),
    )

    connection_id: UUID
    event_key: str = Field(sa_type=Text)
    body: dict[str, Any] = Field(sa_type=JSONB)
    body_hash: bytes
    status: str = words("pending")
    reason: str = words()
    account_id: UUID | None = None
    attempts: int = number()
    occurred_at: datetime | None = moment()
    received_at: datetime = stamp()
    handled_at: datetime | None = moment()
