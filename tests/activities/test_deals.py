"""A deal event becomes an account once, or ends on the attention list with its reason."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, select

from activities.accounts import START_ACCOUNT
from activities.deals import MOST_ATTEMPTS, WEBHOOK_EVENT, Deals
from activities.dispatcher import Postponed
from domain.invites import with_portal_invite
from domain.plan import Plan
from domain.starters import standard_saas
from integrations.errors import NeedsReconnect, Refused, TryLater, VendorError
from integrations.fakes import FakeCrm
from integrations.ports import Company, Contact, Deal, Person
from integrations.vault import Vault
from models.accounts import Account
from models.connections import Connection
from models.contacts import Contact as AccountContact
from models.organizations import Organization
from models.session import Database
from models.templates import Template, TemplateVersion
from models.webhook_events import WebhookEvent
from models.work import Work, WorkItem
from settings import Settings
from tests.conftest import OrgFactory, Tenant

DANA = Contact(id="7", name="Dana Reyes", email="dana@bluefern.example")
DEAL = Deal(
    id="101",
    name="Blue Fern - 50 seats",
    amount_minor=5_000_000,
    is_won=True,
    stage="closedwon",
    owner=Person(name="Ari Sales", email="ari@vendor.example"),
    company=Company(id="9", name="Blue Fern", website="https://bluefern.example"),
    contacts=(DANA,),
)


@dataclass
class Desk:
    """An organisation with a HubSpot connection and a template, and what handles its deals."""

    database: Database
    tenant: Tenant
    connection_id: UUID
    crm: FakeCrm
    deals: Deals
    keys: list[str] = field(default_factory=list)

    async def receive(self, deal_id: str = "101") -> WorkItem:
        """An event of that deal in the inbox, as the webhook leaves it."""
        org_id, event_id = self.tenant.org_id, uuid4()
        async with self.database.org(org_id) as session:
            event = WebhookEvent(
                org_id=org_id,
                id=event_id,
                connection_id=self.connection_id,
                event_key=event_id.hex,
                body={"objectId": int(deal_id)},
                body_hash=b"-",
            )
            session.add(event)
        return WorkItem(org_id=org_id, kind=WEBHOOK_EVENT, id=event_id, due=None, attempts=1)  # type: ignore[arg-type]

    async def event(self, item: WorkItem) -> WebhookEvent:
        async with self.database.org(self.tenant.org_id) as session:
            return await session.get_one(WebhookEvent, (item.org_id, item.id))

    async def accounts(self) -> list[Account]:
        async with self.database.org(self.tenant.org_id) as session:
            return list(await session.exec(select(Account)))

    async def contacts(self) -> list[AccountContact]:
        async with self.database.org(self.tenant.org_id) as session:
            return list(await session.exec(select(AccountContact)))

    async def work(self) -> list[Work]:
        async with self.database.org(self.tenant.org_id) as session:
            return list(await session.exec(select(Work).where(col(Work.kind) == START_ACCOUNT)))


@pytest.fixture
async def desk(database: Database, org: OrgFactory, settings: Settings) -> Desk:
    tenant = await org()
    vault = Vault(settings.vault_keys.get_secret_value())
    crm = FakeCrm()
    crm.add(DEAL)
    async with database.org(tenant.org_id) as session:
        template = Template(org_id=tenant.org_id, name="Standard")
        connection = Connection(org_id=tenant.org_id, provider="hubspot", label="HubSpot", endpoint_id=uuid4().hex)
        session.add_all([template, connection])
        await session.flush()
        config = standard_saas().model_dump(mode="json")
        session.add(TemplateVersion(org_id=tenant.org_id, template_id=template.id, number=1, config=config))
        await vault.put(session, tenant.org_id, "hubspot", connection.id, "access_token", "t0ken")
        tokens: list[str] = []

    def client(token: str, _connection: str) -> FakeCrm:
        tokens.append(token)
        return crm

    return Desk(database, tenant, connection.id, crm, Deals(database, vault, client), tokens)


async def test_a_won_deal_becomes_an_account_with_its_own_copy_of_the_plan(desk: Desk) -> None:
    item = await desk.receive()
    await desk.deals.handle(item)
    [account] = await desk.accounts()
    assert (account.company_name, account.contact_email) == ("Blue Fern", "dana@bluefern.example")
    assert (account.arr_minor, account.ae_email, account.csm_id) == (
        5_000_000,
        "ari@vendor.example",
        desk.tenant.member_id,
    )
    assert Plan.model_validate(account.plan) == with_portal_invite(standard_saas())
    assert [(c.email_norm, c.role) for c in await desk.contacts()] == [("dana@bluefern.example", "portal_admin")]
    assert [work.id for work in await desk.work()] == [account.id]
    event = await desk.event(item)
    assert (event.status, event.account_id) == ("done", account.id)
    assert desk.keys == ["t0ken"]


async def test_many_events_of_one_deal_at_once_make_one_account(desk: Desk) -> None:
    items = [await desk.receive() for _ in range(12)]
    await asyncio.gather(*(desk.deals.handle(item) for item in items))
    [account] = await desk.accounts()
    events = [await desk.event(item) for item in items]
    assert {(event.status, event.account_id) for event in events} == {("done", account.id)}


async def test_a_deal_that_is_not_won_is_ignored(desk: Desk) -> None:
    desk.crm.add(replace(DEAL, is_won=False, stage="contractsent"))
    item = await desk.receive()
    await desk.deals.handle(item)
    assert (await desk.event(item)).status == "ignored"
    assert await desk.accounts() == []


def without_contact(deal: Deal) -> Deal:
    return replace(deal, contacts=())


def with_bad_address(deal: Deal) -> Deal:
    return replace(deal, contacts=(replace(DANA, email="dana at bluefern"),))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (without_contact, "The deal has no contact."),
        (with_bad_address, "None of the deal's contacts has a valid e-mail address."),
    ],
)
async def test_a_deal_nobody_can_be_written_to_needs_attention(
    desk: Desk, change: Callable[[Deal], Deal], reason: str
) -> None:
    desk.crm.add(change(DEAL))
    item = await desk.receive()
    await desk.deals.handle(item)
    event = await desk.event(item)
    assert (event.status, event.reason) == ("attention", reason)
    assert await desk.accounts() == []


async def test_a_deal_that_is_gone_needs_attention(desk: Desk) -> None:
    item = await desk.receive("404")
    await desk.deals.handle(item)
    event = await desk.event(item)
    assert (event.status, event.reason) == ("attention", "HubSpot no longer has this deal.")


@pytest.mark.parametrize("error", [Refused("no scope"), NeedsReconnect("HubSpot", "401")])
async def test_a_refusal_needs_attention(desk: Desk, error: VendorError) -> None:
    desk.crm.failures.append(error)
    item = await desk.receive()
    await desk.deals.handle(item)
    assert (await desk.event(item)).status == "attention"
    async with desk.database.org(desk.tenant.org_id) as session:
        connection = await session.get_one(Connection, (desk.tenant.org_id, desk.connection_id))
    assert connection.status == ("needs_reconnect" if isinstance(error, NeedsReconnect) else "connected")


async def test_a_busy_vendor_is_asked_again_when_it_said_and_not_for_ever(desk: Desk) -> None:
    item = await desk.receive()
    desk.crm.failures.append(TryLater(timedelta(seconds=7), "429"))
    with pytest.raises(Postponed) as postponed:
        await desk.deals.handle(item)
    assert postponed.value.after == timedelta(seconds=7)
    desk.crm.failures.append(TryLater(None, "503"))
    await desk.deals.handle(replace(item, attempts=MOST_ATTEMPTS))
    assert (await desk.event(item)).status == "attention"


async def test_what_never_works_ends_on_the_attention_list(desk: Desk) -> None:
    item = await desk.receive()
    desk.crm.failures.append(RuntimeError("boom"))  # type: ignore[arg-type]  # what no adapter should raise
    with pytest.raises(RuntimeError):
        await desk.deals.handle(item)
    desk.crm.failures.append(RuntimeError("boom"))  # type: ignore[arg-type]
    await desk.deals.handle(replace(item, attempts=MOST_ATTEMPTS))
    event = await desk.event(item)
    assert (event.status, event.reason) == ("attention", f"Gave up after {MOST_ATTEMPTS} attempts: boom")


async def test_without_an_active_csm_or_template_the_deal_waits(desk: Desk) -> None:
    async with desk.database.org(desk.tenant.org_id) as session:
        organization = await session.get_one(Organization, desk.tenant.org_id)
        organization.default_csm_id = None
    item = await desk.receive()
    await desk.deals.handle(item)
    assert (await desk.event(item)).reason == "The organisation has no active default CSM."


async def test_an_event_is_handled_once(desk: Desk) -> None:
    item = await desk.receive()
    await desk.deals.handle(item)
    desk.crm.failures.append(Refused("must not be asked again"))
    await desk.deals.handle(item)
    assert (await desk.event(item)).status == "done"
