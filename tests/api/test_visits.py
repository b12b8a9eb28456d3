"""Sessions of people who came by a link: what ends them, what carries them on, and who can't use them."""

from datetime import timedelta
from http.cookies import SimpleCookie
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import select

from api.app import Api
from api.visitors import COOKIES, HANDOFF, PORTAL
from models.contacts import Contact
from models.portal_sessions import PortalSession
from models.session import Database
from tests.api.conftest import People, Person
from tests.api.doors import (
    account_with_handoff,
    add_contact,
    as_customer,
    as_executive,
    portal_token,
    record_portal,
    stranger,
)


@pytest.fixture
async def person(people: People) -> Person:
    return await people()


@pytest.fixture
async def account_id(database: Database, person: Person) -> UUID:
    account_id = await account_with_handoff(database, person.tenant)
    await record_portal(database, person.tenant, account_id)
    return account_id


@pytest.fixture
async def contact(database: Database, person: Person, account_id: UUID) -> Contact:
    return await add_contact(database, person.tenant, account_id)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE portal_sessions SET expires_at = now()",
        "UPDATE portal_sessions SET revoked_at = now()",
        "UPDATE links SET expires_at = now()",
        "UPDATE links SET revoked_at = now()",
    ],
)
async def test_a_handoff_session_dies_with_its_link(
    app: Api, database: Database, person: Person, account_id: UUID, change: str
) -> None:
    browser = await as_executive(app, database, person.tenant, account_id)
    assert (await browser.get("/handoff-api/handoff")).status_code == 200
    async with database.org(person.org_id) as session:
        await session.execute(text(change))
    answer = await browser.get("/handoff-api/handoff")
    assert (answer.status_code, answer.json()["reason"]) == (401, "logged_out")


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ("UPDATE portal_sessions SET expires_at = now()", 401),
        ("UPDATE portal_sessions SET revoked_at = now()", 401),
        ("UPDATE contacts SET active = false", 401),
        ("UPDATE links SET expires_at = now(), revoked_at = now()", 200),  # ten minutes are for the click only
        ("UPDATE contacts SET role = 'portal_viewer'", 200),
    ],
)
async def test_what_ends_a_portal_session_counts_at_the_next_request(
    app: Api, database: Database, contact: Contact, change: str, status: int
) -> None:
    browser = await as_customer(app, database, contact)
    async with database.org(contact.org_id) as session:
        await session.execute(text(change))
    assert (await browser.get("/portal-api/portal")).status_code == status


async def test_a_portal_session_rolls_on_by_thirty_days(app: Api, database: Database, contact: Contact) -> None:
    browser = await as_customer(app, database, contact)
    earlier = "last_seen_at = now() - interval '2 days', expires_at = now() + interval '1 day'"
    async with database.org(contact.org_id) as session:
        await session.execute(text(f"UPDATE portal_sessions SET {earlier}"))
    assert "max-age=2592000" in (await browser.get("/portal-api/portal")).headers["set-cookie"].lower()
    async with database.org(contact.org_id) as session:
        visit = (await session.exec(select(PortalSession))).one()
    assert visit.expires_at - visit.last_seen_at == timedelta(days=30)


async def test_leaving_ends_the_session_everywhere(app: Api, database: Database, contact: Contact) -> None:
    browser = await as_customer(app, database, contact)
    token = browser.cookies[COOKIES[PORTAL]]
    left = await browser.delete("/portal-api/session")
    assert left.status_code == 204
    assert SimpleCookie(left.headers["set-cookie"])[COOKIES[PORTAL]]["max-age"] == "0"
    async with stranger(app) as other:
        answer = await other.get("/portal-api/portal", headers={"Cookie": f"{COOKIES[PORTAL]}={token}"})
        assert answer.status_code == 401
        assert (await other.delete("/portal-api/session")).status_code == 204


async def test_leaving_the_portal_leaves_a_handoff_alone(
    app: Api, database: Database, person: Person, account_id: UUID
) -> None:
    browser = await as_executive(app, database, person.tenant, account_id)
    token = browser.cookies[COOKIES[HANDOFF]]
    headers = {"Cookie": f"{COOKIES[PORTAL]}={token}"}
    assert (await browser.delete("/portal-api/session", headers=headers)).status_code == 204
    assert (await browser.get("/handoff-api/handoff")).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5000, "é" * 43, "x" * 42 + "\t"])
@pytest.mark.parametrize(("kind", "address"), [(HANDOFF, "/handoff-api/handoff"), (PORTAL, "/portal-api/portal")])
async def test_a_made_up_cookie_is_nobody(app: Api, kind: str, address: str, token: str) -> None:
    async with stranger(app) as browser:
        answer = await browser.get(address, headers=[(b"Cookie", f"{COOKIES[kind]}={token}".encode())])
    assert answer.status_code == 401


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}])
async def test_another_site_can_do_nothing_in_a_visitors_name(
    app: Api, database: Database, contact: Contact, headers: dict[str, str]
) -> None:
    browser = await as_customer(app, database, contact)
    token = await portal_token(database, contact)
    for method, address, body in [
        ("POST", "/portal-api/session", {"token": token}),
        ("DELETE", "/portal-api/session", None),
        ("PUT", "/portal-api/forms/details", {"values": {}, "revision": 0}),
        ("POST", "/handoff-api/submit", {}),
    ]:
        answer = await browser.request(method, address, json=body, headers=headers)
        assert (answer.status_code, answer.json()["reason"]) == (403, "cross_site")
    assert (await browser.get("/portal-api/portal")).status_code == 200
