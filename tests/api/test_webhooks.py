"""HubSpot's webhook: what is genuine is kept once, whatever else comes leaves no trace and looks the same."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import select

from api.app import Api
from integrations.hubspot_webhook import sign
from integrations.vault import Vault
from models.connections import Connection
from models.session import Database
from models.webhook_events import WebhookEvent
from models.work import Work
from settings import Settings
from tests.api.conftest import visitor
from tests.conftest import OrgFactory

PORTAL = 62515
SECRET = "the app's client secret"


@dataclass
class Endpoint:
    """A connection's webhook address, and what arrived there."""

    browser: httpx.AsyncClient
    database: Database
    org_id: UUID
    endpoint_id: str
    public_url: str

    @property
    def path(self) -> str:
        return f"/webhooks/hubspot/{self.endpoint_id}"

    def headers(self, body: bytes, *, age_ms: int = 0, secret: str = SECRET, path: str = "") -> dict[str, str]:
        timestamp = str(int(time.time() * 1000) - age_ms)
        signature = sign(secret, "POST", self.public_url + (path or self.path), body, timestamp)
        return {"X-HubSpot-Signature-v3": signature, "X-HubSpot-Request-Timestamp": timestamp}

    async def deliver(self, *events: Any, **how: Any) -> httpx.Response:
        body = json.dumps(events).encode()
        return await self.browser.post(self.path, content=body, headers=self.headers(body, **how))

    async def inbox(self) -> list[WebhookEvent]:
        async with self.database.org(self.org_id) as session:
            return list((await session.exec(select(WebhookEvent))).all())

    async def work(self) -> list[tuple[str, UUID]]:
        async with self.database.org(self.org_id) as session:
            return [(item.kind, item.id) for item in (await session.exec(select(Work))).all()]


def won(**fields: Any) -> dict[str, Any]:
    event = {
        "eventId": 100,
        "subscriptionId": 7,
        "portalId": PORTAL,
        "objectId": 1234,
        "occurredAt": 1_763_800_000_000,
        "subscriptionType": "deal.propertyChange",
        "propertyName": "dealstage",
        "propertyValue": "closedwon",
        "attemptNumber": 0,
    }
    return event | fields


@pytest.fixture
async def endpoint(app: Api, database: Database, org: OrgFactory, settings: Settings) -> AsyncIterator[Endpoint]:
    tenant = await org()
    vault = Vault(settings.vault_keys.get_secret_value())
    connection = Connection(org_id=tenant.org_id, provider="hubspot", external_id=str(PORTAL), endpoint_id=uuid4().hex)
    async with database.org(tenant.org_id) as session:
        session.add(connection)
        await session.flush()
        await vault.put(session, tenant.org_id, "hubspot", connection.id, "client_secret", SECRET)
    async with visitor(app) as browser:
        del browser.headers["Sec-Fetch-Site"]
        yield Endpoint(browser, database, tenant.org_id, connection.endpoint_id, settings.public_url)


async def test_a_deal_that_changed_stage_is_kept_and_waits_for_its_handler(endpoint: Endpoint) -> None:
    answer = await endpoint.deliver(won())
    assert (answer.status_code, answer.content) == (200, b"")
    (event,) = await endpoint.inbox()
    assert (event.status, event.body, event.attempts) == ("pending", won(), 0)
    assert event.occurred_at is not None
    assert await endpoint.work() == [("webhook_event", event.id)]


async def test_the_same_event_fifty_times_at_once_is_one_row(endpoint: Endpoint) -> None:
    answers = await asyncio.gather(*(endpoint.deliver(won(attemptNumber=n)) for n in range(50)))
    assert {answer.status_code for answer in answers} == {200}
    (event,) = await endpoint.inbox()
    assert await endpoint.work() == [("webhook_event", event.id)]


async def test_a_batch_with_bad_events_keeps_the_good_ones(endpoint: Endpoint) -> None:
    batch = [
        won(eventId=1),
        won(eventId=2, objectId="not a number"),
        won(eventId=3, subscriptionType="contact.creation", propertyName=""),
        won(eventId=4, portalId=PORTAL + 1),
        "nonsense",
        won(eventId=1),
        won(eventId=5),
    ]
    assert (await endpoint.deliver(*batch)).status_code == 200
    inbox = await endpoint.inbox()
    kept = sorted((event.status, event.body.get("eventId")) for event in inbox if "eventId" in event.body)
    assert kept == [("ignored", 3), ("pending", 1), ("pending", 5), ("rejected", 2), ("rejected", 4)]
    assert [event.body for event in inbox if event.body.get("eventId") is None] == [{"value": "nonsense"}]
    assert all(event.reason for event in inbox if event.status != "pending")
    assert "another portal" in next(event.reason for event in inbox if event.body.get("eventId") == 4)
    assert len(await endpoint.work()) == 2


async def test_events_come_again_later(endpoint: Endpoint) -> None:
    await endpoint.deliver(won(eventId=1))
    await endpoint.deliver(won(eventId=2), won(eventId=1))
    assert len(await endpoint.inbox()) == 2


async def test_a_number_without_end_does_not_lose_the_batch(endpoint: Endpoint) -> None:
    body = json.dumps([won(eventId=1), won(eventId=2) | {"sourceId": "HUGE"}]).replace('"HUGE"', "1e400").encode()
    answer = await endpoint.browser.post(endpoint.path, content=body, headers=endpoint.headers(body))
    assert answer.status_code == 200
    assert len(await endpoint.inbox()) == 2


@pytest.mark.parametrize("age_ms", [301_000, -301_000, 10**13])
async def test_stale_and_future_requests_are_refused(endpoint: Endpoint, age_ms: int) -> None:
    await refused(endpoint, await endpoint.deliver(won(), age_ms=age_ms))


@pytest.mark.parametrize("age_ms", [295_000, -295_000])
async def test_the_window_is_five_minutes_wide_on_both_sides(endpoint: Endpoint, age_ms: int) -> None:
    assert (await endpoint.deliver(won(), age_ms=age_ms)).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        {"X-HubSpot-Signature-v3": None},
        {"X-HubSpot-Signature-v3": ""},
        {"X-HubSpot-Signature-v3": "v1"},
        {"X-HubSpot-Signature-v3": "é" * 44},
        {"X-HubSpot-Signature-v3": "A" * 43 + "="},
        {"X-HubSpot-Request-Timestamp": None},
        {"X-HubSpot-Request-Timestamp": "-1"},
        {"X-HubSpot-Request-Timestamp": "abc"},
        {"X-HubSpot-Request-Timestamp": "9" * 30},
        {"X-HubSpot-Request-Timestamp": "١٧٦٣٨٠٠٠٠٠٠٠٠"},
    ],
)
async def test_a_signature_that_is_not_hubspots_is_refused(endpoint: Endpoint, change: dict[str, str | None]) -> None:
    body = json.dumps([won()]).encode()
    headers = {name: value for name, value in (endpoint.headers(body) | change).items() if value is not None}
    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    await refused(endpoint, await endpoint.browser.post(endpoint.path, content=body, headers=raw))


async def test_what_was_signed_is_what_counts(endpoint: Endpoint) -> None:
    body = json.dumps([won()]).encode()
    headers = endpoint.headers(body)
    other_body = await endpoint.browser.post(endpoint.path, content=body + b" ", headers=headers)
    other_query = await endpoint.browser.post(endpoint.path + "?a=b", content=body, headers=headers)
    other_secret = await endpoint.deliver(won(), secret="another secret")
    for answer in (other_body, other_query, other_secret):
        await refused(endpoint, answer)


async def test_the_address_is_the_configured_one_and_never_the_host_header(endpoint: Endpoint) -> None:
    body = json.dumps([won()]).encode()
    signature = endpoint.headers(body)
    kept = await endpoint.browser.post(endpoint.path, content=body, headers=signature | {"Host": "127.0.0.1:9"})
    assert kept.status_code == 200
    for_another_host = Endpoint(
        endpoint.browser, endpoint.database, endpoint.org_id, endpoint.endpoint_id, "https://127.0.0.1:9"
    ).headers(body)
    forged = await endpoint.browser.post(
        endpoint.path, content=body, headers=for_another_host | {"Host": "127.0.0.1:9"}
    )
    assert forged.status_code == 401


async def test_a_query_is_part_of_what_is_signed(endpoint: Endpoint) -> None:
    body = json.dumps([won()]).encode()
    path = endpoint.path + "?from=hubspot&x=a%2Fb"
    answer = await endpoint.browser.post(path, content=body, headers=endpoint.headers(body, path=path))
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "events", [[], [won(portalId=PORTAL + 1)], ["nonsense"], [won(portalId=PORTAL + 1), {"portalId": PORTAL}]]
)
async def test_a_body_without_an_event_of_this_portal_is_refused(endpoint: Endpoint, events: list[Any]) -> None:
    await refused(endpoint, await endpoint.deliver(*events))


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"\xff", b"[" * 100_000, b"[" * 700 + b"]" * 700])
async def test_a_genuine_body_that_says_nothing_is_refused(endpoint: Endpoint, body: bytes) -> None:
    await refused(endpoint, await endpoint.browser.post(endpoint.path, content=body, headers=endpoint.headers(body)))


@pytest.mark.parametrize("endpoint_id", [uuid4().hex, "x", "%00", "é", "x" * 5000, "..%2f..%2fapi"])
async def test_an_unknown_address_looks_like_a_wrong_signature(endpoint: Endpoint, endpoint_id: str) -> None:
    wrong = await endpoint.deliver(won(), secret="wrong")
    body = json.dumps([won()]).encode()
    path = f"/webhooks/hubspot/{endpoint_id}"
    unknown = await endpoint.browser.post(path, content=body, headers=endpoint.headers(body, path=path))
    assert unknown.status_code in ({401, 404, 405} if "2f" in endpoint_id else {401})
    if unknown.status_code == 401:
        assert (unknown.content, unknown.headers) == (wrong.content, wrong.headers)


async def test_a_disconnected_connection_takes_nothing(endpoint: Endpoint) -> None:
    async with endpoint.database.org(endpoint.org_id) as session:
        (await session.exec(select(Connection))).one().status = "disconnected"
    await refused(endpoint, await endpoint.deliver(won()))


async def test_a_body_of_more_than_a_megabyte_is_refused(endpoint: Endpoint) -> None:
    body = json.dumps([won(propertyValue="x" * 2**20)]).encode()
    answer = await endpoint.browser.post(endpoint.path, content=body, headers=endpoint.headers(body))
    assert answer.status_code == 413
    assert await endpoint.inbox() == []


async def refused(endpoint: Endpoint, answer: httpx.Response) -> None:
    assert (answer.status_code, answer.json()["reason"]) == (401, "not_verified")
    assert await endpoint.inbox() == []
    assert await endpoint.work() == []
