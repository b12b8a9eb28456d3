"""What content awaits, or had, a CSM's approval?"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from models.columns import Row, belongs_to, document, number, one_of, owned_by_organization, stamp


class Draft(Row, table=True):
    """One immutable revision of an action's content; an edit inserts the next.

    `content` is what would be sent and `content_hash` what an approval binds to; `source` is what it was rendered
    from; `unresolved` lists the variables that had no value.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("members", "author_id"),
        one_of("origin", "template", "ai", "csm"),
    )

    account_id: UUID
    action_key: str = Field(sa_type=Text)
    revision: int = number()
    origin: str = Field(sa_type=Text)
    source: dict[str, Any] = document()
    content: dict[str, Any] = Field(sa_type=JSONB)
    content_hash: str = Field(sa_type=Text)
    unresolved: list[str] = Field(default_factory=list, sa_type=JSONB, sa_column_kwargs={"server_default": "[]"})
    author_id: UUID | None = None
    created_at: datetime = stamp()
