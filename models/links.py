"""Which links have we mailed, and what does each open? A link is as good as its token, so only its hash is kept."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from models.columns import MOMENT, Row, belongs_to, moment, number, one_of, owned_by_organization, stamp


class Link(Row, table=True):
    """A way in for one recipient, to one account, for one purpose. `max_uses` None: any number until it expires."""

    __tablename__ = "links"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("contacts", "contact_id"),
        UniqueConstraint("org_id", "token_hash"),
        one_of("purpose", "handoff", "portal_login"),
        Index("links_account_idx", "org_id", "account_id", "purpose"),
        # The router looks a token up before it knows the organisation.
        Index("links_token_idx", "token_hash"),
    )

    account_id: UUID
    purpose: str = Field(sa_type=Text)
    recipient: str = Field(sa_type=Text)
    contact_id: UUID | None = None
    token_hash: bytes
    expires_at: datetime = Field(sa_type=MOMENT)
    max_uses: int | None = None
    uses: int = number()
    revoked_at: datetime | None = moment()
    created_at: datetime = stamp()
