"""Who has to look for news? One LISTEN connection a process wakes every live answer of the organisation concerned."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import structlog

from models.events import CHANNEL
from models.session import Database

log = structlog.get_logger()


class Feed:
    """Wakes subscribers; what the news are they read themselves, so that a missed call costs time and no event."""

    def __init__(self, database: Database, *, heartbeat_seconds: float = 15.0, retry_seconds: float = 1.0) -> None:
        self.heartbeat_seconds = heartbeat_seconds
        self.closed = False
        self._database = database
        self._retry_seconds = retry_seconds
        self._waiting: defaultdict[UUID, set[asyncio.Event]] = defaultdict(set)

    async def run(self) -> None:
        """Listen until cancelled; a broken connection is made again, and everybody looks for what it missed."""
        while True:
            try:
                async with self._database.listen(CHANNEL) as notices:
                    self._wake_all()
                    async for notice in notices:
                        self._wake(UUID(notice.payload))
            except (psycopg.Error, OSError) as error:
                log.warning("feed.disconnected", error=str(error))
            await asyncio.sleep(self._retry_seconds)

    def close(self) -> None:
        """Let every live answer end, so that the server can stop."""
        self.closed = True
        self._wake_all()

    @contextmanager
    def subscribe(self, org_id: UUID) -> Iterator[asyncio.Event]:
        """An event that is set whenever there may be news for the organisation."""
        woken = asyncio.Event()
        self._waiting[org_id].add(woken)
        try:
            yield woken
        finally:
            self._waiting[org_id].discard(woken)
            if not self._waiting[org_id]:
                del self._waiting[org_id]

    def _wake(self, org_id: UUID) -> None:
        for woken in self._waiting.get(org_id, ()):
            woken.set()

    def _wake_all(self) -> None:
        for org_id in list(self._waiting):
            self._wake(org_id)
