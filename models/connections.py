"""Which vendors has an organisation linked?"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from models.columns import Row, belongs_to, one_of, owned_by_organization, stamp, words


class Connection(Row, table=True):
    """An authorised link to a vendor's account.

    `endpoint_id` is the unguessable part of its webhook address; `template_id` is what a won deal gets, None for the
    organisation's first template. Its secrets are in the vault.
    """

    __tablename__ = "connections"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("templates", "template_id"),
        UniqueConstraint("org_id", "endpoint_id"),
        one_of("provider", "hubspot"),
        one_of("status", "connected", "needs_reconnect", "disconnected"),
    )

    provider: str = Field(sa_type=Text)
    label: str = words()
    external_id: str = words()
    endpoint_id: str = Field(sa_type=Text)
    status: str = words("connected")
    template_id: UUID | None = None
    created_at: datetime = stamp()
