"""Logging in: the cookie, what wrong log-ins tell, several organisations, and the end of a session."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from api.app import Api
from api.sessions import COOKIE
from models.members import Member
from models.session import Database
from models.sessions import MemberSession
from tests.api.conftest import PASSWORD, People, Person
from tests.conftest import OrgFactory


async def log_in(browser: httpx.AsyncClient, email: str, password: str = PASSWORD, **more: object) -> httpx.Response:
    return await browser.post("/api/session", json={"email": email, "password": password, **more})


async def test_log_in_answers_who_one_is_and_sets_a_cookie_scripts_cannot_read(
    people: People, nobody: httpx.AsyncClient
) -> None:
    person = await people(name="Northwind")
    answer = await log_in(nobody, f"  {person.tenant.email.upper()} ")
    assert answer.status_code == 200
    me = answer.json()
    assert me["organization"] == {
        "id": str(person.org_id),
        "name": "Northwind",
        "recall_seconds": 600,
        "time_zone": "UTC",
    }
    assert me["member"]["email"] == person.tenant.email
    assert me["temporal_ui_url"] is None
    cookie = SimpleCookie(answer.headers["set-cookie"])[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, True, "lax", "/")
    assert cookie["domain"] == ""
    assert len(cookie.value) == 43
    assert (await nobody.get("/api/session")).json() == me


async def test_only_the_hash_of_the_token_is_stored(people: People, database: Database) -> None:
    person = await people()
    async with database.org(person.org_id) as session:
        stored = (await session.exec(select(MemberSession))).one()
    assert len(stored.token_hash) == 32
    assert person.token.encode() not in stored.token_hash
    assert timedelta(days=6, hours=23) < stored.expires_at - datetime.now(UTC) < timedelta(days=7, seconds=5)


async def test_admins_get_the_address_of_the_temporal_ui(people: People) -> None:
    person = await people(role="admin")
    assert (await person.browser.get("/api/session")).json()["temporal_ui_url"] == "http://localhost:8833"


async def test_a_wrong_password_and_an_unknown_address_look_alike(people: People, nobody: httpx.AsyncClient) -> None:
    person = await people()
    wrong = await log_in(nobody, person.tenant.email, "not the password")
    unknown = await log_in(nobody, f"{uuid4().hex}@example.com", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert "set-cookie" not in wrong.headers


async def test_an_unknown_address_costs_a_password_check(app: Api) -> None:
    passwords = app.state.services.passwords
    began = time.perf_counter()
    assert not await passwords.matches("x", None)
    assert time.perf_counter() - began > 0.02, "argon2 at the recommended strength takes longer than this"


async def test_two_organisations_have_to_be_chosen_from(
    people: People, nobody: httpx.AsyncClient, org: OrgFactory, database: Database
) -> None:
    first, other = await people(name="Beta"), await org(name="Alpha")
    async with database.org(other.org_id) as session:
        session.add(
            Member(
                org_id=other.org_id,
                identity_id=first.tenant.identity_id,
                email_norm=first.tenant.email,
                name="Robin",
                role="admin",
            )
        )
    asked = await log_in(nobody, first.tenant.email)
    assert asked.status_code == 409
    assert [choice["name"] for choice in asked.json()["organizations"]] == ["Alpha", "Beta"]
    assert "set-cookie" not in asked.headers
    chosen = await log_in(nobody, first.tenant.email, organization_id=str(other.org_id))
    assert chosen.json()["organization"]["name"] == "Alpha"
    assert chosen.json()["member"]["role"] == "admin"
    assert (await log_in(nobody, first.tenant.email, organization_id=str(uuid4()))).status_code == 401


async def test_log_out_ends_the_session_everywhere(people: People, nobody: httpx.AsyncClient) -> None:
    person = await people()
    ended = await person.browser.delete("/api/session")
    assert ended.status_code == 204
    assert SimpleCookie(ended.headers["set-cookie"])[COOKIE]["max-age"] == "0"
    nobody.cookies.set(COOKIE, person.token, domain="localhost.local")
    assert (await nobody.get("/api/session")).status_code == 401
    assert (await nobody.delete("/api/session")).status_code == 204


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE sessions SET last_seen_at = now() - interval '12 hours 1 second'",
        "UPDATE sessions SET expires_at = now()",
        "UPDATE sessions SET revoked_at = now()",
        "UPDATE members SET active = false",
    ],
)
async def test_what_ends_a_session_counts_at_the_next_request(people: People, database: Database, change: str) -> None:
    person = await people()
    assert (await person.browser.get("/api/session")).status_code == 200
    async with database.org(person.org_id) as session:
        await session.execute(text(change))
    answer = await person.browser.get("/api/session")
    assert answer.status_code == 401
    assert answer.json()["reason"] == "logged_out"


async def test_a_deactivated_member_cannot_log_in(
    people: People, database: Database, nobody: httpx.AsyncClient
) -> None:
    person = await people()
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE members SET active = false"))
    assert (await log_in(nobody, person.tenant.email)).status_code == 401


async def last_seen(database: Database, person: Person) -> datetime:
    async with database.org(person.org_id) as session:
        return (await session.exec(select(MemberSession.last_seen_at))).one()


async def test_last_seen_moves_at_most_once_a_minute(people: People, database: Database) -> None:
    person = await people()
    before = await last_seen(database, person)
    await person.browser.get("/api/session")
    assert await last_seen(database, person) == before
    async with database.org(person.org_id) as session:
        await session.execute(text("UPDATE sessions SET last_seen_at = now() - interval '2 minutes'"))
    await person.browser.get("/api/session")
    assert await last_seen(database, person) > before


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5000, "é" * 43, "x" * 42 + "\t"])
async def test_a_made_up_cookie_is_nobody(nobody: httpx.AsyncClient, token: str) -> None:
    answer = await nobody.get("/api/session", headers=[(b"Cookie", f"{COOKIE}={token}".encode())])
    assert answer.status_code == 401


async def test_too_many_attempts_have_to_wait(people: People, nobody: httpx.AsyncClient) -> None:
    email = f"{uuid4().hex}@example.com"
    answers = await asyncio.gather(*(log_in(nobody, email, "wrong") for _ in range(12)))
    assert sorted({answer.status_code for answer in answers}) == [401, 429]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert 0 < int(refused.headers["retry-after"]) <= 15
    assert refused.json()["reason"] == "too_many_attempts"
