"""What vendors told us that Thread could not handle without a person."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter

from api.problems import described
from api.shapes import Told

router = APIRouter(prefix="/api/attention", tags=["attention"])


class AttentionItem(Told):
    """One event that waits for a person; `object_id` is the vendor's id of what it is about."""

    id: UUID
    provider: str
    reason: str
    object_id: str
    received_at: datetime
    attempts: int


class AttentionList(Told):
    """The latest first, at most 200."""

    items: list[AttentionItem]


@router.get("", responses=described(401))
async def list_attention() -> AttentionList:
    """Events that wait for a person."""
    raise NotImplementedError


@router.post("/{id}/retry", status_code=202, responses=described(401, 403, 404, 409))
async def retry_attention(id: UUID) -> AttentionItem:  # noqa: A002
    """Handle the event once more."""
    raise NotImplementedError
