"""What HubSpot's adapter makes of HubSpot's stranger answers."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

import integrations.hubspot as adapter
from deploy.simulator.hubspot import create_app
from integrations.errors import NeedsReconnect, NotFound, Refused, TryLater, VendorError
from integrations.hubspot import HubSpot
from tests.integrations.servers import free_port, serving

TOKEN = "pat-demo"


class Account:
    """A stand-in HubSpot account and the adapter connected to it."""

    def __init__(self, address: str, http: httpx.AsyncClient) -> None:
        self.crm = HubSpot(TOKEN, address)
        self._http = http

    async def control(self, method: str, path: str, body: Any) -> Any:
        answer = await self._http.request(method, f"/_control/{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    async def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        answer = await self._http.request(method, path, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    async def close_next(self, **closing: Any) -> str:
        return str((await self.control("POST", "deals/close-next", closing))["deal"]["id"])

    async def change(self, deal_id: str, **properties: Any) -> None:
        await self.call("PATCH", f"/crm/v3/objects/deals/{deal_id}", {"properties": properties})


@pytest.fixture(scope="module")
async def stand_in(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with serving(create_app(tmp_path_factory.mktemp("hubspot") / "state.json")) as address:
        yield address


@pytest.fixture
async def account(stand_in: str) -> AsyncIterator[Account]:
    async with httpx.AsyncClient(base_url=stand_in) as http:
        made = Account(stand_in, http)
        await made.control("POST", "reset", None)
        await made.control("PUT", "settings", {"token": TOKEN, "target_url": "", "client_secret": "s"})
        yield made


async def failing(account: Account, **failure: Any) -> VendorError:
    deal_id = await account.close_next()
    await account.control("POST", "fail-next", failure)
    with pytest.raises(VendorError) as caught:
        await account.crm.deal(deal_id)
    assert TOKEN not in repr(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, Refused),
        (401, NeedsReconnect),
        (403, NeedsReconnect),
        (404, NotFound),
        (422, Refused),
        (423, TryLater),
        (429, TryLater),
        (477, TryLater),
        (500, TryLater),
        (503, TryLater),
        (302, TryLater),
    ],
)
async def test_every_status_has_a_meaning(account: Account, status: int, expected: type[VendorError]) -> None:
    assert type(await failing(account, status=status)) is expected


_SECONDLY = '{"status":"error","message":"secondly limit","errorType":"RATE_LIMIT","policyName":"SECONDLY"}'
_DAILY = _SECONDLY.replace("SECONDLY", "DAILY")


@pytest.mark.parametrize(
    ("status", "headers", "body", "expected"),
    [
        (429, {"Retry-After": "7"}, _SECONDLY, 7),
        (429, {"Retry-After": "2.128"}, _SECONDLY, 2.128),
        (503, {"Retry-After": "999999999"}, "", 86_400),
        (503, {"Retry-After": "-5"}, "", 0),
        (429, {"X-HubSpot-RateLimit-Interval-Milliseconds": "10000"}, _SECONDLY, 10),
        (429, {}, _DAILY, 3_600),
        (423, {}, "", 2),
        (429, {}, _SECONDLY, None),
        (500, {}, "", None),
        (503, {"Retry-After": "soon"}, "", None),
        (503, {"Retry-After": "nan"}, "", None),
    ],
)
async def test_how_long_to_wait(
    account: Account, status: int, headers: dict[str, str], body: str, expected: float | None
) -> None:
    error = await failing(account, status=status, headers=headers, body=body)
    assert isinstance(error, TryLater)
    assert error.after == (None if expected is None else timedelta(seconds=expected))


async def test_a_date_to_wait_for(account: Account) -> None:
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    error = await failing(account, status=429, headers={"Retry-After": moment})
    assert isinstance(error, TryLater)
    assert error.after is not None
    assert timedelta(seconds=80) < error.after <= timedelta(seconds=90)


@pytest.mark.parametrize("body", ["<html>", "[]", "7", '{"id": "1", "properties": []}', "\ufffd\x00"])
async def test_nonsense_in_a_good_answer_is_tried_later(account: Account, body: str) -> None:
    assert isinstance(await failing(account, status=200, body=body), TryLater)


async def test_nobody_listening_is_tried_later() -> None:
    with pytest.raises(TryLater):
        await HubSpot(TOKEN, f"http://127.0.0.1:{free_port()}").deal("1")


async def test_a_slow_answer_is_given_up_once(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "_TIMEOUT", (1, 0.2))
    async with asyncio.timeout(3):
        error = await failing(account, status=200, delay_seconds=1)
    assert isinstance(error, TryLater)
    assert "ReadTimeoutError" in error.reason


async def test_a_numbered_stage_of_a_custom_pipeline_is_won(account: Account) -> None:
    deal = await account.crm.deal(await account.close_next(custom_pipeline=True))
    assert (deal.pipeline, deal.stage, deal.is_won) == ("82915511", "158723334", True)
    assert await account.crm.won_stages() == {("default", "closedwon"), ("82915511", "158723334")}


async def test_a_lost_deal_is_not_won(account: Account) -> None:
    deal_id = await account.close_next()
    await account.change(deal_id, dealstage="closedlost")
    assert not (await account.crm.deal(deal_id)).is_won


async def test_what_is_missing_stays_empty(account: Account) -> None:
    made = await account.call("POST", "/crm/v3/objects/deals", {"properties": {"dealname": "Bare"}})
    deal = await account.crm.deal(made["id"])
    assert (deal.name, deal.amount_minor, deal.currency, deal.close_date) == ("Bare", None, "USD", None)
    assert (deal.owner, deal.company, deal.contacts, deal.notes) == (None, None, (), "")


async def test_people_and_companies_who_left_are_left_out(account: Account) -> None:
    deal_id = await account.close_next()
    deal = await account.crm.deal(deal_id)
    assert deal.company is not None
    await account.change(deal_id, hubspot_owner_id="99999")
    await account.call("DELETE", f"/crm/v3/objects/companies/{deal.company.id}")
    await account.call("DELETE", f"/crm/v3/objects/contacts/{deal.contacts[0].id}")
    left = await account.crm.deal(deal_id)
    assert (left.owner, left.company) == (None, None)
    assert left.contacts == deal.contacts[1:]


async def test_a_contact_with_an_address_comes_before_one_without(account: Account) -> None:
    deal_id = await account.close_next(without_contact=True)
    people = [{"firstname": "No", "lastname": "Mail"}, {"email": "some@customer.example"}]
    for properties in people:
        made = await account.call("POST", "/crm/v3/objects/contacts", {"properties": properties})
        path = f"/crm/v4/objects/deals/{deal_id}/associations/contacts/{made['id']}"
        await account.call("PUT", path, [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 3}])
    names = [one.name for one in (await account.crm.deal(deal_id)).contacts]
    assert names == ["some@customer.example", "No Mail"]


async def test_many_contacts_are_read_page_by_page(account: Account) -> None:
    deal_id = await account.close_next(without_contact=True)
    for number in range(120):
        properties = {"firstname": f"Person {number}", "email": f"p{number}@customer.example"}
        made = await account.call("POST", "/crm/v3/objects/contacts", {"properties": properties})
        path = f"/crm/v4/objects/deals/{deal_id}/associations/contacts/{made['id']}"
        await account.call("PUT", path, [{"associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 3}])
    contacts = (await account.crm.deal(deal_id)).contacts
    assert [one.name for one in contacts] == [f"Person {number}" for number in range(120)]


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("48000", "USD", 4_800_000),
        ("126500.50", "EUR", 12_650_050),
        ("0.125", "usd", 12),
        ("5000", "JPY", 5_000),
        ("1.5", "KWD", 1_500),
        ("-10", "USD", -1_000),
        ("1e3", "??", 100_000),
        ("", "USD", None),
        ("a lot", "USD", None),
        ("NaN", "USD", None),
        ("Infinity", "USD", None),
        ("1e999999999", "USD", None),
        ("99999999999999999999", "USD", None),
    ],
)
async def test_amounts_become_minor_units(account: Account, amount: str, currency: str, expected: int | None) -> None:
    deal_id = await account.close_next()
    await account.change(deal_id, amount=amount, deal_currency_code=currency)
    assert (await account.crm.deal(deal_id)).amount_minor == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-30T23:30:00.000Z", date(2026, 11, 30)),
        ("2026-11-30T23:30:00-05:00", date(2026, 12, 1)),
        ("2026-11-30", date(2026, 11, 30)),
        ("1764575999123", date(2025, 12, 1)),
        ("9" * 30, None),
        ("soon", None),
    ],
)
async def test_close_dates(account: Account, text: str, expected: date | None) -> None:
    deal_id = await account.close_next()
    await account.change(deal_id, closedate=text)
    assert (await account.crm.deal(deal_id)).close_date == expected
