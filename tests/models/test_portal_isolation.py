"""Whatever the portal's session of an account does, the rows of every other account stay unseen and unchanged.

Two organisations have two accounts each, with the same ids on purpose: only the whole key tells their rows apart.
"""

from typing import Any, NamedTuple
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import select

from deploy.postgres import EmbeddedPostgres
from models.accounts import Account
from models.forms import FormDraft
from models.members import Member
from models.organizations import Organization
from models.session import Database
from tests.conftest import OrgFactory
from tests.models.portal_rows import Place, make_places
from tests.structure.tenancy_portal import PORTAL_ROWS

PLACES = range(4)
KEYS = ("a", "b")
Rows = dict[tuple[int, str], int]


class Step(NamedTuple):
    """The session of place `actor` does `verb` to a row that it says is of place `target`."""

    actor: int
    verb: str
    target: int
    key: str
    revision: int


INSERT = "INSERT INTO form_drafts (org_id, account_id, action_key, revision) VALUES (:org, :account, :key, :revision)"
AIM = " AND org_id = :org AND account_id = :account"
STATEMENTS: dict[str, TextClause] = {
    "insert": text(INSERT),
    "upsert": text(INSERT + " ON CONFLICT (org_id, account_id, action_key) DO UPDATE SET revision = excluded.revision"),
    "update": text("UPDATE form_drafts SET revision = :revision WHERE action_key = :key"),
    "aimed update": text("UPDATE form_drafts SET revision = :revision WHERE action_key = :key" + AIM),
    "update from": text(
        "UPDATE form_drafts f SET revision = :revision FROM accounts a"
        " WHERE f.action_key = :key AND a.id = f.account_id"
    ),
    "merge": text(
        "MERGE INTO form_drafts f USING (VALUES (CAST(:key AS text))) AS v (key) ON f.action_key = v.key"
        " WHEN MATCHED THEN UPDATE SET revision = :revision"
    ),
    "give away": text("UPDATE form_drafts SET org_id = :org, account_id = :account WHERE action_key = :key"),
    "delete": text("DELETE FROM form_drafts WHERE action_key = :key"),
}
STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(PLACES),
        st.sampled_from(sorted(STATEMENTS)),
        st.sampled_from(PLACES),
        st.sampled_from(KEYS),
        st.integers(0, 9),
    ),
    max_size=12,
)


def expect(rows: Rows, step: Step) -> Rows | None:
    """What the rows should be after the step; None when it has to be refused."""
    own = (step.actor, step.key)
    foreign = step.target != step.actor
    match step.verb:
        case "give away" | "delete":
            return None
        case "insert" | "upsert":
            refused = foreign or (step.verb == "insert" and own in rows)
            return None if refused else {**rows, own: step.revision}
        case "aimed update" if foreign:
            return rows
    return {**rows, own: step.revision} if own in rows else rows


@pytest.fixture(scope="module")
async def places(database: Database, org: OrgFactory) -> list[Place]:
    return await make_places(database, org)


@given(STEPS)
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
async def test_accounts_do_not_reach_each_other(database: Database, places: list[Place], steps: list[Step]) -> None:
    suffix = uuid4().hex
    rows: Rows = {}
    for step in steps:
        target = places[step.target]
        values = {"org": target.org_id, "account": target.account_id, "revision": step.revision}
        values["key"] = step.key + suffix
        expected = expect(rows, step)
        refused = await do(database, places[step.actor], STATEMENTS[step.verb], values)
        assert refused == (expected is None), step
        rows = rows if expected is None else expected
    assert await read(database, places, suffix) == rows


async def do(database: Database, place: Place, statement: TextClause, values: dict[str, Any]) -> bool:
    """Run it as that account's session; True when PostgreSQL refused."""
    used = {name: value for name, value in values.items() if name in statement._bindparams}
    try:
        async with database.portal(*place) as session:
            await session.execute(statement, used)
    except (IntegrityError, ProgrammingError):
        return True
    return False


async def read(database: Database, places: list[Place], suffix: str) -> Rows:
    rows: Rows = {}
    for number, place in enumerate(places):
        async with database.portal(*place) as session:
            found = (await session.exec(select(FormDraft))).all()
        assert {(draft.org_id, draft.account_id) for draft in found} <= {place}
        mine = [draft for draft in found if draft.action_key.endswith(suffix)]
        rows |= {(number, draft.action_key.removesuffix(suffix)): draft.revision for draft in mine}
    return rows


@pytest.mark.parametrize("table", sorted(PORTAL_ROWS.keys() - {"public.organizations", "public.members"}))
async def test_a_session_sees_the_rows_of_its_account_only(database: Database, places: list[Place], table: str) -> None:
    account = "id" if table == "public.accounts" else "account_id"
    for place in places:
        async with database.portal(*place) as session:
            seen = {Place(*row) for row in await session.execute(text(f"SELECT org_id, {account} FROM {table}"))}
        assert seen == {place}


async def test_a_session_sees_its_organisation_and_its_csm_only(
    database: Database, places: list[Place], org: OrgFactory
) -> None:
    place = places[0]
    async with database.org(place.org_id) as session:
        colleague = Member(org_id=place.org_id, identity_id=uuid4(), email_norm="b@acme.example", name="B", role="csm")
        session.add(colleague)
        account = await session.get_one(Account, tuple(place))
    async with database.portal(*place) as session:
        assert (await session.exec(select(Organization.org_id))).all() == [place.org_id]
        assert (await session.exec(select(Member.id))).all() == [account.csm_id]


REFUSED = (
    "SELECT notes FROM accounts",
    "SELECT arr_minor FROM accounts",
    "SELECT role FROM members",
    "SELECT recall_seconds FROM organizations",
    *(f"SELECT 1 FROM {table}" for table in ("links", "drafts", "actions", "milestones", "sends", "live_events")),
    *(f"SELECT 1 FROM {table}" for table in ("sessions", "identities", "secrets", "connections", "templates", "work")),
    "UPDATE accounts SET company_name = ''",
    "UPDATE handoffs SET status = 'ACCEPTED'",
    "UPDATE handoff_answers SET question = 'another'",
    "UPDATE submissions SET values = '{}'",
    "UPDATE portal_sessions SET expires_at = 'infinity'",
    "UPDATE contacts SET role = 'portal_admin'",
    "DELETE FROM submissions",
    "DELETE FROM form_drafts",
    "INSERT INTO portal_requests DEFAULT VALUES",
)


@pytest.mark.parametrize("statement", REFUSED)
async def test_a_session_gets_no_further_than_it_needs(database: Database, places: list[Place], statement: str) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with database.portal(*places[0]) as session:
            await session.execute(text(statement))


@pytest.mark.parametrize("statement", ["UPDATE form_drafts SET revision = 9", "DELETE FROM submissions"])
async def test_what_the_customer_typed_is_not_the_applications_to_write(
    database: Database, places: list[Place], statement: str
) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with database.org(places[0].org_id) as session:
            await session.execute(text(statement))


async def test_what_either_may_write_stays_within_the_account(database: Database, places: list[Place]) -> None:
    async with database.portal(*places[0]) as session:
        for statement in (
            "UPDATE handoff_answers SET updated_by = 'x'",
            "UPDATE portal_sessions SET last_seen_at = 'epoch'",
        ):
            await session.execute(text(statement))
    for place in places[1:]:
        async with database.portal(*place) as session:
            assert (await session.execute(text("SELECT updated_by FROM handoff_answers"))).scalars().all() == [""]
            seen = await session.execute(text("SELECT last_seen_at > 'epoch' FROM portal_sessions"))
            assert seen.scalars().all() == [True]


@pytest.mark.parametrize("missing", ["app.org_id", "app.account_id"])
async def test_a_query_that_says_only_half_is_an_error(
    postgres: EmbeddedPostgres, places: list[Place], missing: str
) -> None:
    said = {"app.org_id": str(places[0].org_id), "app.account_id": str(places[0].account_id)}
    del said[missing]
    with psycopg.connect(postgres.dsn("thread_portal")) as connection:
        for name, value in said.items():
            connection.execute("SELECT set_config(%s, %s, true)", (name, value))
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match=f"{missing} is not set"):
            connection.execute("SELECT * FROM submissions")
