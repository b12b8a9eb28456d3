"""Asking for a link: the same answer for everybody, and mail to the address on record and nowhere else."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from activities.portal_links import HANDOFF_LINK, PORTAL_LINK
from api.app import Api
from models.accounts import Account
from models.contacts import Contact
from models.session import Database
from models.work import Work
from tests.api.conftest import People, Person
from tests.api.doors import (
    account_with_handoff,
    add_contact,
    handoff_token,
    portal_token,
    stranger,
)


@pytest.fixture
async def browser(app: Api) -> AsyncIterator[httpx.AsyncClient]:
    async with stranger(app) as made:
        yield made


@pytest.fixture
async def person(people: People) -> Person:
    return await people()


@pytest.fixture
async def account_id(database: Database, person: Person) -> UUID:
    return await account_with_handoff(database, person.tenant)


@pytest.fixture
async def contact(database: Database, person: Person, account_id: UUID) -> Contact:
    return await add_contact(database, person.tenant, account_id)


async def work_of(database: Database, org_id: UUID) -> list[tuple[str, UUID]]:
    async with database.org(org_id) as session:
        return [(work.kind, work.id) for work in await session.exec(select(Work))]


async def ask(browser: httpx.AsyncClient, door: str, **body: object) -> httpx.Response:
    return await browser.post(f"/{door}-api/links", json=body)


async def test_a_contact_gets_a_link_by_id_or_address_or_an_old_link(
    app: Api, database: Database, person: Person, contact: Contact
) -> None:
    expired = await portal_token(database, contact, timedelta(0))
    for asked in ({"contact_id": str(contact.id)}, {"email": contact.email}, {"token": expired}):
        async with stranger(app) as browser:
            assert (await ask(browser, "portal", **asked)).status_code == 202
        assert await work_of(database, person.org_id) == [(PORTAL_LINK, contact.id)], asked
        async with database.org(person.org_id) as session:
            await session.execute(text("DELETE FROM work"))


async def test_a_colleague_who_got_the_invite_gets_a_link_of_their_own(
    browser: httpx.AsyncClient, database: Database, person: Person, account_id: UUID, contact: Contact
) -> None:
    colleague = await add_contact(database, person.tenant, account_id)
    other_account = await account_with_handoff(database, person.tenant)
    stranger_ = await add_contact(database, person.tenant, other_account)
    await ask(browser, "portal", contact_id=str(contact.id), email=stranger_.email)
    assert await work_of(database, person.org_id) == []
    await ask(browser, "portal", contact_id=str(contact.id), email=colleague.email.upper())
    assert await work_of(database, person.org_id) == [(PORTAL_LINK, colleague.id)]


async def test_an_ae_gets_a_link_to_each_open_handoff(
    app: Api, database: Database, people: People, person: Person
) -> None:
    email = f"{uuid4().hex}@sales.example"
    elsewhere = await people()
    opened = [
        await account_with_handoff(database, person.tenant, ae_email=email.upper()),
        await account_with_handoff(database, person.tenant, "RETURNED", ae_email=email),
    ]
    other = await account_with_handoff(database, elsewhere.tenant, ae_email=email)
    for status in ("PREPARING", "SUBMITTED", "ACCEPTED"):
        await account_with_handoff(database, person.tenant, status, ae_email=email)
    async with stranger(app) as browser:
        assert (await ask(browser, "handoff", email=email)).status_code == 202
    assert set(await work_of(database, person.org_id)) == {(HANDOFF_LINK, id_) for id_ in opened}
    assert await work_of(database, elsewhere.org_id) == [(HANDOFF_LINK, other)]


@pytest.mark.parametrize(("status", "is_mailed"), [("OPEN", True), ("RETURNED", True), ("SUBMITTED", False)])
async def test_an_old_handoff_link_brings_a_new_one_while_the_handoff_is_open(
    browser: httpx.AsyncClient, database: Database, person: Person, status: str, is_mailed: bool
) -> None:
    account_id = await account_with_handoff(database, person.tenant, status)
    expired = await handoff_token(database, person.tenant, account_id, timedelta(0))
    assert (await ask(browser, "handoff", token=expired)).status_code == 202
    assert await work_of(database, person.org_id) == ([(HANDOFF_LINK, account_id)] if is_mailed else [])


async def test_a_link_of_one_kind_brings_none_of_the_other(
    browser: httpx.AsyncClient, database: Database, person: Person, account_id: UUID, contact: Contact
) -> None:
    await ask(browser, "handoff", token=await portal_token(database, contact))
    await ask(browser, "portal", token=await handoff_token(database, person.tenant, account_id))
    assert await work_of(database, person.org_id) == []


async def test_known_and_unknown_look_alike_and_take_as_long(
    app: Api, database: Database, person: Person, account_id: UUID, contact: Contact
) -> None:
    async with database.org(person.org_id) as session:
        ae = (await session.get_one(Account, (person.org_id, account_id))).ae_email
    unknown = f"{uuid4().hex}@example.com"
    questions: list[tuple[str, dict[str, object]]] = [
        ("portal", {"contact_id": str(contact.id)}),
        ("portal", {"contact_id": str(uuid4())}),
        ("portal", {"email": contact.email}),
        ("portal", {"email": unknown}),
        ("portal", {"token": "x" * 43}),
        ("handoff", {"email": ae}),
        ("handoff", {"email": unknown}),
        ("handoff", {"token": "x"}),
    ]
    answers, seconds = [], []
    for door, body in questions:
        async with stranger(app) as browser:
            began = time.perf_counter()
            answers.append(await ask(browser, door, **body))
            seconds.append(time.perf_counter() - began)
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.content for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1
    assert min(seconds) >= 0.3
    assert max(seconds) - min(seconds) < 0.15, seconds


@pytest.mark.parametrize("door", ["handoff", "portal"])
@pytest.mark.parametrize("body", [{}, {"token": None}, {"email": "x" * 321}, {"email": ""}, {"who": "me"}])
async def test_what_asks_for_nobody_is_422(browser: httpx.AsyncClient, door: str, body: dict[str, object]) -> None:
    assert (await ask(browser, door, **body)).status_code == 422


async def test_who_asks_too_often_has_to_wait_known_or_not(app: Api, contact: Contact) -> None:
    for asked in (str(contact.id), str(uuid4())):
        answers = []
        for _ in range(5):
            async with stranger(app) as browser:  # from another address each time
                answers.append(await ask(browser, "portal", contact_id=asked))
        assert [answer.status_code for answer in answers] == [202, 202, 202, 429, 429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60


async def test_asking_in_many_ways_is_asking_too_often(
    app: Api, database: Database, person: Person, contact: Contact
) -> None:
    ways: list[dict[str, object]] = [{"token": await portal_token(database, contact)} for _ in range(4)]
    for way in ways:
        async with database.org(person.org_id) as session:
            await session.execute(text("DELETE FROM work"))
        async with stranger(app) as browser:
            assert (await ask(browser, "portal", **way)).status_code == 202, "nobody can tell"
    assert await work_of(database, person.org_id) == [], "the fourth within a minute is not mailed"


async def test_one_address_cannot_ask_for_everybody(browser: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(ask(browser, "portal", contact_id=str(uuid4())) for _ in range(31)))
    assert sorted({answer.status_code for answer in answers}) == [202, 429]
