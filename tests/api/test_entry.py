"""Links: a click lets in, a look does not; what no longer opens says why, and offers nothing else."""

import asyncio
from http.cookies import SimpleCookie
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlmodel import select

from api import public_pages
from api.app import Api
from api.visitors import COOKIES, PORTAL
from models.contacts import Contact
from models.links import Link, hash_token
from models.portal_sessions import PortalSession
from models.session import Database
from tests.api.conftest import People, Person
from tests.api.doors import (
    account_with_handoff,
    add_contact,
    as_executive,
    handoff_token,
    portal_token,
    record_portal,
    stranger,
)

PAGES = ["/", "/h", "/p", "/p/enter", "/p/forms/details"]


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


async def enter(app: Api, door: str, token: str) -> httpx.Response:
    async with stranger(app) as browser:
        return await browser.post(f"/{door}-api/session", json={"token": token})


async def links_and_sessions(database: Database, org_id: UUID) -> list[str]:
    async with database.org(org_id) as session:
        tables = ("links", "portal_sessions")
        found = [await session.execute(text(f"SELECT t::text FROM {table} t ORDER BY 1")) for table in tables]
        return [row for rows in found for row in rows.scalars()]


async def test_a_click_opens_the_portal_once(app: Api, database: Database, contact: Contact) -> None:
    token = await portal_token(database, contact)
    answer = await enter(app, "portal", token)
    assert answer.status_code == 204
    cookie = SimpleCookie(answer.headers["set-cookie"])[COOKIES[PORTAL]]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "lax", "/")
    assert (cookie["domain"], cookie["max-age"], len(cookie.value)) == ("", str(30 * 24 * 3600), 43)
    async with database.org(contact.org_id) as session:
        visit = (await session.exec(select(PortalSession))).one()
    assert (visit.kind, visit.contact_id, visit.token_hash) == ("portal", contact.id, hash_token(cookie.value))
    forwarded = await enter(app, "portal", token)
    assert (forwarded.status_code, forwarded.json()["reason"]) == (410, "used")
    assert "set-cookie" not in forwarded.headers


async def test_of_twenty_clicks_at_once_one_opens(app: Api, database: Database, contact: Contact) -> None:
    token = await portal_token(database, contact)
    answers = await asyncio.gather(*(enter(app, "portal", token) for _ in range(20)))
    assert sorted(answer.status_code for answer in answers) == [204] + [410] * 19


async def test_an_aes_link_opens_on_every_device_until_the_handoff_is_submitted(
    app: Api, database: Database, person: Person, account_id: UUID
) -> None:
    token = await handoff_token(database, person.tenant, account_id)
    for _ in range(3):
        assert (await enter(app, "handoff", token)).status_code == 204
    for status in ("SUBMITTED", "ACCEPTED"):
        async with database.org(person.org_id) as session:
            await session.execute(text("UPDATE handoffs SET status = :status"), {"status": status})
        answer = await enter(app, "handoff", token)
        assert (answer.status_code, answer.json()["reason"]) == (410, "used")
        assert "submitted" in answer.json()["detail"]
    async with database.org(person.org_id) as session:
        assert (await session.exec(select(Link.uses))).one() == 3
        await session.execute(text("UPDATE handoffs SET status = 'RETURNED'"))
    assert (await enter(app, "handoff", token)).status_code == 204


async def test_twenty_looks_of_a_scanner_use_nothing_up(
    app: Api, database: Database, person: Person, account_id: UUID, contact: Contact
) -> None:
    tokens = {
        "handoff": await handoff_token(database, person.tenant, account_id),
        "portal": await portal_token(database, contact),
    }
    before = await links_and_sessions(database, person.org_id)
    async with stranger(app) as scanner:
        for page in [*PAGES, f"/p/{contact.id}"]:
            for _ in range(10):
                for method in ("GET", "HEAD"):
                    seen = await scanner.request(method, page, params={"t": tokens["portal"]})
                    assert seen.status_code == 200, f"{method} {page}"
                    assert "set-cookie" not in seen.headers
        for door in tokens:
            for method in ("GET", "HEAD", "OPTIONS"):
                assert (await scanner.request(method, f"/{door}-api/session")).status_code >= 400
    assert await links_and_sessions(database, person.org_id) == before
    for door, token in tokens.items():
        assert (await enter(app, door, token)).status_code == 204


@pytest.mark.parametrize("page", PAGES)
async def test_pages_give_nothing_away_and_run_only_our_scripts(app: Api, page: str) -> None:
    async with stranger(app) as browser:
        seen, head = await browser.get(page), await browser.head(page)
    assert seen.headers["cache-control"] == "no-store"
    assert seen.headers["referrer-policy"] == "no-referrer"
    policy = seen.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert head.status_code == 200
    assert head.headers == seen.headers
    assert "Handoff" in seen.text if page == "/h" else ("Portal" in seen.text) == page.startswith("/p")


@pytest.mark.parametrize("page", ["/h/x", "/p/forms/a/b", "/p/a/b", "/handoff-api/x", "/portal-api/x", "/portal-api"])
async def test_addresses_of_no_page_are_404(app: Api, page: str) -> None:
    async with stranger(app) as browser:
        assert (await browser.get(page)).status_code == 404


async def test_a_page_that_is_not_built_says_so(tmp_path: Path) -> None:
    bare = FastAPI()
    public_pages.install(bare, tmp_path)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(bare), base_url="https://localhost") as browser:
        assert [(await browser.get(page)).status_code for page in ("/h", "/p")] == [503, 503]


@pytest.mark.parametrize("door", ["handoff", "portal"])
async def test_an_unknown_link_and_one_cut_short_look_alike(
    app: Api, database: Database, person: Person, account_id: UUID, contact: Contact, door: str
) -> None:
    own = await handoff_token(database, person.tenant, account_id)
    if door == "portal":
        own = await portal_token(database, contact)
    of_another_kind = await portal_token(database, contact)
    if door == "portal":
        of_another_kind = await handoff_token(database, person.tenant, account_id)
    bodies = set()
    for token in ["x" * 43, own[:-1], own + own, own + " ", "", "é", "\u2028", of_another_kind, "x" * 1000]:
        answer = await enter(app, door, token)
        assert answer.status_code == 410, token
        bodies.add(answer.content)
    (body,) = bodies
    assert b'"unknown"' in body


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE links SET expires_at = now()", "expired"),
        ("UPDATE links SET revoked_at = now()", "expired"),
        ("UPDATE links SET uses = 1", "used"),
        ("UPDATE contacts SET active = false", "expired"),
        ("UPDATE contacts SET email_norm = 'x' || email_norm", "expired"),
    ],
)
async def test_a_log_in_link_that_ended_says_why(
    app: Api, database: Database, contact: Contact, change: str, reason: str
) -> None:
    token = await portal_token(database, contact)
    async with database.org(contact.org_id) as session:
        await session.execute(text(change))
    before = await links_and_sessions(database, contact.org_id)
    answer = await enter(app, "portal", token)
    assert (answer.status_code, answer.json()["reason"]) == (410, reason)
    assert await links_and_sessions(database, contact.org_id) == before


async def test_the_link_of_an_ae_who_lost_the_deal_opens_nothing(
    app: Api, database: Database, person: Person, account_id: UUID
) -> None:
    token = await handoff_token(database, person.tenant, account_id)
    browser = await as_executive(app, database, person.tenant, account_id)
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE accounts SET ae_email = 'new@sales.example'"))
    assert (await enter(app, "handoff", token)).json()["reason"] == "expired"
    assert (await browser.get("/handoff-api/handoff")).status_code == 401


async def test_who_guesses_tokens_has_to_wait(app: Api, database: Database, contact: Contact) -> None:
    token = await portal_token(database, contact)
    async with stranger(app) as guesser:
        answers = [await guesser.post("/portal-api/session", json={"token": f"guess {n}"}) for n in range(32)]
        assert {answer.status_code for answer in answers} == {410, 429}
        assert int(answers[-1].headers["retry-after"]) > 0
        assert (await guesser.post("/handoff-api/session", json={"token": "x"})).status_code == 429
    assert (await enter(app, "portal", token)).status_code == 204, "others are not held up"
