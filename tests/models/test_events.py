"""Live events are numbered without gaps, in the order in which they become visible."""

import asyncio
import random

from sqlmodel import col, select

from models.events import CHANNEL, LiveEvent, publish
from models.organizations import Organization
from models.session import Database
from tests.conftest import OrgFactory, Tenant

PUBLISHERS, EACH = 20, 5


async def publish_some(database: Database, tenant: Tenant, numbers: list[int]) -> None:
    for _ in range(EACH):
        async with database.org(tenant.org_id) as session:
            await asyncio.sleep(random.random() / 200)
            number = await publish(session, tenant.org_id, kind="changed", entity="account", entity_id=tenant.org_id)
            await asyncio.sleep(random.random() / 500)
        numbers.append(number)


async def watch(database: Database, tenant: Tenant, until: int) -> None:
    """Reads as a screen would, by the last number seen; a late lower number would be missed."""
    last = 0
    while last < until:
        async with database.org(tenant.org_id) as session:
            newer = select(LiveEvent.id).where(col(LiveEvent.id) > last).order_by(col(LiveEvent.id))
            for number in (await session.exec(newer)).all():
                assert number == last + 1
                last = number
        await asyncio.sleep(0.002)


async def test_numbers_have_no_gaps_and_come_in_the_order_of_commits(database: Database, org: OrgFactory) -> None:
    tenant = await org()
    numbers: list[int] = []
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(watch(database, tenant, PUBLISHERS * EACH))
        for _ in range(PUBLISHERS):
            group.create_task(publish_some(database, tenant, numbers))
    assert sorted(numbers) == list(range(1, PUBLISHERS * EACH + 1))


async def test_an_event_that_is_rolled_back_leaves_no_gap(database: Database, org: OrgFactory) -> None:
    tenant = await org()
    async with database.org(tenant.org_id) as session:
        await publish(session, tenant.org_id, kind="changed", entity="account", entity_id="1")
        await session.rollback()
    async with database.org(tenant.org_id) as session:
        assert await publish(session, tenant.org_id, kind="changed", entity="account", entity_id="1") == 1
    async with database.org(tenant.org_id) as session:
        assert (await session.exec(select(Organization.event_seq))).one() == 1


async def test_a_listener_hears_the_organisation(database: Database, org: OrgFactory) -> None:
    tenant = await org()
    async with database.listen(CHANNEL) as notifications:
        async with database.org(tenant.org_id) as session:
            await publish(session, tenant.org_id, kind="changed", entity="account", entity_id="1")
        heard = await asyncio.wait_for(anext(notifications), 5)
    assert heard.payload == str(tenant.org_id)
