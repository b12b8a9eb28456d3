"""What changes, as it changes: server-sent events of one organisation."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header
from fastapi.sse import EventSourceResponse

from api.problems import described
from api.shapes import Told

router = APIRouter(prefix="/api/events", tags=["events"])


class LiveEvent(Told):
    """Something changed; read it again if its `revision` is newer than what you have. The SSE event is its `entity`."""

    id: int
    kind: str
    entity: str
    entity_id: str
    account_id: UUID | None
    revision: int
    at: datetime


@router.get("", response_class=EventSourceResponse, responses=described(401))
async def read_events(last_event_id: Annotated[str | None, Header()] = None) -> AsyncIterator[LiveEvent]:
    """Every change after `Last-Event-ID`, then each as it happens."""
    raise NotImplementedError
    yield
