"""Which browsers have come in by a link, of customers and of account executives?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from models.columns import MOMENT, Row, belongs_to, moment, one_of, owned_by_organization, stamp, words


class PortalSession(Row, table=True):
    """One browser let in by one link; the cookie's token is kept as its SHA-256 only."""

    __tablename__ = "portal_sessions"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("links", "link_id"),
        belongs_to("contacts", "contact_id"),
        UniqueConstraint("org_id", "token_hash"),
        one_of("kind", "handoff", "portal"),
        Index("portal_sessions_account_idx", "org_id", "account_id"),
        # The router looks a token up before it knows the organisation.
        Index("portal_sessions_token_idx", "token_hash"),
    )

    account_id: UUID
    kind: str = Field(sa_type=Text)
    link_id: UUID
    contact_id: UUID | None = None
    email: str = Field(sa_type=Text)
    name: str = words()
    token_hash: bytes
    created_at: datetime = stamp()
    last_seen_at: datetime = stamp()
    expires_at: datetime = Field(sa_type=MOMENT)
    revoked_at: datetime | None = moment()
