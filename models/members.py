"""Who belongs to an organisation, and as what?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint, true
from sqlmodel import Field

from models.columns import Row, one_of, owned_by_organization, stamp


class Member(Row, table=True):
    """A person's place in one organisation. `identity_id` names the global log-in, which lives outside of tenancy."""

    __tablename__ = "members"
    __table_args__ = (
        owned_by_organization(),
        UniqueConstraint("org_id", "email_norm"),
        one_of("role", "admin", "csm"),
    )

    identity_id: UUID
    email_norm: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    role: str = Field(sa_type=Text)
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    created_at: datetime = stamp()
