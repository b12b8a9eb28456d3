"""Work is claimed once, comes back when its claimer dies, and is not lost when it is asked for again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, delete, select

from models.session import Database
from models.work import CHANNEL, Work, WorkItem, add_work, claim_work, finish_work, postpone_work
from tests.conftest import OrgFactory, Tenant


@pytest.fixture
async def tenant(database: Database, org: OrgFactory) -> AsyncIterator[Tenant]:
    """An organisation whose work is gone afterwards: claiming is the one thing that reaches across tests."""
    made = await org()
    yield made
    async with database.org(made.org_id) as session:
        await session.exec(delete(Work))


async def ask(database: Database, org_id: UUID, count: int, due: datetime | None = None) -> set[UUID]:
    ids = {uuid4() for _ in range(count)}
    async with database.org(org_id) as session:
        for id_ in ids:
            await add_work(session, org_id, "test", id_, due)
    return ids


async def claim_ours(database: Database, org_id: UUID, limit: int = 100, lease: float = 60) -> list[WorkItem]:
    return [item for item in await claim_work(database, limit, lease) if item.org_id == org_id]


async def rest(database: Database, org_id: UUID) -> list[Work]:
    async with database.org(org_id) as session:
        return list((await session.exec(select(Work).order_by(col(Work.due)))).all())


async def test_two_claimers_never_get_the_same_item(database: Database, tenant: Tenant) -> None:
    asked = await ask(database, tenant.org_id, 60)
    rounds = [claim_work(database, 7, 60) for _ in range(12)]
    claimed = [item.id for items in await asyncio.gather(*rounds) for item in items if item.id in asked]
    claimed += [item.id for item in await claim_ours(database, tenant.org_id)]
    assert len(claimed) == len(set(claimed))
    assert set(claimed) == asked


async def test_a_claimer_that_dies_loses_its_item_when_the_lease_ends(database: Database, tenant: Tenant) -> None:
    (id_,) = await ask(database, tenant.org_id, 1)
    (first,) = await claim_ours(database, tenant.org_id, lease=0.05)
    await asyncio.sleep(0.06)
    (second,) = await claim_ours(database, tenant.org_id)
    assert (first.id, first.attempts) == (id_, 1)
    assert (second.id, second.attempts) == (id_, 2)
    async with database.org(tenant.org_id) as session:
        await finish_work(session, first)
    assert len(await rest(database, tenant.org_id)) == 1, "the first claimer must not finish the second's work"
    async with database.org(tenant.org_id) as session:
        await finish_work(session, second)
    assert await rest(database, tenant.org_id) == []


async def test_work_asked_for_while_it_is_handled_comes_up_again(database: Database, tenant: Tenant) -> None:
    (id_,) = await ask(database, tenant.org_id, 1)
    (item,) = await claim_ours(database, tenant.org_id)
    async with database.org(tenant.org_id) as session:
        await add_work(session, tenant.org_id, "test", id_)
    async with database.org(tenant.org_id) as session:
        await finish_work(session, item)
    (again,) = await claim_ours(database, tenant.org_id)
    assert (again.id, again.attempts) == (id_, 1)


async def test_work_is_not_claimed_before_it_is_due_and_asking_again_only_hastens_it(
    database: Database, tenant: Tenant
) -> None:
    later = datetime.now(UTC) + timedelta(hours=1)
    (id_,) = await ask(database, tenant.org_id, 1, later)
    async with database.org(tenant.org_id) as session:
        await add_work(session, tenant.org_id, "test", id_, later + timedelta(hours=1))
    assert await claim_ours(database, tenant.org_id) == []
    (work,) = await rest(database, tenant.org_id)
    assert work.due == later


async def test_postponed_work_waits(database: Database, tenant: Tenant) -> None:
    await ask(database, tenant.org_id, 1)
    (item,) = await claim_ours(database, tenant.org_id)
    later = datetime.now(UTC) + timedelta(hours=1)
    async with database.org(tenant.org_id) as session:
        await postpone_work(session, item, later)
    (work,) = await rest(database, tenant.org_id)
    assert (work.due, work.attempts) == (later, 1)


async def test_asking_wakes_a_listener_once_it_is_committed(database: Database, tenant: Tenant) -> None:
    async with database.listen(CHANNEL) as notifications:
        await ask(database, tenant.org_id, 1)
        heard = await asyncio.wait_for(anext(notifications), 5)
    assert (heard.channel, heard.payload) == (CHANNEL, "")
