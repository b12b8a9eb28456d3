"""Who can log in? One identity a person, whatever number of organisations they are a member of."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.columns import stamp, words


class Identity(SQLModel, table=True):
    """A person's log-in. Global: only `thread_router` sees it, and only the row of the e-mail it presents."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("email_norm"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email_norm: str = Field(sa_type=Text)
    name: str = words()
    password_hash: str = Field(sa_type=Text)
    created_at: datetime = stamp()
