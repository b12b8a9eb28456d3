"""Every route declares who may use it, and every route but the public ones asks."""

import httpx
import pytest
from fastapi.routing import APIRoute

from api.app import Api
from api.deps import customer, executive, member
from api.openapi import document
from api.permissions import ROLES, ROUTES, Permission, may
from tests.api.conftest import People
from tests.api.routes import routes_of

WHO = {member: "member", executive: "executive", customer: "customer"}


def asks_for(route: APIRoute) -> str | None:
    """Whom the route asks for."""
    pending = [route.dependant]
    while pending:
        dependant = pending.pop()
        if dependant.call in WHO:
            return WHO[dependant.call]
        pending.extend(dependant.dependencies)
    return None


def test_every_route_declares_a_permission(app: Api) -> None:
    undeclared = {route.name for route in routes_of(app)} - set(ROUTES)
    assert not undeclared, f"add {undeclared} to api/permissions.py: an undeclared route is closed to everybody"


def test_no_permission_is_left_of_a_route_that_is_gone(app: Api) -> None:
    assert set(ROUTES) == {route.name for route in routes_of(app)}


def test_every_route_that_is_not_public_asks_who_is_there(app: Api) -> None:
    asked = {
        Permission.PUBLIC: None,
        Permission.READ: "member",
        Permission.DECIDE: "member",
        Permission.HANDOFF: "executive",
        Permission.LOOK: "customer",
        Permission.ANSWER: "customer",
    }
    assert {route.name: asks_for(route) for route in routes_of(app)} == {
        name: asked[permission] for name, permission in ROUTES.items()
    }


HANDOFF = {"read_my_handoff", "save_answer", "ask_answer_again", "submit_handoff"}
PORTAL_LOOK = {"read_portal", "read_form"}
PORTAL_ACT = PORTAL_LOOK | {"save_form", "submit_form"}


def test_who_may_do_what() -> None:
    matrix = {role: {name for name, permission in ROUTES.items() if may(role, permission)} for role in ROLES}
    everything = {name for name, permission in ROUTES.items() if permission is not Permission.PUBLIC}
    console = everything - HANDOFF - PORTAL_ACT
    assert matrix == {
        "admin": console,
        "csm": console,
        "ae": HANDOFF,
        "portal_admin": PORTAL_ACT,
        "portal_member": PORTAL_ACT,
        "portal_viewer": PORTAL_LOOK,
    }
    assert not may("csm", Permission.OPERATE)
    assert may("admin", Permission.OPERATE)
    assert not may("nobody", Permission.READ)
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
        "GET /api/accounts/{account_id}/handoff": "readHandoff",
        "POST /api/accounts/{account_id}/handoff/accept": "acceptHandoff",
        "POST /api/accounts/{account_id}/handoff/return": "returnHandoff",
        "GET /api/actions": "listActions",
        "GET /api/accounts/{account_id}/actions/{key}": "readAction",
        "POST /api/accounts/{account_id}/actions/{key}/approve": "approveAction",
        "POST /api/accounts/{account_id}/actions/{key}/recall": "recallAction",
        "POST /api/accounts/{account_id}/actions/{key}/retry": "retryAction",
        "POST /api/accounts/{account_id}/actions/{key}/resolve": "resolveAction",
        "POST /api/accounts/{account_id}/actions/{key}/edit": "editDraft",
        "GET /api/accounts/{account_id}/actions/{key}/drafts/{draft_id}/preview": "previewDraft",
        "GET /api/accounts/{account_id}/actions/{key}/response": "readResponse",
        "POST /api/accounts/{account_id}/actions/{key}/response/accept": "acceptResponse",
        "POST /api/accounts/{account_id}/actions/{key}/response/return": "returnResponse",
        "POST /handoff-api/session": "openHandoff",
        "POST /handoff-api/links": "askForHandoffLink",
        "GET /handoff-api/handoff": "readMyHandoff",
        "PUT /handoff-api/answers/{question}": "saveAnswer",
        "POST /handoff-api/answers/{question}/again": "askAnswerAgain",
        "POST /handoff-api/submit": "submitHandoff",
        "POST /portal-api/links": "askForPortalLink",
        "POST /portal-api/session": "openPortal",
        "DELETE /portal-api/session": "leavePortal",
        "GET /portal-api/portal": "readPortal",
        "GET /portal-api/forms/{action_key}": "readForm",
        "PUT /portal-api/forms/{action_key}": "saveForm",
        "POST /portal-api/forms/{action_key}/submit": "submitForm",
        "GET /api/attention": "listAttention",
        "POST /api/attention/{id}/retry": "retryAttention",
        "GET /api/events": "readEvents",
    }


def test_every_error_is_described_as_a_problem_document() -> None:
    assert (
        '"application/json": {\n            "schema": {\n              "$ref": "#/components/schemas/Problem"'
        not in document()
    )
