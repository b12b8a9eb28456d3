"""Who sees to it that what was accepted is handled? A loop that claims work of every organisation until it is done.

A handler that raises is tried again, ever more slowly; it never holds up the rest of the queue.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta

import structlog

from models.session import Database
from models.work import CHANNEL, WorkItem, claim_work, finish_work, postpone_work

Handler = Callable[[WorkItem], Awaitable[None]]

_BATCH = 20
_LEASE_SECONDS = 20.0  # a worker that dies holds its work up for no longer; handling it twice is safe
_IDLE_SECONDS = 1.0
_LONGEST_WAIT = timedelta(minutes=5)

log = structlog.get_logger()


class Postponed(Exception):
    """The work can't be done yet; `after` is how long to wait, None for the usual back-off."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Dispatcher:
    """Runs in every worker. An item is one worker's until its lease ends: a slow handler may overlap itself."""

    def __init__(self, database: Database, handlers: Mapping[str, Handler]) -> None:
        self._database = database
        self._handlers = handlers
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Handle work until cancelled; survives an outage of the database."""
        listener = asyncio.create_task(self._listen())
        try:
            while True:
                self._wake.clear()
                if not await self._round():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(self._wake.wait(), _IDLE_SECONDS)
        finally:
            listener.cancel()

    async def _round(self) -> bool:
        """Claim and handle one batch; whether there was anything to do."""
        try:
            items = await claim_work(self._database, _BATCH, _LEASE_SECONDS)
            await asyncio.gather(*(self._handle(item) for item in items))
        except Exception:
            log.exception("dispatcher_round_failed")
            return False
        return bool(items)

    async def _handle(self, item: WorkItem) -> None:
        try:
            await self._handlers[item.kind](item)
        except Exception as error:
            await self._put_back(item, error)
            return
        async with self._database.org(item.org_id) as session:
            await finish_work(session, item)

    async def _put_back(self, item: WorkItem, error: Exception) -> None:
        wait = (error.after if isinstance(error, Postponed) else None) or backoff(item.attempts)
        log.warning("work_postponed", kind=item.kind, id=str(item.id), attempts=item.attempts, reason=repr(error))
        async with self._database.org(item.org_id) as session:
            await postpone_work(session, item, datetime.now(UTC) + wait)

    async def _listen(self) -> None:
        """Wake the loop as soon as work is added; without this it still looks every second."""
        while True:
            try:
                async with self._database.listen(CHANNEL) as notifications:
                    async for _ in notifications:
                        self._wake.set()
            except Exception as error:
                log.warning("work_listener_lost", reason=repr(error))
                await asyncio.sleep(_IDLE_SECONDS)


def backoff(attempts: int) -> timedelta:
    """1, 2, 4 … seconds, at most five minutes."""
    return min(timedelta(seconds=2 ** min(max(attempts - 1, 0), 20)), _LONGEST_WAIT)
