"""Which browsers are logged in? (The door to the database is `session.py`.)"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.columns import MOMENT, Row, belongs_to, moment, owned_by_organization, stamp


class MemberSession(Row, table=True):
    """One log-in of one member; the cookie's token is kept as its SHA-256 only."""

    __tablename__ = "sessions"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("members", "member_id"),
        UniqueConstraint("org_id", "token_hash"),
    )

    member_id: UUID
    token_hash: bytes
    created_at: datetime = stamp()
    last_seen_at: datetime = stamp()
    expires_at: datetime = Field(sa_type=MOMENT)
    revoked_at: datetime | None = moment()
