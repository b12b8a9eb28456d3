"""What is known of a customer being onboarded, and how far along are they?"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from domain.state import AccountStatus
from models.columns import Row, belongs_to, document, moment, number, one_of, owned_by_organization, stamp, words

# Without a portal yet the column is null, not a JSON `null`.
_PORTAL: Any = JSONB(none_as_null=True)


class Account(Row, table=True):
    """A customer. The API writes the facts; activities alone write the read model, from `status` down.

    `portal` is what the customer's portal showed at `portal_at`, served when no worker answers.
    """

    __tablename__ = "accounts"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("members", "csm_id"),
        belongs_to("connections", "crm_connection_id"),
        belongs_to("templates", "template_id"),
        belongs_to("template_versions", "template_version_id"),
        UniqueConstraint("org_id", "crm_connection_id", "crm_deal_id"),
        one_of("status", AccountStatus),
        Index("accounts_latest_idx", "org_id", text("updated_at DESC"), "id"),
        Index("accounts_status_idx", "org_id", "status", text("updated_at DESC"), "id"),
        # The router looks for whose deal it was before it knows the organisation.
        Index("accounts_ae_idx", text("lower(ae_email)")),
    )

    company_name: str = words()
    contact_name: str = words()
    contact_email: str = words()
    contact_email_norm: str = words()
    arr_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str = words("USD")
    close_date: date | None = None
    industry: str = words()
    size: str = words()
    website: str = words()
    segment: str = words()
    notes: str = words()
    ae_name: str = words()
    ae_email: str = words()
    csm_id: UUID | None = None
    time_zone: str = words("UTC")
    go_live_target: date | None = None
    custom: dict[str, Any] = document()
    facts_version: int = number(1)

    crm_provider: str | None = Field(default=None, sa_type=Text)
    crm_connection_id: UUID | None = None
    crm_deal_id: str | None = Field(default=None, sa_type=Text)
    crm_company_id: str | None = Field(default=None, sa_type=Text)

    template_id: UUID
    template_version_id: UUID
    plan: dict[str, Any] = Field(sa_type=JSONB)
    created_at: datetime = stamp()

    status: str = words(AccountStatus.SETUP.value)
    milestone_key: str | None = Field(default=None, sa_type=Text)
    progress: int = number()
    live_at: datetime | None = moment()
    revision: int = number()
    updated_at: datetime = stamp()
    portal: dict[str, Any] | None = Field(default=None, sa_type=_PORTAL)
    portal_at: datetime | None = moment()
