"""Every route declares who may use it, and every route but the public ones asks."""

import httpx
import pytest
from fastapi.routing import APIRoute

from api.app import Api
from api.deps import member
from api.openapi import document
from api.permissions import ROLES, ROUTES, Permission, may
from tests.api.conftest import People
from tests.api.routes import routes_of


def asks_for_member(route: APIRoute) -> bool:
    pending = [route.dependant]
    while pending:
        dependant = pending.pop()
        if dependant.call is member:
            return True
        pending.extend(dependant.dependencies)
    return False


def test_every_route_declares_a_permission(app: Api) -> None:
    undeclared = {route.name for route in routes_of(app)} - set(ROUTES)
    assert not undeclared, f"add {undeclared} to api/permissions.py: an undeclared route is closed to everybody"


def test_no_permission_is_left_of_a_route_that_is_gone(app: Api) -> None:
    assert set(ROUTES) == {route.name for route in routes_of(app)}


def test_every_route_that_is_not_public_asks_who_is_there(app: Api) -> None:
    open_routes = {route.name for route in routes_of(app) if not asks_for_member(route)}
    assert open_routes == {name for name, permission in ROUTES.items() if permission is Permission.PUBLIC}


def test_who_may_do_what() -> None:
    matrix = {role: {name for name, permission in ROUTES.items() if may(role, permission)} for role in ROLES}
    everything = {name for name, permission in ROUTES.items() if permission is not Permission.PUBLIC}
    assert matrix == {"admin": everything, "csm": everything}
    assert not may("csm", Permission.OPERATE)
    assert may("admin", Permission.OPERATE)
    assert not may("ae", Permission.READ)
    assert not may("admin", None)


async def test_a_route_that_declares_nothing_is_closed(
    app: Api, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await people(role="admin")
    monkeypatch.delitem(ROUTES, "list_accounts")
    answer: httpx.Response = await person.browser.get("/api/accounts")
    assert answer.status_code == 403
    assert answer.json()["reason"] == "not_allowed"


def test_operation_ids_are_the_names_the_generated_client_has(app: Api) -> None:
    paths = app.openapi()["paths"]
    assert {
        f"{verb.upper()} {path}": operation["operationId"]
        for path, on in paths.items()
        for verb, operation in on.items()
    } == {
        "POST /api/session": "logIn",
        "GET /api/session": "readSession",
        "DELETE /api/session": "logOut",
        "GET /api/accounts": "listAccounts",
        "GET /api/accounts/{account_id}": "readAccount",
        "GET /api/actions": "listActions",
        "GET /api/accounts/{account_id}/actions/{key}": "readAction",
        "POST /api/accounts/{account_id}/actions/{key}/approve": "approveAction",
        "POST /api/accounts/{account_id}/actions/{key}/recall": "recallAction",
        "POST /api/accounts/{account_id}/actions/{key}/retry": "retryAction",
        "POST /api/accounts/{account_id}/actions/{key}/resolve": "resolveAction",
        "POST /api/accounts/{account_id}/actions/{key}/edit": "editDraft",
        "GET /api/accounts/{account_id}/actions/{key}/drafts/{draft_id}/preview": "previewDraft",
        "GET /api/attention": "listAttention",
        "POST /api/attention/{id}/retry": "retryAttention",
        "GET /api/events": "readEvents",
    }


def test_every_error_is_described_as_a_problem_document() -> None:
    assert (
        '"application/json": {\n            "schema": {\n              "$ref": "#/components/schemas/Problem"'
        not in document()
    )
