"""What onboardings has an organisation authored?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.columns import Row, belongs_to, moment, owned_by_organization, stamp, words


class Template(Row, table=True):
    """An authored onboarding; what it says is in its versions."""

    __tablename__ = "templates"
    __table_args__ = (owned_by_organization(), UniqueConstraint("org_id", "name"))

    name: str = Field(sa_type=Text)
    description: str = words()
    segment: str = words()
    archived_at: datetime | None = moment()
    created_at: datetime = stamp()


class TemplateVersion(Row, table=True):
    """One published, immutable version of a template; `config` is the whole plan."""

    __tablename__ = "template_versions"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("templates", "template_id"),
        belongs_to("members", "published_by"),
        UniqueConstraint("org_id", "template_id", "number"),
    )

    template_id: UUID
    number: int
    config: dict[str, Any] = Field(sa_type=JSONB)
    published_at: datetime = stamp()
    published_by: UUID | None = None
