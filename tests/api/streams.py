"""The API listening on a port, and its live events as a browser would get them."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

import httpx
import uvicorn

from api.app import Api
from api.feed import Feed
from api.sessions import COOKIE
from tests.api.conftest import Person


class Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Live:
    """The API, listening."""

    app: Api
    url: str

    @property
    def feed(self) -> Feed:
        found: Feed = self.app.state.services.feed
        return found


@dataclass
class Event:
    name: str = ""
    id: str = ""
    data: dict[str, object] = field(default_factory=dict)
    comment: str = ""


class Stream:
    """What a browser would get, event by event; ends with StopAsyncIteration."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self, seconds: float = 5) -> Event:
        event = Event()
        async with asyncio.timeout(seconds):
            async for line in self._lines:
                if not line:
                    return event
                name, _, value = line.partition(": ")
                match name:
                    case "event":
                        event.name = value
                    case "id":
                        event.id = value
                    case "data":
                        event.data = json.loads(value)
                    case "":
                        event.comment = value
        raise StopAsyncIteration

    async def until_the_end(self) -> None:
        async with asyncio.timeout(5):
            while True:
                await self.next()

    async def news(self) -> Event:
        """The next event that is not a sign of life."""
        while (event := await self.next()).comment:
            pass
        return event


@contextlib.asynccontextmanager
async def listening(live: Live, person: Person, last: str | None = None) -> AsyncIterator[Stream]:
    headers = {"Cookie": f"{COOKIE}={person.token}"} | ({"Last-Event-ID": last} if last is not None else {})
    async with (
        httpx.AsyncClient(base_url=live.url) as browser,
        browser.stream("GET", "/api/events", headers=headers) as r,
    ):
        assert r.status_code == 200
        assert r.headers["content-type"].startswith("text/event-stream")
        yield Stream(r.aiter_lines())
