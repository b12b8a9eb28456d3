"""The lists of the product are served by their indexes under row security, not only by their first column.

Row security keeps a condition out of the index unless its operator is leakproof; the control shows one that is not.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import ColumnElement, Select, and_, or_, text, tuple_
from sqlmodel import col, select

from models.accounts import Account
from models.actions import Action
from models.session import AsyncSession, Database
from models.work import Work
from tests.conftest import OrgFactory

NOW = datetime(2030, 1, 1, tzinfo=UTC)
ID = uuid4()
OLDER: ColumnElement[bool] = and_(
    col(Account.updated_at) <= NOW, or_(col(Account.updated_at) < NOW, col(Account.id) > ID)
)
LATEST = (col(Account.updated_at).desc(), col(Account.id))
INBOX = (col(Action.updated_at), col(Action.account_id), col(Action.key))

LISTS: dict[str, tuple[Select[Any], str, set[str]]] = {
    "accounts, next page": (
        select(Account.id).where(OLDER).order_by(*LATEST).limit(50),
        "accounts_latest_idx",
        {"org_id", "updated_at"},
    ),
    "accounts of a status": (
        select(Account.id).where(col(Account.status) == "ACTIVE", OLDER).order_by(*LATEST).limit(50),
        "accounts_status_idx",
        {"org_id", "status", "updated_at"},
    ),
    "review inbox": (
        select(Action.key).where(col(Action.status) == "READY").order_by(*INBOX).limit(50),
        "actions_inbox_idx",
        {"org_id", "status"},
    ),
    "review inbox, next page": (
        select(Action.key)
        .where(col(Action.status) == "READY", tuple_(*INBOX) > (NOW, ID, "welcome"))
        .order_by(*INBOX)
        .limit(50),
        "actions_inbox_idx",
        {"org_id", "status", "updated_at"},
    ),
}


def scans(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if "Index Name" in plan:
        yield plan["Index Name"], plan.get("Index Cond", "")
    for part in plan.get("Plans", ()):
        yield from scans(part)


async def explain(session: AsyncSession, query: Select[Any]) -> tuple[str, str]:
    """The index that serves the query, and the condition it serves."""
    await session.execute(text("SET LOCAL enable_seqscan = off"))
    await session.execute(text("SET LOCAL enable_bitmapscan = off"))
    compiled = query.compile(dialect=session.get_bind().dialect, compile_kwargs={"literal_binds": True})
    explained = await session.execute(text("EXPLAIN (FORMAT JSON) " + str(compiled).replace(":", r"\:")))
    (found,) = explained.scalar_one()
    plan = found if isinstance(found, dict) else json.loads(found)
    return next(scan for scan in scans(plan["Plan"]) if "org_id" in scan[1] or "due" in scan[1])


@pytest.mark.parametrize("name", LISTS)
async def test_a_list_is_served_by_its_index(database: Database, org: OrgFactory, name: str) -> None:
    query, index, columns = LISTS[name]
    tenant = await org()
    async with database.org(tenant.org_id) as session:
        used, condition = await explain(session, query)
    assert used == index
    assert {column for column in columns if column not in condition} == set(), condition


async def test_the_control_is_not(database: Database, org: OrgFactory) -> None:
    tenant = await org()
    query = select(Account.id).where(col(Account.status).like("ACTIV%")).limit(50)
    async with database.org(tenant.org_id) as session:
        _, condition = await explain(session, query)
    assert "status" not in condition


async def test_due_work_is_found_by_its_index(database: Database) -> None:
    query = select(Work.id).where(col(Work.due) <= NOW - timedelta(days=1)).order_by(col(Work.due)).limit(50)
    async with database.router() as session:
        used, condition = await explain(session, query)
    assert used == "work_due_idx"
    assert "due" in condition
