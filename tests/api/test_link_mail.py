"""The mail that brings a new link: to the address on record, sent once it can be, given up some day."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select

from activities.dispatcher import Postponed
from activities.portal_links import HANDOFF_LINK, MOST_ATTEMPTS, PORTAL_LINK, PortalLinks
from api.app import Api
from integrations.errors import NeedsReconnect, OutcomeUnknown, Refused, TryLater, VendorError
from integrations.fakes import FakeMailer
from models.accounts import Account
from models.contacts import Contact
from models.links import Link
from models.session import Database
from models.work import WorkItem
from tests.api.conftest import People, Person
from tests.api.doors import (
    account_with_handoff,
    add_contact,
    as_executive,
    stranger,
)

PUBLIC_URL = "https://thread.example"


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


def links(database: Database, mailer: FakeMailer) -> PortalLinks:
    return PortalLinks(database, mailer, PUBLIC_URL)


def item(kind: str, org_id: UUID, id_: UUID, attempts: int = 1) -> WorkItem:
    return WorkItem(org_id, kind, id_, datetime.now(UTC), attempts)


def token_in(mailer: FakeMailer) -> str:
    found = re.search(r"#t=([A-Za-z0-9_-]{43})", mailer.sent[-1].text)
    assert found is not None, mailer.sent[-1].text
    return found.group(1)


async def test_the_mailed_link_opens_the_portal_once_within_ten_minutes(
    browser: httpx.AsyncClient, database: Database, contact: Contact
) -> None:
    mailer = FakeMailer()
    await links(database, mailer).portal_link(item(PORTAL_LINK, contact.org_id, contact.id))
    (email,) = mailer.sent
    assert email.to == (contact.email,)
    assert f"{PUBLIC_URL}/p/enter#t=" in email.text
    assert "within 10 minutes" in email.text
    async with database.org(contact.org_id) as session:
        link = (await session.exec(select(Link))).one()
    assert (link.purpose, link.recipient, link.max_uses) == ("portal_login", contact.email_norm, 1)
    assert link.expires_at - link.created_at <= timedelta(minutes=10, seconds=1)
    token = token_in(mailer)
    assert (await browser.post("/portal-api/session", json={"token": token})).status_code == 204
    assert (await browser.post("/portal-api/session", json={"token": token})).status_code == 410


async def test_the_mailed_handoff_link_opens_the_handoff(
    browser: httpx.AsyncClient, database: Database, person: Person, account_id: UUID
) -> None:
    mailer = FakeMailer()
    await links(database, mailer).handoff_link(item(HANDOFF_LINK, person.org_id, account_id))
    async with database.org(person.org_id) as session:
        account = await session.get_one(Account, (person.org_id, account_id))
    assert mailer.sent[0].to == (account.ae_email,)
    assert f"{PUBLIC_URL}/h#t=" in mailer.sent[0].text
    assert (await browser.post("/handoff-api/session", json={"token": token_in(mailer)})).status_code == 204
    assert (await browser.get("/handoff-api/handoff")).json()["company_name"] == "Blue Fern"


async def test_who_may_not_come_in_is_mailed_nothing(
    app: Api, database: Database, person: Person, account_id: UUID, contact: Contact
) -> None:
    mailer = FakeMailer()
    handler = links(database, mailer)
    await as_executive(app, database, person.tenant, account_id)
    async with database.org(person.org_id) as session:
        (await session.get_one(Contact, (contact.org_id, contact.id))).active = False
        await session.execute(text("UPDATE handoffs SET status = 'SUBMITTED'"))
    for id_ in (contact.id, account_id, uuid4()):
        await handler.portal_link(item(PORTAL_LINK, person.org_id, id_))
        await handler.handoff_link(item(HANDOFF_LINK, person.org_id, id_))
    assert mailer.sent == []


async def test_mail_that_was_not_taken_is_sent_later_by_a_link_of_its_own(database: Database, contact: Contact) -> None:
    mailer = FakeMailer(failures=[TryLater(timedelta(seconds=7), "busy")])
    handler = links(database, mailer)
    with pytest.raises(Postponed) as postponed:
        await handler.portal_link(item(PORTAL_LINK, contact.org_id, contact.id))
    assert postponed.value.after == timedelta(seconds=7)
    await handler.portal_link(item(PORTAL_LINK, contact.org_id, contact.id, attempts=2))
    assert len(mailer.sent) == 1
    await handler.portal_link(item(PORTAL_LINK, contact.org_id, contact.id, attempts=MOST_ATTEMPTS + 1))
    assert len(mailer.sent) == 1, "it is given up some day"


@pytest.mark.parametrize("error", [Refused("no such mailbox"), NeedsReconnect("SMTP"), OutcomeUnknown("reset")])
async def test_mail_that_may_be_out_or_never_will_be_is_not_repeated(
    database: Database, contact: Contact, error: VendorError
) -> None:
    mailer = FakeMailer(failures=[error])
    await links(database, mailer).portal_link(item(PORTAL_LINK, contact.org_id, contact.id))
    assert mailer.sent == []
