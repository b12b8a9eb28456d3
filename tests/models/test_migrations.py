"""The models and the migrations say the same."""

from collections.abc import Iterator
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlmodel import SQLModel

from deploy.postgres import EmbeddedPostgres
from deploy.postgres_roles import create_database
from models.migrate import upgrade

CONSTRAINTS = text(
    """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace AND conrelid <> 0 AND contype <> 'n'
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    """
)


@pytest.fixture
def migrated(postgres: EmbeddedPostgres) -> Iterator[Connection]:
    with connect(postgres.dsn("postgres")) as connection:
        yield connection


@pytest.fixture
def modelled(postgres: EmbeddedPostgres) -> Iterator[Connection]:
    """A database made from the models instead."""
    name = f"modelled_{uuid4().hex}"
    with psycopg.connect(postgres.dsn("postgres", "postgres"), autocommit=True) as superuser:
        create_database(superuser, name)
        with connect(postgres.dsn("postgres", name)) as connection:
            SQLModel.metadata.create_all(connection)
            yield connection
        superuser.execute(psycopg.sql.SQL("DROP DATABASE {}").format(psycopg.sql.Identifier(name)))


def connect(dsn: str) -> Connection:
    return create_engine(dsn.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool).connect()


def rows(connection: Connection) -> set[tuple[str, ...]]:
    return {tuple(row) for row in connection.execute(CONSTRAINTS) if row[0] != "alembic_version"}


def test_the_columns_are_those_of_the_models(migrated: Connection) -> None:
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(migrated, opts=options)
    assert compare_metadata(context, SQLModel.metadata) == [], "write a migration for what you changed in models/"


def test_the_constraints_and_indexes_are_those_of_the_models(migrated: Connection, modelled: Connection) -> None:
    assert rows(migrated) == rows(modelled), "write a migration for what you changed in models/"


def test_migrating_again_changes_nothing(postgres: EmbeddedPostgres) -> None:
    upgrade(postgres.dsn("thread_migrate"))
