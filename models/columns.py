"""How is each kind of column declared? Every table builds on these, so that a key always starts with its organisation.

Python defaults repeat the database's, so that a new object reads the same before and after it is stored.
"""

from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, DateTime, ForeignKeyConstraint, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

# The names PostgreSQL itself gives, so that the migrations can leave them out.
SQLModel.metadata.naming_convention = {
    "pk": "%(table_name)s_pkey",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
}

MOMENT = DateTime(timezone=True)


class Owned(SQLModel):
    """A row that belongs to one organisation."""

    org_id: UUID = Field(primary_key=True)


class Row(Owned):
    """A row with an id of its own, unique within its organisation."""

    id: UUID = Field(default_factory=uuid4, primary_key=True)


def words(default: str = "") -> Any:
    """Text that is never null."""
    return Field(default=default, sa_type=Text, sa_column_kwargs={"server_default": default})


def number(default: int = 0) -> Any:
    """A whole number that is never null."""
    return Field(default=default, sa_column_kwargs={"server_default": text(str(default))})


def stamp() -> Any:
    """The moment the row is written, by the database's clock."""
    return Field(default=None, nullable=False, sa_type=MOMENT, sa_column_kwargs={"server_default": text("now()")})


def moment() -> Any:
    """A moment that may not have come yet."""
    return Field(default=None, nullable=True, sa_type=MOMENT)


def document() -> Any:
    """A JSON object, `{}` unless given."""
    return Field(default_factory=dict, sa_type=JSONB, sa_column_kwargs={"server_default": text("'{}'::jsonb")})


def listing() -> Any:
    """A JSON array, `[]` unless given."""
    return Field(default_factory=list, sa_type=JSONB, sa_column_kwargs={"server_default": text("'[]'::jsonb")})


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """A reference to a row of the same organisation: the key carries `org_id`, so it cannot point into another."""
    return ForeignKeyConstraint(["org_id", column], [f"{table}.org_id", f"{table}.id"])


def owned_by_organization() -> ForeignKeyConstraint:
    """Every tenant row's organisation exists."""
    return ForeignKeyConstraint(["org_id"], ["organizations.org_id"])


def one_of(column: str, *values: str | type[StrEnum]) -> CheckConstraint:
    """The vocabulary of a text column. Not a native enum: its operators would keep indexes from serving under RLS."""
    names = [name for value in values for name in ((value,) if isinstance(value, str) else value)]
    listed = ", ".join(f"'{name}'" for name in names)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
