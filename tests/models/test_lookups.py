"""Who asks for a link is found by what they present, in any organisation, and by nothing else."""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import select

from models.accounts import Account
from models.contacts import Contact
from models.session import Database
from tests.conftest import OrgFactory
from tests.models.portal_rows import make_places
from tests.models.rows import add_account


async def test_a_contact_is_found_by_id_or_address_and_by_nothing_else(database: Database, org: OrgFactory) -> None:
    place = (await make_places(database, org))[0]
    async with database.org(place.org_id) as session:
        contact = (await session.exec(select(Contact).where(Contact.account_id == place.account_id))).one()
    query = select(Contact.org_id, Contact.id, Contact.account_id, Contact.email_norm)
    mine = (contact.org_id, contact.id, contact.account_id, contact.email_norm)
    for presented, found in ((str(contact.id), [mine]), (contact.email_norm, [mine]), (str(uuid4()), []), ("%", [])):
        async with database.router(contact=presented) as session:
            assert [tuple(row) for row in await session.exec(query)] == found
    with pytest.raises(ProgrammingError):
        async with database.router(contact=contact.email_norm) as session:
            await session.execute(text("SELECT name FROM contacts"))


async def test_an_account_is_found_by_its_ae(database: Database, org: OrgFactory) -> None:
    tenant, email = await org(), f"{uuid4().hex}@sales.example"
    async with database.org(tenant.org_id) as session:
        account = await add_account(session, tenant.org_id, ae_email=email.upper())
    for presented, found in ((email, [(tenant.org_id, account.id)]), (f"x{email}", [])):
        async with database.router(email=presented) as session:
            assert [tuple(row) for row in await session.exec(select(Account.org_id, Account.id))] == found


@pytest.mark.parametrize("table", ["contacts", "accounts"])
async def test_who_presents_nothing_sees_nothing(database: Database, table: str) -> None:
    with pytest.raises(ProgrammingError, match="is not set"):
        async with database.router(token_hash=b"x") as session:
            await session.execute(text(f"SELECT id FROM {table}"))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT id FROM contacts", {"contacts_id_idx", "contacts_email_idx"}),
        ("SELECT id FROM accounts", {"accounts_ae_idx"}),
    ],
)
async def test_the_indexes_serve_the_router(database: Database, query: str, index: set[str]) -> None:
    async with database.router(contact="a@example.com", email="a@example.com") as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join((await session.execute(text(f"EXPLAIN {query}"))).scalars())
    assert all(name in plan for name in index), plan
