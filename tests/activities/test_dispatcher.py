"""Accepted work is handled, however often it fails, and one bad item never stops the others."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from activities.dispatcher import Dispatcher, Postponed, backoff
from models.session import Database
from models.work import WorkItem, add_work
from tests.conftest import OrgFactory


class Handled:
    """Remembers what it was given; fails for the ids in `poison`, and `hiccups` times for any other."""

    def __init__(self, hiccups: int = 0) -> None:
        self.done: list[UUID] = []
        self.poison: set[UUID] = set()
        self.hiccups = hiccups

    async def __call__(self, item: WorkItem) -> None:
        if item.id in self.poison:
            raise RuntimeError("poison")
        if self.hiccups:
            self.hiccups -= 1
            raise Postponed("not yet", timedelta(milliseconds=50))
        self.done.append(item.id)


async def run_until(dispatcher: Dispatcher, handled: Handled, count: int) -> None:
    task = asyncio.create_task(dispatcher.run())
    try:
        async with asyncio.timeout(15):
            while len(handled.done) < count:
                await asyncio.sleep(0.02)
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_poison_item_does_not_stop_the_rest(database: Database, org: OrgFactory) -> None:
    tenant, kind, handled = await org(), f"k{uuid4().hex}", Handled()
    ids = [uuid4() for _ in range(30)]
    handled.poison = {ids[0]}
    async with database.org(tenant.org_id) as session:
        for id_ in ids:
            await add_work(session, tenant.org_id, kind, id_)
    await run_until(Dispatcher(database, {kind: handled}), handled, 29)
    assert sorted(handled.done) == sorted(ids[1:])


async def test_postponed_work_comes_up_again(database: Database, org: OrgFactory) -> None:
    tenant, kind, handled = await org(), f"k{uuid4().hex}", Handled(hiccups=3)
    async with database.org(tenant.org_id) as session:
        await add_work(session, tenant.org_id, kind, uuid4())
    await run_until(Dispatcher(database, {kind: handled}), handled, 1)
    assert len(handled.done) == 1


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 1), (1, 1), (2, 2), (5, 16), (9, 256), (30, 300)])
def test_waits_grow_up_to_five_minutes(attempts: int, seconds: int) -> None:
    assert backoff(attempts) == timedelta(seconds=seconds)
