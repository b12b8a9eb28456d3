"""A pooled connection keeps nothing of the organisation, or of the account, that used it before.

The same workload runs twice: through our session, and in a control that sets the tenant for the whole connection. The
control has to leak, or the workload would not notice a leak at all.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.ext import asyncio as sqlalchemy_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from deploy.postgres import EmbeddedPostgres
from models.session import AsyncSession, Database
from tests.conftest import OrgFactory
from tests.models.portal_rows import Place
from tests.models.rows import add_account

OpenSession = Callable[[Place], AbstractAsyncContextManager[AsyncSession]]

TASKS = 600
OWNERS = text("SELECT org_id, id, pg_sleep(:wait) FROM accounts")
SET = text("SELECT set_config(:name, :value, false)")


@dataclass
class Seen:
    """What sessions saw: those that had said for whom, and those that had not."""

    foreign: int = 0
    leaked: int = 0
    refused: int = 0
    served: int = 0
    cancelled: int = 0
    unexpected: list[str] = field(default_factory=list)


async def as_it_says(session: AsyncSession, place: Place, seen: Seen) -> None:
    owners = [Place(row.org_id, row.id) for row in await session.execute(OWNERS, {"wait": random.random() / 500})]
    seen.foreign += any(owner != place for owner in owners)
    seen.served += len(owners) == 1


async def without_one(engine: AsyncEngine, seen: Seen) -> None:
    """What a query does that went around the door, on a connection of the same pool."""
    async with engine.connect() as connection:
        try:
            rows = (await connection.execute(OWNERS, {"wait": 0})).all()
            seen.leaked += bool(rows)
        except ProgrammingError as error:
            seen.refused += "app.org_id is not set" in str(error)


async def run(engine: AsyncEngine, open_session: OpenSession, places: list[Place]) -> Seen:
    seen = Seen()
    dice = random.Random(7)

    async def one(number: int) -> None:
        if number % 3 == 0:
            return await without_one(engine, seen)
        place = places[number % len(places)]
        async with open_session(place) as session:
            await as_it_says(session, place, seen)
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
    async def open_session(place: Place) -> AsyncIterator[AsyncSession]:
        async with sqlalchemy_asyncio.AsyncSession(engine) as session:
            for name, value in (("app.org_id", place.org_id), ("app.account_id", place.account_id)):
                await session.execute(SET, {"name": name, "value": str(value)})
            yield cast("AsyncSession", session)
            await session.commit()

    return open_session


async def organisations(database: Database, org: OrgFactory) -> list[Place]:
    """Organisations with one account each."""
    places = []
    for _ in range(5):
        tenant = await org()
        async with database.org(tenant.org_id) as session:
            account = await add_account(session, tenant.org_id)
        places.append(Place(tenant.org_id, account.id))
    return places


async def accounts(database: Database, org: OrgFactory) -> list[Place]:
    """Accounts of one organisation."""
    tenant = await org()
    async with database.org(tenant.org_id) as session:
        return [Place(tenant.org_id, (await add_account(session, tenant.org_id)).id) for _ in range(5)]


ROLES = {"thread_app": organisations, "thread_portal": accounts}


def of(door: Database, role: str) -> tuple[AsyncEngine, OpenSession]:
    if role == "thread_portal":
        return door._portal, lambda place: door.portal(*place)
    return door._app, lambda place: door.org(place.org_id)


@pytest.mark.parametrize("role", ROLES)
async def test_nothing_leaks_through_the_pool(
    postgres: EmbeddedPostgres, database: Database, org: OrgFactory, role: str
) -> None:
    places = await ROLES[role](database, org)
    door = Database(postgres.dsn("thread_app"), postgres.dsn("thread_router"), postgres.dsn("thread_portal"), 3)
    seen = await run(*of(door, role), places)
    await door.close()
    assert seen.unexpected == []
    assert (seen.foreign, seen.leaked) == (0, 0)
    assert seen.refused > 100
    assert seen.served > 200
    assert seen.cancelled > 5


@pytest.mark.parametrize("role", ROLES)
async def test_the_same_workload_finds_the_leak_of_a_setting_for_the_whole_connection(
    postgres: EmbeddedPostgres, database: Database, org: OrgFactory, role: str
) -> None:
    places = await ROLES[role](database, org)
    url = postgres.dsn(role).replace("postgresql:", "postgresql+psycopg:")
    engine = create_async_engine(url, pool_size=3, max_overflow=0)
    seen = await run(engine, for_the_whole_connection(engine), places)
    await engine.dispose()
    assert seen.unexpected == []
    assert seen.leaked > 100
