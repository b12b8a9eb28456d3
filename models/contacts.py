"""Who are an account's people at the customer?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text, true
from sqlmodel import Field

from models.columns import Row, belongs_to, one_of, owned_by_organization, stamp, words


class Contact(Row, table=True):
    """A person of one account: an admin of its portal may invite others, a member may act, a viewer may look."""

    __tablename__ = "contacts"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        UniqueConstraint("org_id", "account_id", "email_norm"),
        one_of("role", "portal_admin", "portal_member", "portal_viewer"),
        # The router looks for who asks for a link before it knows the organisation.
        Index("contacts_id_idx", text("(id::text)")),
        Index("contacts_email_idx", "email_norm"),
    )

    account_id: UUID
    name: str = Field(sa_type=Text)
    email: str = Field(sa_type=Text)
    email_norm: str = Field(sa_type=Text)
    title: str = words()
    role: str = words("portal_member")
    active: bool = Field(default=True, sa_column_kwargs={"server_default": true()})
    created_at: datetime = stamp()
