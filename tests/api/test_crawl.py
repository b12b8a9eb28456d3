"""Another organisation's ids open nothing: every route is called as B with what is A's."""

from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from api.app import Api
from api.permissions import ROUTES, Permission
from models.connections import Connection
from models.session import Database
from models.webhook_events import WebhookEvent
from tests.api.conftest import People, Person, ready
from tests.api.doors import account_with_handoff, add_contact, as_customer, as_executive, open_form, record_portal
from tests.api.routes import routes_of

DECISION: dict[str, object] = {"decision_id": str(uuid4())}
BODIES: dict[str, dict[str, object]] = {
    "approve_action": DECISION | {"revision": 1, "content_hash": "0" * 64},
    "edit_draft": DECISION | {"revision": 1, "subject": "x", "body": "y"},
    "recall_action": DECISION | {"revision": 1},
    "retry_action": DECISION,
    "resolve_action": DECISION | {"sent": True},
    "accept_handoff": DECISION,
    "return_handoff": DECISION | {"text": "Who signs?"},
    "accept_response": DECISION | {"submission_id": str(uuid4())},
    "return_response": DECISION | {"submission_id": str(uuid4()), "text": "Which?"},
}
TABLES = (
    "accounts",
    "actions",
    "drafts",
    "webhook_events",
    "work",
    "live_events",
    "sessions",
    "members",
    "contacts",
    "handoffs",
    "handoff_answers",
    "links",
    "portal_sessions",
    "portal_requests",
    "form_drafts",
    "submissions",
)
# Of people who come by a link: `test_portal_crawl.py` walks these.
VISITORS_BODIES: dict[str, dict[str, object]] = {
    "save_answer": {"value": "x", "revision": 1},
    "ask_answer_again": DECISION,
    "submit_handoff": DECISION | {"csm_id": str(uuid4())},
    "save_form": {"values": {}, "revision": 0},
    "submit_form": DECISION | {"values": {}},
}
VISITORS = {"save_answer", "ask_answer_again", "read_form", "save_form", "submit_form"}
PAGES = {"console", "portal_document"}


async def with_everything(database: Database, person: Person) -> dict[str, str]:
    """One row of each kind, and the path parameters that lead to them."""
    account_id = await account_with_handoff(database, person.tenant)
    action = await ready(database, person.tenant, account_id)
    await open_form(database, person.tenant, account_id)
    await record_portal(database, person.tenant, account_id)
    connection = Connection(org_id=person.org_id, provider="hubspot", endpoint_id=uuid4().hex)
    event = WebhookEvent(
        org_id=person.org_id,
        connection_id=connection.id,
        event_key="k",
        body={"objectId": 7},
        body_hash=b"",
        status="attention",
        reason="why",
    )
    async with database.org(person.org_id) as session:
        session.add_all([connection, event])
    return ids_of(account_id, draft_id=str(action.draft_id), id=str(event.id))


def ids_of(account_id: UUID, **more: str) -> dict[str, str]:
    known = {"account_id": account_id, "draft_id": uuid4(), "id": uuid4(), "contact_id": uuid4()}
    keys = {"key": "welcome", "action_key": "details", "question": "goals", "path": "x"}
    return {name: str(value) for name, value in known.items()} | keys | more


async def everything_of(database: Database, org_id: UUID) -> dict[str, list[str]]:
    async with database.org(org_id) as session:
        rows = {table: await session.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1")) for table in TABLES}
        return {table: list(found.scalars()) for table, found in rows.items()}


async def call(
    browser: httpx.AsyncClient, app: Api, name: str, ids: dict[str, str], body: dict[str, object] | None = None
) -> httpx.Response:
    route = next(route for route in routes_of(app) if route.name == name)
    method = "".join(route.methods or ())
    if "/response" in route.path:
        ids = ids | {"key": ids["action_key"]}
    return await browser.request(method, route.path.format(**ids), json=body or BODIES.get(name))


READ_ONE = ["read_account", "read_action", "read_handoff", "read_response", "preview_draft"]
ONE_OF_SOMETHING = [*READ_ONE, "retry_attention", *BODIES]


def test_the_crawl_covers_every_route_that_names_something(app: Api) -> None:
    named = {route.name for route in routes_of(app) if "{" in route.path}
    assert named - {"receive_hubspot"} - VISITORS - PAGES == set(ONE_OF_SOMETHING)


@pytest.mark.parametrize("name", ONE_OF_SOMETHING)
async def test_what_is_another_organisations_does_not_exist(
    app: Api, people: People, database: Database, name: str
) -> None:
    mine, theirs = await people(role="admin"), await people(role="admin")
    ids = await with_everything(database, theirs)
    before = await everything_of(database, theirs.org_id)
    answer = await call(mine.browser, app, name, ids)
    assert answer.status_code == 404
    assert answer.json()["reason"] == "not_found"
    assert await everything_of(database, theirs.org_id) == before


@pytest.mark.parametrize("name", [*READ_ONE, "retry_attention"])
async def test_the_same_call_works_for_its_owner(app: Api, people: People, database: Database, name: str) -> None:
    person = await people(role="admin")
    answer = await call(person.browser, app, name, await with_everything(database, person))
    assert answer.status_code in (200, 202)


@pytest.mark.parametrize("path", ["/api/accounts", "/api/actions", "/api/attention"])
async def test_lists_show_nothing_of_another_organisation(people: People, database: Database, path: str) -> None:
    mine, theirs = await people(), await people()
    await with_everything(database, theirs)
    assert (await mine.browser.get(path)).json()["items"] == []
    assert len((await theirs.browser.get(path)).json()["items"]) > 0


async def test_nobody_gets_past_the_log_in(app: Api, nobody: httpx.AsyncClient) -> None:
    closed = [name for name, permission in ROUTES.items() if permission is not Permission.PUBLIC]
    assert {"read_events", "read_portal", "submit_handoff"} < set(closed)
    for name in closed:
        body = BODIES.get(name) or VISITORS_BODIES.get(name)
        assert (await call(nobody, app, name, ids_of(uuid4()), body)).status_code == 401, name


async def test_get_never_writes(app: Api, people: People, database: Database) -> None:
    """The one exception is when a session was last seen, which moves at most once a minute."""
    person = await people(role="admin")
    ids = await with_everything(database, person)
    account_id = UUID(ids["account_id"])
    contact = await add_contact(database, person.tenant, account_id)
    for other in (
        await as_executive(app, database, person.tenant, account_id),
        await as_customer(app, database, contact),
    ):
        person.browser.cookies.update(other.cookies)
    async with database.org(person.org_id) as session:
        for table in ("sessions", "portal_sessions"):
            await session.execute(text(f"UPDATE {table} SET last_seen_at = now() - interval '1 hour'"))
    before = await everything_of(database, person.org_id)
    ids["contact_id"] = str(contact.id)
    for route in routes_of(app):
        if "GET" in (route.methods or ()) and route.name != "read_events":
            for method in ("GET", "HEAD"):
                key = ids["action_key" if "/response" in route.path else "key"]
                address = route.path.replace(":path", "").format(**ids | {"key": key})
                answer = await person.browser.request(method, address)
                assert answer.status_code == (200 if method in (route.methods or ()) else 404), f"{method} {address}"
    after = await everything_of(database, person.org_id)
    changed = {table for table in TABLES if before[table] != after[table]}
    assert changed == {"sessions", "portal_sessions"}
