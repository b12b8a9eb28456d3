"""The composition root: what the API is made of."""

from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from temporalio.client import Client

from api import accounts, actions, attention, drafts, events, problems, session
from models.session import Database
from settings import Settings


class Api(FastAPI):
    """FastAPI, describing errors as the problem documents they are."""

    def openapi(self) -> dict[str, Any]:
        """The OpenAPI document."""
        return self.openapi_schema or problems.as_problems(super().openapi())


def create_app(settings: Settings, *, database: Database | None = None, temporal: Client | None = None) -> FastAPI:
    """The application. What is not given is made from the settings when it starts."""
    app = Api(title="Thread", version="1", generate_unique_id_function=operation_id)
    problems.install(app)
    for module in (session, accounts, actions, drafts, attention, events):
        app.include_router(module.router)
    return app


def operation_id(route: APIRoute) -> str:
    """`approve_action` becomes `approveAction`, the name of the function in the generated client."""
    first, *rest = route.name.split("_")
    return first + "".join(word.capitalize() for word in rest)
