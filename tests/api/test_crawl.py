"""Another organisation's ids open nothing: every route is called as B with what is A's."""

from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text

from api.app import Api
from models.connections import Connection
from models.session import Database
from models.webhook_events import WebhookEvent
from tests.api.conftest import People, Person, ready, two_emails
from tests.api.routes import routes_of
from tests.rows import make_account

DECISION: dict[str, object] = {"decision_id": str(uuid4())}
BODIES: dict[str, dict[str, object]] = {
    "approve_action": DECISION | {"revision": 1, "content_hash": "0" * 64},
    "edit_draft": DECISION | {"revision": 1, "subject": "x", "body": "y"},
    "recall_action": DECISION | {"revision": 1},
    "retry_action": DECISION,
    "resolve_action": DECISION | {"sent": True},
}
TABLES = ("accounts", "actions", "drafts", "webhook_events", "work", "live_events", "sessions", "members")


async def with_everything(database: Database, person: Person) -> dict[str, str]:
    """One row of each kind, and the path parameters that lead to them."""
    account_id = await make_account(database, person.tenant, two_emails())
    action = await ready(database, person.tenant, account_id)
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
    return {"account_id": str(account_id), "key": "welcome", "draft_id": str(action.draft_id), "id": str(event.id)}


async def everything_of(database: Database, org_id: UUID) -> dict[str, list[str]]:
    async with database.org(org_id) as session:
        rows = {table: await session.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1")) for table in TABLES}
        return {table: list(found.scalars()) for table, found in rows.items()}


async def call(browser: httpx.AsyncClient, app: Api, name: str, ids: dict[str, str]) -> httpx.Response:
    route = next(route for route in routes_of(app) if route.name == name)
    method = "".join(route.methods or ())
    return await browser.request(method, route.path.format(**ids), json=BODIES.get(name))


ONE_OF_SOMETHING = ["read_account", "read_action", "preview_draft", "retry_attention", *BODIES]


def test_the_crawl_covers_every_route_that_names_something(app: Api) -> None:
    named = {route.name for route in routes_of(app) if "{" in route.path}
    assert named - {"console", "receive_hubspot"} == set(ONE_OF_SOMETHING)


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


@pytest.mark.parametrize("name", ["read_account", "read_action", "preview_draft", "retry_attention"])
async def test_the_same_call_works_for_its_owner(app: Api, people: People, database: Database, name: str) -> None:
    person = await people(role="admin")
    answer = await call(person.browser, app, name, await with_everything(database, person))
    assert answer.status_code in (200, 202)


@pytest.mark.parametrize("path", ["/api/accounts", "/api/actions", "/api/attention"])
async def test_lists_show_nothing_of_another_organisation(people: People, database: Database, path: str) -> None:
    mine, theirs = await people(), await people()
    await with_everything(database, theirs)
    assert (await mine.browser.get(path)).json()["items"] == []
    assert len((await theirs.browser.get(path)).json()["items"]) == 1


async def test_nobody_gets_past_the_log_in(app: Api, nobody: httpx.AsyncClient) -> None:
    ids = {"account_id": str(uuid4()), "key": "welcome", "draft_id": str(uuid4()), "id": str(uuid4())}
    for name in [*ONE_OF_SOMETHING, "list_accounts", "list_actions", "list_attention", "read_session", "read_events"]:
        assert (await call(nobody, app, name, ids)).status_code == 401, name


async def test_get_never_writes(app: Api, people: People, database: Database) -> None:
    """The one exception is when a session was last seen, which moves at most once a minute."""
    person = await people(role="admin")
    ids = await with_everything(database, person)
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE sessions SET last_seen_at = now() - interval '1 hour'"))
    before = await everything_of(database, person.org_id)
    for route in routes_of(app):
        if route.methods == {"GET"} and route.name != "read_events":
            for method in ("GET", "HEAD"):
                answer = await person.browser.request(method, route.path.replace(":path", "").format(path="x", **ids))
                assert answer.status_code == (200 if method == "GET" else 405), route.path
    after = await everything_of(database, person.org_id)
    changed = {table for table in TABLES if before[table] != after[table]}
    assert changed == {"sessions"}
