"""The fake CRM and HubSpot's adapter, against the stand-in HubSpot, answer the same."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.simulator.hubspot import create_app
from integrations.errors import NeedsReconnect, NotFound, TryLater
from integrations.fakes import FakeCrm
from integrations.hubspot import HubSpot
from integrations.ports import Company, Contact, Crm, Deal, Person
from tests.integrations.servers import serving

TOKEN = "pat-demo"


@dataclass
class Subject:
    """A CRM, and what a test has to do to it."""

    crm: Crm
    won_deal: Callable[[], Awaitable[str]]
    busy_once: Callable[[], Awaitable[None]]
    revoke: Callable[[], Awaitable[None]]


def fake() -> Subject:
    crm = FakeCrm()

    async def won_deal() -> str:
        crm.add(
            Deal(
                id="7",
                name="Harbour & Finch: Team plan, 60 seats",
                amount_minor=4_800_000,
                pipeline="default",
                stage="closedwon",
                is_won=True,
                owner=Person(name="Priya Raman", email="priya.raman@seller.example"),
                company=Company(id="8", name="Harbour & Finch", website="https://www.harbourfinch.example"),
                contacts=(
                    Contact(id="9", name="Maya Okafor", email="maya.okafor@harbourfinch.example"),
                    Contact(id="10", name="Daniel Reyes", email="daniel.reyes@harbourfinch.example"),
                ),
                notes="Wants all five hotels live.",
            )
        )
        return "7"

    async def busy_once() -> None:
        crm.failures.append(TryLater(timedelta(seconds=3)))

    async def revoke() -> None:
        crm.failures += [NeedsReconnect("HubSpot")] * 9

    return Subject(crm, won_deal, busy_once, revoke)


def real(address: str) -> Subject:
    settings = {"token": TOKEN, "target_url": "", "client_secret": "s"}

    async def control(method: str, path: str, body: dict[str, Any]) -> Any:
        async with httpx.AsyncClient(base_url=address) as http:
            answer = await http.request(method, f"/_control/{path}", json=body)
            answer.raise_for_status()
            return answer.json()

    async def won_deal() -> str:
        await control("PUT", "settings", settings)
        return str((await control("POST", "deals/close-next", {}))["deal"]["id"])

    async def busy_once() -> None:
        await control("POST", "fail-next", {"status": 429, "headers": {"Retry-After": "3"}})

    async def revoke() -> None:
        await control("PUT", "settings", {**settings, "token": "another"})

    return Subject(HubSpot(TOKEN, address), won_deal, busy_once, revoke)


@pytest.fixture(params=["fake", "real"])
async def subject(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Subject]:
    if request.param == "fake":
        yield fake()
        return
    async with serving(create_app(tmp_path / "hubspot.json")) as address:
        yield real(address)


async def test_a_won_deal_comes_with_everybody(subject: Subject) -> None:
    deal = await subject.crm.deal(await subject.won_deal())
    assert deal.name == "Harbour & Finch: Team plan, 60 seats"
    assert (deal.amount_minor, deal.currency, deal.is_won) == (4_800_000, "USD", True)
    assert deal.owner == Person(name="Priya Raman", email="priya.raman@seller.example")
    assert deal.company is not None
    assert (deal.company.name, deal.company.website) == ("Harbour & Finch", "https://www.harbourfinch.example")
    assert deal.notes.startswith("Wants all five hotels live")


async def test_the_primary_contact_is_first(subject: Subject) -> None:
    deal = await subject.crm.deal(await subject.won_deal())
    assert [one.name for one in deal.contacts] == ["Maya Okafor", "Daniel Reyes"]
    assert deal.contacts[0].email == "maya.okafor@harbourfinch.example"


async def test_the_deals_stage_is_among_the_won_ones(subject: Subject) -> None:
    deal = await subject.crm.deal(await subject.won_deal())
    assert (deal.pipeline, deal.stage) in await subject.crm.won_stages()


@pytest.mark.parametrize("deal_id", ["999999", "", "abc", "..", "1/2"])
async def test_a_deal_it_does_not_have_is_not_found(subject: Subject, deal_id: str) -> None:
    await subject.won_deal()
    with pytest.raises(NotFound):
        await subject.crm.deal(deal_id)


async def test_busy_says_how_long_and_passes(subject: Subject) -> None:
    deal_id = await subject.won_deal()
    await subject.busy_once()
    with pytest.raises(TryLater) as caught:
        await subject.crm.deal(deal_id)
    assert caught.value.after == timedelta(seconds=3)
    assert (await subject.crm.deal(deal_id)).id == deal_id


async def test_a_revoked_authorisation_needs_a_person(subject: Subject) -> None:
    deal_id = await subject.won_deal()
    await subject.revoke()
    with pytest.raises(NeedsReconnect) as caught:
        await subject.crm.deal(deal_id)
    assert caught.value.connection == "HubSpot"
