"""Whatever an organisation does, with no filter of its own, the rows of the others stay unseen and unchanged.

The organisations share their ids on purpose: only `org_id` tells their rows apart.
"""

from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlmodel import select

from models.milestones import Milestone
from models.session import AsyncSession, Database
from tests.conftest import OrgFactory
from tests.models.rows import add_account

ORGS = range(3)
Rows = dict[tuple[int, str], int]


class Step(NamedTuple):
    """Organisation `actor` does `verb` to a row that it says is of organisation `target`."""

    actor: int
    verb: str
    target: int
    key: str
    position: int


INSERT = (
    "INSERT INTO milestones (org_id, account_id, key, position, name) VALUES (:target, :account, :key, :position, '')"
)
STATEMENTS: dict[str, TextClause] = {
    "insert": text(INSERT),
    "upsert": text(INSERT + " ON CONFLICT (org_id, account_id, key) DO UPDATE SET position = excluded.position"),
    "update": text("UPDATE milestones SET position = :position WHERE key = :key"),
    "aimed update": text("UPDATE milestones SET position = :position WHERE key = :key AND org_id = :target"),
    "delete": text("DELETE FROM milestones WHERE key = :key"),
    "aimed delete": text("DELETE FROM milestones WHERE key = :key AND org_id = :target"),
    "give away": text("UPDATE milestones SET org_id = :target WHERE key = :key"),
    "merge": text(
        "MERGE INTO milestones m USING (VALUES (CAST(:key AS text))) AS v (key) ON m.key = v.key"
        " WHEN MATCHED THEN UPDATE SET position = :position"
    ),
}
STEPS = st.lists(
    st.builds(
        Step,
        st.sampled_from(ORGS),
        st.sampled_from(sorted(STATEMENTS)),
        st.sampled_from(ORGS),
        st.sampled_from("ab"),
        st.integers(0, 9),
    ),
    max_size=12,
)


def expect(rows: Rows, step: Step) -> Rows | None:
    """What the rows should be after the step; None when it has to be refused."""
    own, after = (step.actor, step.key), dict(rows)
    foreign = step.target != step.actor
    match step.verb:
        case "insert" | "upsert":
            if foreign or (step.verb == "insert" and own in rows):
                return None
            after[own] = step.position
        case "give away":
            return None if foreign and own in rows else after
        case "aimed update" | "aimed delete" if foreign:
            return after
        case "delete" | "aimed delete":
            after.pop(own, None)
        case _ if own in rows:
            after[own] = step.position
    return after


@pytest.fixture(scope="module")
async def org_ids(database: Database, org: OrgFactory) -> list[UUID]:
    return [(await org()).org_id for _ in ORGS]


@given(STEPS)
@settings(
    max_examples=40,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
async def test_organisations_do_not_reach_each_other(
    database: Database, org_ids: list[UUID], steps: list[Step]
) -> None:
    account = uuid4()
    for org_id in org_ids:
        async with database.org(org_id) as session:
            await add_account(session, org_id, id=account)
    rows: Rows = {}
    for step in steps:
        values = {"target": org_ids[step.target], "account": account, "key": step.key, "position": step.position}
        expected = expect(rows, step)
        refused = await do(database, org_ids[step.actor], STATEMENTS[step.verb], values)
        assert refused == (expected is None), step
        rows = rows if expected is None else expected
    assert await read(database, org_ids) == rows
    for org_id in org_ids:
        async with database.org(org_id) as session:
            await session.execute(text("DELETE FROM milestones"))


async def do(database: Database, org_id: UUID, statement: TextClause, values: dict[str, Any]) -> bool:
    """Run it as that organisation; True when PostgreSQL refused."""
    used = {name: value for name, value in values.items() if name in statement._bindparams}
    try:
        async with database.org(org_id) as session:
            await session.execute(statement, used)
    except (IntegrityError, ProgrammingError):
        return True
    return False


async def read(database: Database, org_ids: list[UUID]) -> Rows:
    rows: Rows = {}
    for number, org_id in enumerate(org_ids):
        async with database.org(org_id) as session:
            rows |= {(number, key): position for key, position in await visible(session, org_id)}
    return rows


async def visible(session: AsyncSession, org_id: UUID) -> list[tuple[str, int]]:
    found = (await session.exec(select(Milestone))).all()
    assert all(milestone.org_id == org_id for milestone in found)
    return [(milestone.key, milestone.position) for milestone in found]
