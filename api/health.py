"""Is the process alive, and can it serve? For whoever runs Thread."""

import asyncio
from datetime import timedelta

import psycopg
from fastapi import APIRouter, Response
from temporalio.service import RPCError

from api.deps import App, Services
from api.shapes import Told

router = APIRouter(tags=["health"])
PATIENCE_SECONDS = 2


class Readiness(Told):
    """Without what is `missing`, Thread can't serve at all; without what is `degraded`, parts of it work."""

    missing: list[str]
    degraded: list[str]


@router.api_route("/health", methods=["GET", "HEAD"], include_in_schema=False)
async def health() -> dict[str, str]:
    """The process runs. Touches nothing that could make it wait."""
    return {"status": "ok"}


@router.api_route("/ready", methods=["GET", "HEAD"], include_in_schema=False)
async def ready(app: App, response: Response) -> Readiness:
    """Whether to send requests here; 503 names what is missing."""
    missing, degraded = await asyncio.gather(_database_problem(app), _workflows_problem(app))
    response.status_code = 503 if missing else 200
    return Readiness(missing=missing, degraded=degraded)


async def _database_problem(app: Services) -> list[str]:
    # A connection of its own: a pool that is used up, or stuck on a dead peer, is no reason to be taken out of service.
    url = app.settings.database_url.get_secret_value()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS * 2):
            connection = await psycopg.AsyncConnection.connect(url, connect_timeout=PATIENCE_SECONDS)
            async with connection:
                found = await (await connection.execute("SELECT to_regclass('public.work')")).fetchone()
    except (psycopg.Error, TimeoutError):
        return ["database"]
    return [] if found and found[0] else ["database schema"]


async def _workflows_problem(app: Services) -> list[str]:
    # Not a reason to answer 503: webhooks and lists work without it.
    try:
        healthy = await app.temporal.service_client.check_health(timeout=timedelta(seconds=PATIENCE_SECONDS))
    except (RPCError, RuntimeError):
        return ["workflows"]
    return [] if healthy else ["workflows"]
