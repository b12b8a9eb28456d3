"""The portal's home: the workflow's own view while a worker runs, the recorded one with its time while none does."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text
from sqlmodel import select
from temporalio.client import Client

from api.app import Api, create_app
from api.portal_views import BUDGET_SECONDS
from domain.plan import Plan
from domain.state import ActionStatus
from models.accounts import Account
from models.contacts import Contact
from models.organizations import Organization
from models.session import Database
from settings import Settings
from tests.api.conftest import People, Person
from tests.api.doors import add_contact, as_customer, record_portal
from tests.conftest import free_port
from tests.domain.plans import email, form, plan
from tests.rows import make_account
from tests.workflows.running import Running, start
from workflows.client import connect

SECRET = "for our eyes only"


@pytest.fixture
async def person(people: People) -> Person:
    return await people()


def with_secrets() -> Plan:
    """A form and an e-mail that the customer sees, and things they do not."""
    seen = form("details")
    hidden = form("audit").model_copy(update={"label": SECRET, "customer_label": SECRET, "portal_visible": False})
    made = plan(
        [seen, hidden, email("check").model_copy(update={"label": SECRET})], [email("internal")], [email("end")]
    )
    first, second, third = made.milestones
    return Plan(
        milestones=(
            first.model_copy(update={"internal_description": SECRET, "customer_description": "Getting to know you"}),
            second.model_copy(update={"name": SECRET, "portal_visible": False}),
            third,
        )
    )


async def opened(person: Person, database: Database, client: Client, queue: str) -> Running:
    account_id = await make_account(database, person.tenant, with_secrets(), notes=SECRET, go_live_target=None)
    return await start(client, database, person.tenant, account_id, with_secrets(), queue)


async def dana(database: Database, running: Running) -> Contact:
    async with database.org(running.tenant.org_id) as session:
        return (await session.exec(select(Contact).where(Contact.account_id == running.account_id))).one()


@pytest.fixture
async def idle_app(settings: Settings, database: Database, client: Client, tmp_path: Any) -> AsyncIterator[Api]:
    """An API of its own, whose patience with workers is not used up by other tests."""
    api = create_app(settings, database=database, temporal=client, dist=tmp_path)
    async with api.router.lifespan_context(api):
        yield api


async def test_a_live_portal_says_where_we_are_and_nothing_else(
    app: Api, person: Person, database: Database, client: Client, queue: str
) -> None:
    running = await opened(person, database, client, queue)
    await running.until("details", ActionStatus.READY)
    async with database.org(person.org_id) as session:
        organization = (await session.exec(select(Organization))).one()
        organization.support_email, organization.portal_intro = "help@acme.example", "Welcome"
    browser = await as_customer(app, database, await dana(database, running))
    async with asyncio.timeout(20):
        while not (home := (await browser.get("/portal-api/portal")).json())["live"]:
            await asyncio.sleep(0.2)
    assert home["organization"] == {
        "name": "Acme",
        "brand_color": "#444bb5",
        "support_email": "help@acme.example",
        "portal_intro": "Welcome",
    }
    assert home["company_name"] == "Blue Fern"
    assert home["me"] == {"name": "Dana Reyes", "email": "dana@bluefern.example", "role": "portal_admin"}
    assert home["csm"] == {"name": "Robin", "email": person.tenant.email}
    assert abs(datetime.fromisoformat(home["as_of"]) - datetime.now(UTC)) < timedelta(seconds=5)
    view = home["view"]
    assert (view["status"], [m["key"] for m in view["milestones"]]) == ("ACTIVE", ["m0", "m2"])
    assert view["milestones"][0]["description"] == "Getting to know you"
    assert SECRET not in str(home)


async def test_with_every_worker_dead_the_recorded_portal_is_served_with_its_time(
    idle_app: Api, person: Person, database: Database, client: Client
) -> None:
    running = await start_without_worker(person, database, client)
    browser = await as_customer(idle_app, database, await dana(database, running))
    first, seconds = await timed(browser)
    assert (first["live"], first["view"]["progress"]) == (False, 40)
    assert timedelta(minutes=9) < datetime.now(UTC) - datetime.fromisoformat(first["as_of"]) < timedelta(minutes=11)
    assert seconds < BUDGET_SECONDS + 0.4, "the workflow is given half a second, and no more"
    for _ in range(3):
        again, seconds = await timed(browser)
        assert again == first
        assert seconds < 0.3, "nobody is asked again so soon"
    another = await start_without_worker(person, database, client)
    other = await as_customer(idle_app, database, await dana(database, another))
    _, seconds = await timed(other)
    assert seconds < 0.3, "nor for another account"


async def start_without_worker(person: Person, database: Database, client: Client) -> Running:
    account_id = await make_account(database, person.tenant, with_secrets())
    await record_portal(database, person.tenant, account_id)
    return await start(
        client, database, person.tenant, account_id, with_secrets(), "nobody-works-here", taken_over=False
    )


async def timed(browser: httpx.AsyncClient) -> tuple[Any, float]:
    began = time.perf_counter()
    answer = await browser.get("/portal-api/portal")
    seconds = time.perf_counter() - began
    assert answer.status_code == 200
    return answer.json(), seconds


async def test_many_who_look_at_a_dead_portal_wait_once(
    idle_app: Api, person: Person, database: Database, client: Client
) -> None:
    running = await start_without_worker(person, database, client)
    browser = await as_customer(idle_app, database, await dana(database, running))
    began = time.perf_counter()
    answers = await asyncio.gather(*(browser.get("/portal-api/portal") for _ in range(20)))
    assert time.perf_counter() - began < 2
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1


async def test_with_temporal_down_too_the_recorded_portal_is_served(
    settings: Settings, person: Person, database: Database, tmp_path: Any
) -> None:
    account_id = await make_account(database, person.tenant, with_secrets())
    await record_portal(database, person.tenant, account_id)
    contact = await add_contact(database, person.tenant, account_id)
    nowhere = settings.model_copy(update={"temporal_address": f"127.0.0.1:{free_port()}"})
    api = create_app(nowhere, database=database, temporal=await connect(nowhere, lazy=True), dist=tmp_path)
    async with api.router.lifespan_context(api):
        home, seconds = await timed(await as_customer(api, database, contact))
    assert (home["live"], home["view"]["progress"]) == (False, 40)
    assert seconds < BUDGET_SECONDS + 0.4


async def test_before_anything_was_recorded_the_portal_asks_for_a_moment(
    app: Api, person: Person, database: Database
) -> None:
    account_id = await make_account(database, person.tenant, with_secrets())
    browser = await as_customer(app, database, await add_contact(database, person.tenant, account_id))
    answer = await browser.get("/portal-api/portal")
    assert (answer.status_code, answer.json()["reason"]) == (503, "portal_unavailable")
    assert "retry-after" in answer.headers


async def test_an_account_without_csm_has_nobody_to_ask(app: Api, person: Person, database: Database) -> None:
    account_id = await make_account(database, person.tenant, with_secrets(), csm_id=None)
    await record_portal(database, person.tenant, account_id)
    browser = await as_customer(app, database, await add_contact(database, person.tenant, account_id))
    home = (await browser.get("/portal-api/portal")).json()
    assert (home["csm"], home["me"]["role"]) == (None, "portal_member")


async def test_a_portal_recorded_by_another_version_is_still_shown(
    app: Api, person: Person, database: Database
) -> None:
    account_id = await make_account(database, person.tenant, with_secrets())
    await record_portal(database, person.tenant, account_id)
    async with database.org(person.org_id) as session:
        account = await session.get_one(Account, (person.org_id, account_id))
        account.portal = {**(account.portal or {}), "of_the_future": 1}
        await session.execute(text("UPDATE accounts SET go_live_target = '2026-09-01'"))
    browser = await as_customer(app, database, await add_contact(database, person.tenant, account_id))
    home = (await browser.get("/portal-api/portal")).json()
    assert (home["view"]["progress"], home["go_live_target"]) == (40, "2026-09-01")
    assert "of_the_future" not in home["view"]
