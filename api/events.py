"""What changes, as it changes: server-sent events of one organisation."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlmodel import col, select

from api.deps import App, Member, Services
from api.problems import described
from api.sessions import Caller, is_good
from api.shapes import Told
from models.events import LiveEvent as LiveEventRow
from models.organizations import Organization
from models.session import Database

router = APIRouter(prefix="/api/events", tags=["events"])
MOST_REPLAYED = 500


class LiveEvent(Told):
    """Something changed; read it again if its `revision` is newer than what you have. The SSE event is its `entity`.

    Two more have no data: `ready` opens the stream, and `reset` says that too much was missed: read everything again.
    """

    id: int
    kind: str
    entity: str
    entity_id: str
    account_id: UUID | None
    revision: int
    at: datetime


@router.get("", response_class=EventSourceResponse, responses=described(401))
async def read_events(
    app: App, caller: Member, last_event_id: Annotated[str | None, Header()] = None
) -> AsyncIterator[LiveEvent]:
    """Every change after `Last-Event-ID`, then each as it happens. Ends with the session."""
    async for event in _stream(app, caller, last_event_id):
        yield event


async def _stream(app: Services, caller: Caller, last_event_id: str | None) -> AsyncIterator[Any]:
    with app.feed.subscribe(caller.org_id) as woken:
        last = await _latest(app.database, caller.org_id)
        is_known, last = _resume(last_event_id, last)
        yield _mark("ready" if is_known else "reset", last)
        checked = time.monotonic()
        while not app.feed.closed:
            woken.clear()
            news = await _news(app.database, caller.org_id, last)
            if news is None:
                last = await _latest(app.database, caller.org_id)
                yield _mark("reset", last)
            for event in news or ():
                last = event.id
                yield ServerSentEvent(id=str(event.id), event=event.entity, data=event)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(woken.wait(), app.feed.heartbeat_seconds)
            if time.monotonic() - checked >= app.feed.heartbeat_seconds:
                if not await is_good(app.database, caller):
                    return
                checked = time.monotonic()
                yield ServerSentEvent(comment="heartbeat")


def _resume(last_event_id: str | None, latest: int) -> tuple[bool, int]:
    """Whether what the browser saw last is known here, and the number to go on from."""
    if not last_event_id:
        return True, latest
    if last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) < 19 and int(last_event_id) <= latest:
        return True, int(last_event_id)
    return False, latest


def _mark(name: str, last: int) -> ServerSentEvent:
    # A browser drops an event without data.
    return ServerSentEvent(id=str(last), event=name, data={})


async def _latest(database: Database, org_id: UUID) -> int:
    async with database.org(org_id) as session:
        return (await session.exec(select(Organization.event_seq))).one()


async def _news(database: Database, org_id: UUID, last: int) -> list[LiveEvent] | None:
    """The events after `last`; None when they are too many, or no longer kept."""
    async with database.org(org_id) as session:
        query = select(LiveEventRow).where(col(LiveEventRow.id) > last).order_by(col(LiveEventRow.id))
        rows = (await session.exec(query.limit(MOST_REPLAYED + 1))).all()
    if len(rows) > MOST_REPLAYED or (rows and rows[0].id != last + 1):
        return None
    return [LiveEvent.model_validate(row, from_attributes=True) for row in rows]
