"""The composition root: what the API is made of, and what it holds while it runs."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.types import ASGIApp
from temporalio.client import Client

from api import (
    accounts,
    actions,
    attention,
    console,
    drafts,
    events,
    handoff_page,
    handoffs,
    health,
    portal,
    portal_forms,
    problems,
    public_pages,
    responses,
    session,
    webhooks,
)
from api.deps import Services
from api.feed import Feed
from api.limits import AttemptLimit
from api.passwords import Passwords
from api.portal_views import PortalViews, asker
from api.shield import MAX_BODY, Shield
from integrations.vault import Vault
from models.session import Database
from settings import Settings
from workflows.client import connect

ROUTED = (
    session,
    accounts,
    handoffs,
    actions,
    drafts,
    responses,
    attention,
    events,
    handoff_page,
    portal,
    portal_forms,
    webhooks,
    health,
)


class Api(FastAPI):
    """FastAPI behind the shield, describing errors as the problem documents they are."""

    def __init__(self, settings: Settings, **options: Any) -> None:
        self._public_url = settings.public_url
        super().__init__(title="Thread", version="1", docs_url=None, redoc_url=None, openapi_url=None, **options)

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return self.openapi_schema or problems.as_problems(super().openapi())

    def build_middleware_stack(self) -> ASGIApp:
        """Everything behind the shield, answers to crashes included."""
        return Shield(super().build_middleware_stack(), self._public_url)


def create_app(
    settings: Settings, *, database: Database | None = None, temporal: Client | None = None, dist: Path = console.DIST
) -> Api:
    """The application. What is not given is made from the settings when it starts, and closed when it stops."""

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        door = database or Database.from_settings(settings)
        await door.refuse_privileged()
        client = temporal or await connect(settings, lazy=True)
        app.state.services = services = Services(
            settings=settings,
            database=door,
            temporal=client,
            vault=Vault(settings.vault_keys.get_secret_value()),
            feed=Feed(door),
            passwords=Passwords(),
            attempts_by_email=AttemptLimit(burst=10, seconds=15),
            attempts_by_address=AttemptLimit(burst=60, seconds=1),
            tokens_by_address=AttemptLimit(burst=30, seconds=2),
            links_by_address=AttemptLimit(burst=30, seconds=10),
            links_by_person=AttemptLimit(burst=3, seconds=60),
            rewrites=AttemptLimit(burst=20, seconds=15),
            portal_views=PortalViews(asker(client)),
        )
        listening = asyncio.create_task(services.feed.run())
        yield
        services.feed.close()
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
        if database is None:
            await door.close()

    app = Api(settings, lifespan=lifespan, generate_unique_id_function=operation_id, max_body_size=MAX_BODY)
    problems.install(app)
    for module in ROUTED:
        app.include_router(module.router)
    public_pages.install(app, dist)
    console.install(app, dist)
    return app


def operation_id(route: APIRoute) -> str:
    """`approve_action` becomes `approveAction`, the name of the function in the generated client."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
