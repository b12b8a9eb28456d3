"""Vendors' webhooks: verified on the raw body, committed to the inbox, then answered.

Who may not speak here is told nothing: a wrong signature, an unknown address and another portal's events look alike.
"""

import hashlib
import json
import re
import secrets
import time
from typing import Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from activities.deals import WEBHOOK_EVENT
from api.deps import App, Services
from api.problems import ApiError
from integrations.hubspot_webhook import BadEvent, WebhookEvent, parse_events, signature_ok
from models.connections import Connection
from models.session import AsyncSession
from models.webhook_events import WebhookEvent as InboxRow
from models.work import add_work

router = APIRouter(tags=["webhooks"])
_ENDPOINT = re.compile(r"[A-Za-z0-9_-]{16,128}")
_NOBODYS_SECRET = secrets.token_urlsafe(32)


@router.post("/webhooks/hubspot/{endpoint_id}", include_in_schema=False)
async def receive_hubspot(app: App, request: Request, endpoint_id: str) -> Response:
    """Keep HubSpot's events, each once. Whatever is not HubSpot's own is 401 and leaves no trace."""
    connection, secret = await _connection(app, endpoint_id)
    body = await request.body()
    genuine = signature_ok(
        secret,
        "POST",
        _address(app, request),
        body,
        request.headers.get("x-hubspot-request-timestamp"),
        request.headers.get("x-hubspot-signature-v3"),
        int(time.time() * 1000),
    )
    if connection is None or not genuine:
        raise _not_verified()
    rows = [_row(connection, event) for event in parse_events(body)]
    if all(row["status"] == "rejected" for row in rows):
        raise _not_verified()
    async with app.database.org(connection.org_id) as session:
        await _keep(session, connection.org_id, rows)
    return Response(status_code=200)


async def _connection(app: Services, endpoint_id: str) -> tuple[Connection | None, str]:
    """The connection that has this endpoint, and its secret; for none, a secret that nobody knows."""
    if not _ENDPOINT.fullmatch(endpoint_id):
        return None, _NOBODYS_SECRET
    async with app.database.router(endpoint_id=endpoint_id) as session:
        query = select(Connection.org_id, Connection.id).where(Connection.endpoint_id == endpoint_id)
        key = (await session.exec(query)).one_or_none()
    if key is None:
        return None, _NOBODYS_SECRET
    async with app.database.org(key[0]) as session:
        connection = await session.get_one(Connection, key)
        if connection.provider != "hubspot" or connection.status == "disconnected":
            return None, _NOBODYS_SECRET
        secret = await app.vault.get(session, connection.org_id, connection.provider, connection.id, "client_secret")
        return connection, secret.reveal()


def _address(app: Services, request: Request) -> str:
    """The address HubSpot was told to call. `Host` and scheme of the request are the caller's word, and not used."""
    path: str = request.scope["raw_path"].decode("ascii", "replace")
    query: str = request.scope["query_string"].decode("latin-1")
    return app.settings.public_url.rstrip("/") + path + (f"?{query}" if query else "")


def _row(connection: Connection, event: WebhookEvent | BadEvent) -> dict[str, Any]:
    status, reason = _judge(connection, event)
    text = json.dumps(event.raw, sort_keys=True)
    body = json.loads(text, parse_constant=str)  # jsonb has no infinity
    return {
        "org_id": connection.org_id,
        "id": uuid4(),
        "connection_id": connection.id,
        "event_key": event.key,
        "body": body if isinstance(body, dict) else {"value": body},
        "body_hash": hashlib.sha256(text.encode()).digest(),
        "status": status,
        "reason": reason,
        "occurred_at": event.occurred if isinstance(event, WebhookEvent) else None,
    }


def _judge(connection: Connection, event: WebhookEvent | BadEvent) -> tuple[str, str]:
    """The inbox status of an event, and why."""
    if isinstance(event, BadEvent):
        return "rejected", event.reason
    if str(event.portal_id) != connection.external_id:
        return "rejected", "the event is of another portal"
    if not event.is_deal_stage_change:
        return "ignored", "not a change of a deal's stage"
    return "pending", ""


async def _keep(session: AsyncSession, org_id: UUID, rows: list[dict[str, Any]]) -> None:
    """Insert what is new, with work for what has to be handled."""
    query = insert(InboxRow).on_conflict_do_nothing().returning(col(InboxRow.id), col(InboxRow.status))
    for event_id, status in (await session.execute(query.values(rows))).all():
        if status == "pending":
            await add_work(session, org_id, WEBHOOK_EVENT, event_id)


def _not_verified() -> ApiError:
    return ApiError(401, "not_verified", "This request could not be verified.")
