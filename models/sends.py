"""Was it sent? The ledger that keeps an approved send from happening twice."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from models.columns import Row, belongs_to, moment, number, one_of, owned_by_organization, stamp, words


class Send(Row, table=True):
    """One message of one decision: intended, claimed before the call, then sent, failed or uncertain."""

    __tablename__ = "sends"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        UniqueConstraint("org_id", "account_id", "action_key", "decision_id", "occurrence"),
        one_of("status", "intended", "claimed", "sent", "failed", "uncertain"),
    )

    account_id: UUID
    action_key: str = Field(sa_type=Text)
    decision_id: UUID
    occurrence: int = number()
    content_hash: str = Field(sa_type=Text)
    message_id: str = Field(sa_type=Text)
    status: str = words("intended")
    attempt: int = number()
    claim_id: UUID | None = None
    claimed_at: datetime | None = moment()
    sent_at: datetime | None = moment()
    provider_ref: str = words()
    error: str = words()
    created_at: datetime = stamp()
    updated_at: datetime = stamp()
