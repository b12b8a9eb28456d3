"""The stand-in HubSpot calls as HubSpot does, and remembers over a restart."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response

from deploy.simulator import emitter
from deploy.simulator.demo import demo_deal
from deploy.simulator.hubspot import create_app
from integrations.hubspot_webhook import BadEvent, WebhookEvent, parse_events, signature_ok
from tests.integrations.servers import serving

SECRET = "its client secret"


class Receiver:
    """What the stand-in calls: notes every delivery and answers as told."""

    def __init__(self) -> None:
        self.app = FastAPI()
        self.url = ""
        self.answers: list[int] = []
        self.deliveries: list[tuple[bool, bytes]] = []
        self.app.post("/hooks/{name}")(self.receive)

    async def receive(self, request: Request) -> Response:
        body = await request.body()
        stamp, signature = (request.headers.get(f"x-hubspot-{one}") for one in ("request-timestamp", "signature-v3"))
        good = signature_ok(SECRET, "POST", self.url, body, stamp, signature, int(time.time() * 1000))
        self.deliveries.append((good, body))
        return Response(status_code=self.answers.pop(0) if self.answers else 200 if good else 401)

    def events(self) -> list[WebhookEvent | BadEvent]:
        return [event for _, body in self.deliveries for event in parse_events(body)]


@asynccontextmanager
async def stand_in(state: Path, url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with serving(create_app(state)) as address, httpx.AsyncClient(base_url=address) as http:
        if url:
            settings = {"token": "t", "target_url": url, "client_secret": SECRET}
            (await http.put("/_control/settings", json=settings)).raise_for_status()
        yield http


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    made = Receiver()
    async with serving(made.app) as address:
        made.url = f"{address}/hooks/abc%28d%29?x=1"
        yield made


async def close_next(http: httpx.AsyncClient, **closing: Any) -> Any:
    answer = await http.post("/_control/deals/close-next", json=closing)
    answer.raise_for_status()
    return answer.json()


async def test_a_closed_deal_is_told_with_hubspots_signature(receiver: Receiver, tmp_path: Path) -> None:
    async with stand_in(tmp_path / "state.json", receiver.url) as http:
        closed = await close_next(http)
    assert closed["delivery"]["status"] == "delivered"
    ((good, _),) = receiver.deliveries
    assert good
    (event,) = receiver.events()
    assert isinstance(event, WebhookEvent)
    assert event.is_deal_stage_change
    assert (str(event.object_id), event.property_value) == (closed["deal"]["id"], "closedwon")


async def test_every_deal_is_another_company() -> None:
    assert len({demo_deal(number).company for number in range(40)}) == 40
    assert len({demo_deal(number).domain for number in range(40)}) == 40


@pytest.mark.parametrize("switch", [{"wrong_secret": True}, {"age_seconds": 301}, {"age_seconds": -302}])
async def test_a_dishonest_delivery_is_refused_and_not_repeated(
    receiver: Receiver, tmp_path: Path, switch: dict[str, Any]
) -> None:
    async with stand_in(tmp_path / "state.json", receiver.url) as http:
        closed = await close_next(http, **switch)
    assert [good for good, _ in receiver.deliveries] == [False]
    assert closed["delivery"]["status"] == "given up"


async def test_copies_are_the_same_event(receiver: Receiver, tmp_path: Path) -> None:
    async with stand_in(tmp_path / "state.json", receiver.url) as http:
        await close_next(http, copies=50)
    assert len(receiver.deliveries) == 50
    assert len({event.key for event in receiver.events()}) == 1


async def test_a_bad_event_travels_with_a_good_one(receiver: Receiver, tmp_path: Path) -> None:
    async with stand_in(tmp_path / "state.json", receiver.url) as http:
        await close_next(http, bad_event=True, new_spelling=True)
    good, bad = receiver.events()
    assert isinstance(good, WebhookEvent)
    assert good.is_deal_stage_change
    assert isinstance(bad, BadEvent)


async def test_a_failed_delivery_is_repeated_with_its_attempt_number(
    receiver: Receiver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emitter, "_PAUSES", (0, 0, 0, 0))
    receiver.answers = [503, 500]
    async with stand_in(tmp_path / "state.json", receiver.url) as http, asyncio.timeout(10):
        assert (await close_next(http))["delivery"]["status"] == "pending"
        while len(receiver.deliveries) < 3:
            await asyncio.sleep(0.05)
    attempts = [event.attempt_number for event in receiver.events() if isinstance(event, WebhookEvent)]
    assert attempts == [0, 1, 2]
    assert len({event.key for event in receiver.events()}) == 1


async def test_deals_and_undelivered_events_survive_a_restart(receiver: Receiver, tmp_path: Path) -> None:
    receiver.answers = [503]
    state = tmp_path / "state.json"
    async with stand_in(state, receiver.url) as http:
        closed = await close_next(http)
    async with stand_in(state, "") as http, asyncio.timeout(10):
        path = f"/crm/v3/objects/deals/{closed['deal']['id']}?properties=dealstage"
        deal = (await http.get(path, headers={"Authorization": "Bearer t"})).json()
        while len(receiver.deliveries) < 2:
            await asyncio.sleep(0.05)
    assert deal["properties"]["dealstage"] == "closedwon"
    assert json.loads(receiver.deliveries[1][1])[0]["attemptNumber"] == 1
