"""The wall between organisations has no holes, and the guard that says so finds the holes that we make."""

from collections.abc import AsyncIterator

import psycopg
import pytest

from deploy.postgres import EmbeddedPostgres
from models.session import Database
from tests.conftest import OrgFactory
from tests.models.portal_rows import Place, fill
from tests.models.rows import add_account, add_connection
from tests.structure.portal_holes import PORTAL_HOLES
from tests.structure.tenancy import CUSTOMERS, EXEMPT, GLOBAL, IMMUTABLE, LOOKED_UP, violations
from tests.structure.tenancy_portal import PORTAL_MAY, PORTAL_ROWS

# what is planted: (statements, the part of the report that must name it)
HOLES = {
    "row security off": ("ALTER TABLE accounts DISABLE ROW LEVEL SECURITY", "accounts: row security is not enabled"),
    "not forced": ("ALTER TABLE accounts NO FORCE ROW LEVEL SECURITY", "accounts: row security is not forced"),
    "a new table without anything": ("CREATE TABLE notes (id uuid PRIMARY KEY, body text)", "notes: has no org_id"),
    "a partition without row security": (
        "CREATE TABLE part (LIKE members) PARTITION BY LIST (org_id); CREATE TABLE part0 PARTITION OF part DEFAULT",
        "part0: row security is not enabled",
    ),
    "policy missing": ("DROP POLICY thread_app ON accounts", "accounts: no policy for thread_app"),
    "policy for PUBLIC": (
        "CREATE POLICY everyone ON accounts USING (org_id = (SELECT app.org()))",
        "accounts: policy everyone for PUBLIC is one too many",
    ),
    "second policy of a role": (
        "CREATE POLICY more ON accounts TO thread_app USING (status = 'LIVE')",
        "accounts: policy more for thread_app is one too many",
    ),
    "policy for a role that needs none": (
        "CREATE POLICY portal ON drafts TO thread_portal USING (true)",
        "drafts: policy portal for thread_portal is one too many",
    ),
    "USING (true)": (
        "ALTER POLICY thread_app ON accounts USING (true) WITH CHECK (true)",
        "accounts: policy thread_app for thread_app says USING true",
    ),
    "function not wrapped": (
        "ALTER POLICY thread_app ON accounts USING (org_id = app.org()) WITH CHECK (org_id = app.org())",
        "accounts: policy thread_app for thread_app says USING (org_id = app.org())",
    ),
    "the router sees all of another table": (
        "ALTER POLICY thread_router ON sessions USING (true) WITH CHECK (true)",
        "sessions: policy thread_router for thread_router says USING true",
    ),
    "WITH CHECK wider than USING": (
        "ALTER POLICY thread_app ON accounts WITH CHECK (true)",
        "accounts: policy thread_app for thread_app lets rows be written",
    ),
    "policy for one command only": (
        "DROP POLICY thread_app ON drafts; CREATE POLICY thread_app ON drafts FOR SELECT TO thread_app USING (true)",
        "drafts: policy thread_app for thread_app is not one permissive policy",
    ),
    "foreign key without org_id": (
        "ALTER TABLE accounts ADD other uuid REFERENCES identities (id)",
        "accounts: foreign key accounts_other_fkey does not carry org_id",
    ),
    "foreign key with crossed columns": (
        "ALTER TABLE accounts ADD FOREIGN KEY (csm_id, org_id) REFERENCES members (org_id, id) NOT VALID",
        "accounts: foreign key accounts_csm_id_org_id_fkey does not carry org_id",
    ),
    "unique without org_id first": (
        "CREATE UNIQUE INDEX by_mail ON members (email_norm, org_id)",
        "members: unique index by_mail does not start with org_id",
    ),
    "primary key without org_id": (
        "ALTER TABLE live_events DROP CONSTRAINT live_events_pkey, ADD PRIMARY KEY (id, org_id)",
        "live_events: unique index live_events_pkey does not start with org_id",
    ),
    "org_id may be null": (
        "ALTER TABLE work DROP CONSTRAINT work_pkey; ALTER TABLE work ALTER org_id DROP NOT NULL",
        "work: has no org_id that is uuid and not null",
    ),
    "view with its owner's rights": (
        "CREATE VIEW live AS SELECT * FROM accounts; ALTER VIEW live OWNER TO thread_owner",
        "live: a view without security_invoker=true",
    ),
    "materialised view": ("CREATE MATERIALIZED VIEW m AS SELECT * FROM accounts", "m: row security does not reach"),
    "sequence": ("CREATE SEQUENCE numbers", "numbers: row security does not reach"),
    "security definer": (
        "CREATE FUNCTION app.peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM accounts'",
        "app.peek(): SECURITY DEFINER",
    ),
    "function for PUBLIC": ("GRANT EXECUTE ON FUNCTION app.org() TO PUBLIC", "app.org(): PUBLIC may execute it"),
    "role bypasses": ("ALTER ROLE thread_app BYPASSRLS", "role thread_app: has a right beyond its tables"),
    "role is superuser": ("ALTER ROLE thread_router SUPERUSER", "role thread_router: has a right beyond its tables"),
    "owner can log in": ("ALTER ROLE thread_owner LOGIN", "role thread_owner: can log in"),
    "membership": ("GRANT thread_owner TO thread_app", "role thread_app: is a member of thread_owner"),
    "membership of a predefined role": (
        "GRANT pg_read_all_data TO thread_portal",
        "role thread_portal: is a member of pg_read_all_data",
    ),
    "TRUNCATE": ("GRANT TRUNCATE ON accounts TO thread_app", "accounts: thread_app was granted TRUNCATE"),
    "REFERENCES": ("GRANT REFERENCES ON accounts TO thread_app", "accounts: thread_app was granted REFERENCES"),
    "TRIGGER": ("GRANT TRIGGER ON accounts TO thread_app", "accounts: thread_app was granted TRIGGER"),
    "PUBLIC may read": ("GRANT SELECT ON accounts TO PUBLIC", "accounts: PUBLIC was granted SELECT"),
    "one column for another role": (
        "GRANT SELECT (notes) ON accounts TO thread_router",
        "accounts: thread_router may read the column notes",
    ),
    "one more column for the router": (
        "GRANT SELECT (expires_at) ON sessions TO thread_router",
        "sessions: thread_router may read the column expires_at",
    ),
    "every column for the router": (
        "GRANT SELECT ON connections TO thread_router",
        "connections: thread_router may read every column",
    ),
    "grant option": (
        "GRANT SELECT ON accounts TO thread_app WITH GRANT OPTION",
        "accounts: thread_app may pass on SELECT",
    ),
    "immutable rows": ("GRANT UPDATE (content) ON drafts TO thread_app", "drafts: thread_app was granted UPDATE"),
    "log-ins for the app": ("GRANT SELECT ON identities TO thread_app", "identities: thread_app was granted SELECT"),
    "alembic's table": ("GRANT SELECT ON alembic_version TO thread_app", "alembic_version: thread_app was granted"),
    "the app may create tables": (
        "GRANT CREATE ON SCHEMA public TO thread_app",
        "role thread_app: may create things in public",
    ),
    "owner": ("ALTER TABLE accounts OWNER TO postgres", "accounts: owned by postgres"),
    "native enum": (
        "CREATE TYPE mood AS ENUM ('good'); ALTER TABLE accounts ADD mood mood",
        "accounts: column mood is mood",
    ),
    "array of a native enum": (
        "CREATE TYPE mood AS ENUM ('good'); ALTER TABLE accounts ADD moods mood[]",
        "accounts: column moods is mood[]",
    ),
    "numeric": ("ALTER TABLE accounts ADD price numeric(9, 2)", "accounts: column price is numeric"),
} | PORTAL_HOLES


@pytest.fixture
async def catalogue(
    postgres: EmbeddedPostgres, database: Database, org: OrgFactory
) -> AsyncIterator[psycopg.Connection]:
    """A superuser's transaction, rolled back afterwards, on tables that hold rows."""
    tenant = await org()
    async with database.org(tenant.org_id) as session:
        account = await add_account(session, tenant.org_id)
        await add_connection(session, tenant.org_id)
    await fill(database, Place(tenant.org_id, account.id))
    with psycopg.connect(postgres.dsn("postgres")) as connection:
        yield connection
        connection.rollback()


def test_there_is_no_hole(catalogue: psycopg.Connection) -> None:
    assert violations(catalogue) == []


@pytest.mark.parametrize("hole", HOLES)
def test_a_planted_hole_is_found(catalogue: psycopg.Connection, hole: str) -> None:
    statements, report = HOLES[hole]
    for statement in statements.split(";"):
        catalogue.execute(statement.encode())
    assert [line for line in violations(catalogue) if report in line], violations(catalogue)


def test_the_tables_that_holes_are_planted_in_hold_rows(catalogue: psycopg.Connection) -> None:
    for table in ("members", "identities", "template_versions", "links", *PORTAL_ROWS):
        (count,) = catalogue.execute(f"SELECT count(*) FROM {table}".encode()).fetchone() or (0,)
        assert count > 0


def test_every_exemption_is_of_a_table_that_exists(catalogue: psycopg.Connection) -> None:
    for name in EXEMPT | GLOBAL | IMMUTABLE | CUSTOMERS | LOOKED_UP.keys() | PORTAL_ROWS.keys():
        assert catalogue.execute("SELECT to_regclass(%s)", (name,)).fetchone() != (None,)


def test_the_portal_has_rows_and_rights_on_the_same_tables() -> None:
    assert PORTAL_ROWS.keys() == PORTAL_MAY.keys()
