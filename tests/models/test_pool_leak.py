"""A pooled connection keeps nothing of the organisation that used it before.

The same workload runs twice: through our session, and in a control that sets the tenant for the whole connection. The
control has to leak, or the workload would not notice a leak at all.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext import asyncio as sqlalchemy_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from deploy.postgres import EmbeddedPostgres
from models.session import AsyncSession, Database
from tests.conftest import OrgFactory
from tests.models.rows import add_account

OpenSession = Callable[[UUID], AbstractAsyncContextManager[AsyncSession]]

TASKS = 600
OWNERS = text("SELECT org_id, pg_sleep(:wait) FROM accounts")


@dataclass
class Seen:
    """What sessions saw: those of an organisation, and those that had none."""

    foreign: int = 0
    leaked: int = 0
    refused: int = 0
    served: int = 0
    cancelled: int = 0
    unexpected: list[str] = field(default_factory=list)


async def as_organisation(session: AsyncSession, org_id: UUID, seen: Seen) -> None:
    owners = [row.org_id for row in await session.execute(OWNERS, {"wait": random.random() / 500})]
    seen.foreign += any(owner != org_id for owner in owners)
    seen.served += len(owners) == 1


async def without_one(engine: AsyncEngine, seen: Seen) -> None:
    """What a query does that went around the door, on a connection of the same pool."""
    async with engine.connect() as connection:
        try:
            rows = (await connection.execute(OWNERS, {"wait": 0})).all()
            seen.leaked += bool(rows)
        except ProgrammingError as error:
            seen.refused += "app.org_id is not set" in str(error)


async def run(engine: AsyncEngine, org_ids: list[UUID], open_session: OpenSession) -> Seen:
    seen = Seen()
    dice = random.Random(7)

    async def one(number: int) -> None:
        if number % 3 == 0:
            return await without_one(engine, seen)
        org_id = org_ids[number % len(org_ids)]
        async with open_session(org_id) as session:
            await as_organisation(session, org_id, seen)
            if number % 5 == 0:
                raise ZeroDivisionError
        return None

    tasks = [asyncio.create_task(one(number)) for number in range(TASKS)]
    while unfinished := [task for task in tasks if not task.done()]:
        dice.choice(unfinished).cancel()
        await asyncio.sleep(0.02)
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, asyncio.CancelledError):
            seen.cancelled += 1
        elif isinstance(result, Exception) and not isinstance(result, ZeroDivisionError):
            seen.unexpected.append(repr(result))
    return seen


def for_the_whole_connection(engine: AsyncEngine) -> OpenSession:
    """The control: a door whose setting outlives the transaction."""

    @asynccontextmanager
    async def open_session(org_id: UUID) -> AsyncIterator[AsyncSession]:
        async with sqlalchemy_asyncio.AsyncSession(engine) as session:
            await session.execute(text("SELECT set_config('app.org_id', :org_id, false)"), {"org_id": str(org_id)})
            yield cast("AsyncSession", session)
            await session.commit()

    return open_session


async def organisations(database: Database, org: OrgFactory) -> list[UUID]:
    org_ids = [(await org()).org_id for _ in range(5)]
    for org_id in org_ids:
        async with database.org(org_id) as session:
            await add_account(session, org_id)
    return org_ids


async def test_nothing_leaks_through_the_pool(postgres: EmbeddedPostgres, database: Database, org: OrgFactory) -> None:
    org_ids = await organisations(database, org)
    door = Database(postgres.dsn("thread_app"), postgres.dsn("thread_router"), postgres.dsn("thread_portal"), 3)
    seen = await run(door._app, org_ids, door.org)
    await door.close()
    assert seen.unexpected == []
    assert (seen.foreign, seen.leaked) == (0, 0)
    assert seen.refused > 100
    assert seen.served > 200
    assert seen.cancelled > 5


async def test_the_same_workload_finds_the_leak_of_a_setting_for_the_whole_connection(
    postgres: EmbeddedPostgres, database: Database, org: OrgFactory
) -> None:
    org_ids = await organisations(database, org)
    url = postgres.dsn("thread_app").replace("postgresql:", "postgresql+psycopg:")
    engine = create_async_engine(url, pool_size=3, max_overflow=0)
    seen = await run(engine, org_ids, for_the_whole_connection(engine))
    await engine.dispose()
    assert seen.unexpected == []
    assert seen.leaked > 100
