"""What vendors told us that Thread could not handle without a person."""

from datetime import datetime
from uuid import UUID

from fastapi import APIRouter
from sqlalchemy import and_
from sqlmodel import col, select

from activities.deals import WEBHOOK_EVENT
from api.deps import Member, Session
from api.problems import ApiError, described, not_found
from api.shapes import Told
from models.connections import Connection
from models.events import publish
from models.webhook_events import WebhookEvent
from models.work import add_work

router = APIRouter(prefix="/api/attention", tags=["attention"])
MOST_LISTED = 200


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
async def list_attention(session: Session) -> AttentionList:
    """Events that wait for a person."""
    query = (
        select(WebhookEvent, Connection.provider)
        .join(
            Connection,
            and_(col(Connection.org_id) == col(WebhookEvent.org_id), col(Connection.id) == WebhookEvent.connection_id),
        )
        .where(WebhookEvent.status == "attention")
        .order_by(col(WebhookEvent.received_at).desc(), col(WebhookEvent.id))
        .limit(MOST_LISTED)
    )
    return AttentionList(items=[_item(event, provider) for event, provider in await session.exec(query)])


@router.post("/{id}/retry", status_code=202, responses=described(401, 403, 404, 409))
async def retry_attention(caller: Member, session: Session, id: UUID) -> AttentionItem:  # noqa: A002
    """Handle the event once more. Asking twice is asking once."""
    event = await session.get(WebhookEvent, (caller.org_id, id), with_for_update=True)
    if event is None:
        raise not_found("event")
    connection = await session.get_one(Connection, (caller.org_id, event.connection_id))
    if event.status == "attention":
        event.status, event.reason, event.handled_at = "pending", "", None
        await add_work(session, caller.org_id, WEBHOOK_EVENT, event.id)
        await publish(
            session,
            caller.org_id,
            kind="webhook_event.pending",
            entity="webhook_event",
            entity_id=event.id,
            account_id=event.account_id,
        )
    elif event.status != "pending":
        raise ApiError(409, "wrong_state", "This event does not wait for anybody.")
    return _item(event, connection.provider)


def _item(event: WebhookEvent, provider: str) -> AttentionItem:
    return AttentionItem(
        id=event.id,
        provider=provider,
        reason=event.reason,
        object_id=str(event.body.get("objectId", "")),
        received_at=event.received_at,
        attempts=event.attempts,
    )
