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
def empty(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The name of a database of the test's own, with nothing in it."""
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(postgres.dsn("postgres", "postgres"), autocommit=True) as superuser:
        create_database(superuser, name)
        yield name
        superuser.execute(psycopg.sql.SQL("DROP DATABASE {}").format(psycopg.sql.Identifier(name)))


@pytest.fixture
def modelled(postgres: EmbeddedPostgres, empty: str) -> Iterator[Connection]:
    """A database made from the models instead."""
    with connect(postgres.dsn("postgres", empty)) as connection:
        SQLModel.metadata.create_all(connection)
        yield connection


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


OLD_ROWS = """
INSERT INTO organizations (org_id, name) VALUES (gen_random_uuid(), 'Acme');
INSERT INTO templates (org_id, id, name) SELECT org_id, gen_random_uuid(), 'T' FROM organizations;
INSERT INTO template_versions (org_id, id, template_id, number, config)
    SELECT org_id, gen_random_uuid(), id, 1, '{}' FROM templates;
INSERT INTO accounts (org_id, id, template_id, template_version_id, plan)
    SELECT org_id, gen_random_uuid(), template_id, id, '{}' FROM template_versions;
INSERT INTO actions (org_id, account_id, key, milestone_key, position, type, label)
    SELECT org_id, id, 'a', 'm', 1, 'COLLECT_INFO', 'A' FROM accounts;
"""
NEW_COLUMNS = """
SELECT brand_color, logo_url, portal_intro, portal, portal_at, response, submission_id
FROM organizations JOIN accounts USING (org_id) JOIN actions ON account_id = accounts.id
"""


def test_rows_from_before_the_portal_survive(postgres: EmbeddedPostgres, empty: str) -> None:
    upgrade(postgres.dsn("thread_migrate", empty), "0003")
    with psycopg.connect(postgres.dsn("postgres", empty)) as superuser:
        superuser.execute(OLD_ROWS)
    upgrade(postgres.dsn("thread_migrate", empty))
    with psycopg.connect(postgres.dsn("postgres", empty)) as superuser:
        assert superuser.execute(NEW_COLUMNS).fetchall() == [("#444bb5", "", "", None, None, "", None)]
