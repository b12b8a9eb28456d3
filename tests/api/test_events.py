"""Live events over real HTTP: what is missed is replayed, too much is a reset, and they end with the session."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from uuid import UUID

import httpx
import psycopg
import pytest
import uvicorn
from sqlalchemy import text
from temporalio.client import Client

from api import events as module
from api.app import create_app
from api.sessions import COOKIE
from deploy.postgres import EmbeddedPostgres
from models.events import publish
from models.session import Database
from settings import Settings
from tests.api.conftest import Opens, People
from tests.api.streams import Live, Server, Stream, listening


@pytest.fixture
async def live(settings: Settings, database: Database, client: Client) -> AsyncIterator[Live]:
    app = create_app(settings, database=database, temporal=client)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(uvicorn.Config(app, log_config=None, timeout_graceful_shutdown=5))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        running = Live(app, f"http://127.0.0.1:{listener.getsockname()[1]}")
        yield running
        running.feed.close()
        server.should_exit = True
        await serving


async def happen(database: Database, org_id: UUID, *entity_ids: str) -> None:
    for entity_id in entity_ids:
        async with database.org(org_id) as session:
            await publish(session, org_id, kind="account.changed", entity="account", entity_id=entity_id, revision=3)


async def test_what_happens_is_told_at_once(live: Live, people: People, database: Database) -> None:
    person = await people()
    async with listening(live, person) as stream:
        ready = await stream.news()
        assert (ready.name, ready.id, ready.data) == ("ready", "0", {})
        await happen(database, person.org_id, "a")
        event = await stream.news()
        assert (event.name, event.id) == ("account", "1")
        told = {name: event.data[name] for name in ("id", "kind", "entity", "entity_id", "account_id", "revision")}
        assert told == {
            "id": 1,
            "kind": "account.changed",
            "entity": "account",
            "entity_id": "a",
            "account_id": None,
            "revision": 3,
        }


async def test_a_draft_that_is_ready_shows_up_without_asking(live: Live, people: People, opens: Opens) -> None:
    person = await people()
    async with listening(live, person) as stream:
        await stream.news()
        running = await opens(person)
        event = await stream.news()
        assert (event.name, event.data["account_id"]) == ("account", str(running.account_id))


async def test_what_was_missed_is_replayed(live: Live, people: People, database: Database) -> None:
    person = await people()
    await happen(database, person.org_id, *"abc")
    async with listening(live, person, last="1") as stream:
        assert (await stream.news()).name == "ready"
        assert [(await stream.news()).data["entity_id"] for _ in range(2)] == ["b", "c"]


async def test_a_reload_misses_nothing_between_two_streams(live: Live, people: People, database: Database) -> None:
    person = await people()
    async with listening(live, person) as stream:
        last = (await stream.news()).id
    await happen(database, person.org_id, "a")
    async with listening(live, person, last) as stream:
        await stream.news()
        assert (await stream.news()).data["entity_id"] == "a"


async def test_nothing_of_another_organisation_is_told(live: Live, people: People, database: Database) -> None:
    mine, theirs = await people(), await people()
    async with listening(live, mine) as stream:
        await stream.news()
        await happen(database, theirs.org_id, "theirs")
        await happen(database, mine.org_id, "mine")
        assert (await stream.news()).data["entity_id"] == "mine"


@pytest.mark.parametrize("last", ["7", "x", "-1", "9" * 40, "٣"])
async def test_an_unknown_last_event_is_a_reset(live: Live, people: People, database: Database, last: str) -> None:
    person = await people()
    await happen(database, person.org_id, "a")
    headers = [(b"Cookie", f"{COOKIE}={person.token}".encode()), (b"Last-Event-ID", last.encode())]
    async with (
        httpx.AsyncClient(base_url=live.url) as browser,
        browser.stream("GET", "/api/events", headers=headers) as r,
    ):
        event = await Stream(r.aiter_lines()).news()
    assert (event.name, event.id) == ("reset", "1")


async def test_more_than_can_be_replayed_is_a_reset(
    live: Live, people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_REPLAYED", 2)
    person = await people()
    await happen(database, person.org_id, *"abcd")
    async with listening(live, person, last="1") as stream:
        assert (await stream.news()).name == "ready"
        reset = await stream.news()
        assert (reset.name, reset.id) == ("reset", "4")
        await happen(database, person.org_id, "e")
        assert (await stream.news()).data["entity_id"] == "e"


async def test_what_is_no_longer_kept_is_a_reset(
    live: Live, people: People, database: Database, postgres: EmbeddedPostgres
) -> None:
    person = await people()
    await happen(database, person.org_id, *"abc")
    async with await psycopg.AsyncConnection.connect(postgres.dsn("postgres")) as purge:
        await purge.execute("DELETE FROM live_events WHERE org_id = %s AND id < 3", [person.org_id])
    async with listening(live, person, last="1") as stream:
        await stream.news()
        assert (await stream.news()).name == "reset"


async def test_the_stream_ends_with_the_session(live: Live, people: People, database: Database) -> None:
    live.feed.heartbeat_seconds = 0.2
    person = await people()
    async with listening(live, person) as stream:
        await stream.news()
        assert (await stream.next()).comment == "heartbeat"
        async with database.org(person.org_id) as session:
            await session.execute(text("UPDATE members SET active = false"))
        with pytest.raises(StopAsyncIteration):
            await stream.until_the_end()


async def test_a_lost_listener_is_replaced_and_nothing_is_missed(
    live: Live, people: People, database: Database, postgres: EmbeddedPostgres
) -> None:
    person = await people()
    async with listening(live, person) as stream:
        await stream.news()
        async with await psycopg.AsyncConnection.connect(postgres.dsn("postgres"), autocommit=True) as admin:
            await admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
            await happen(database, person.org_id, "while deaf")
        assert (await stream.news()).data["entity_id"] == "while deaf"


async def test_a_stop_of_the_server_ends_every_stream(live: Live, people: People) -> None:
    person = await people()
    async with listening(live, person) as stream:
        await stream.news()
        live.feed.close()
        with pytest.raises(StopAsyncIteration):
            await stream.next()


async def test_an_open_stream_holds_no_connection_of_the_pool(live: Live, people: People) -> None:
    person = await people()
    async with contextlib.AsyncExitStack() as stack:
        for _ in range(15):  # more than the pool has
            stream = await stack.enter_async_context(listening(live, person))
            assert (await stream.news()).name == "ready"
        async with httpx.AsyncClient(base_url=live.url, headers={"Cookie": f"{COOKIE}={person.token}"}) as browser:
            assert (await browser.get("/api/accounts")).status_code == 200
