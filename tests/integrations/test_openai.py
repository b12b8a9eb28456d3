"""What OpenAI's adapter asks, how long it waits, and what it lets through."""

import dataclasses
import json
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest

from deploy.simulator.openai import create_app
from integrations.errors import BadAnswer, NeedsReconnect, TryLater
from integrations.openai import OpenAIWriter
from tests.integrations.servers import free_port, serving
from tests.integrations.test_writer_contract import GOOD, KEY, REQUEST


class Server:
    """A stand-in OpenAI and a writer that uses it."""

    def __init__(self, address: str, http: httpx.AsyncClient) -> None:
        self.writer = OpenAIWriter(f" {KEY}\n", f"{address}/v1/", "gpt-x", timeout_seconds=1)
        self._http = http

    async def control(self, method: str, path: str, **body: Any) -> Any:
        answer = await self._http.request(method, f"/_control/{path}", json=body)
        answer.raise_for_status()
        return answer.json()

    async def say(self, text: str) -> None:
        await self.control("POST", "next", answer="text", text=text)

    async def requests(self) -> list[Any]:
        found: list[Any] = await self.control("GET", "requests")
        return found


@pytest.fixture(scope="module")
async def stand_in() -> AsyncIterator[str]:
    async with serving(create_app()) as address:
        yield address


@pytest.fixture
async def server(stand_in: str) -> AsyncIterator[Server]:
    async with httpx.AsyncClient(base_url=stand_in) as http:
        made = Server(stand_in, http)
        await made.control("POST", "reset")
        await made.control("PUT", "settings", key=KEY)
        yield made
        await made.writer.close()


async def test_nothing_is_stored_and_nobody_is_named(server: Server) -> None:
    await server.writer.write(REQUEST)
    (request,) = await server.requests()
    body = request["body"]
    assert request["path"] == "/v1/responses"
    assert (body["store"], body["safety_identifier"], body["model"]) == (False, REQUEST.user, "gpt-x")
    assert (body["instructions"], body["input"]) == (REQUEST.instructions, REQUEST.context)
    assert body["max_output_tokens"] == REQUEST.max_output_tokens
    assert body["text"]["format"]["strict"] is True
    assert body.keys() & {"tools", "user", "metadata", "previous_response_id"} == set()


async def test_a_server_without_responses_is_asked_the_other_way_and_remembered(server: Server) -> None:
    await server.control("PUT", "settings", key=KEY, responses=False)
    assert (await server.writer.write(REQUEST)).data == GOOD
    await server.control("PUT", "settings", key=KEY, responses=True)
    assert (await server.writer.write(REQUEST)).data == GOOD
    bodies = [request["body"] for request in await server.requests()]
    assert [request["path"] for request in await server.requests()] == ["/v1/chat/completions"] * 2
    assert bodies[0].keys() == {"model", "messages", "response_format", "max_tokens"}


async def test_lengths_are_ours_to_check(server: Server) -> None:
    await server.say(json.dumps({**GOOD, "goals": "x" * 2001}))
    with pytest.raises(BadAnswer, match="goals is longer than 2000"):
        await server.writer.write(REQUEST)


async def test_an_answer_of_more_tokens_than_were_allowed_is_truncated(server: Server) -> None:
    with pytest.raises(BadAnswer, match="truncated"):
        await server.writer.write(dataclasses.replace(REQUEST, max_output_tokens=3))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "null",
        "[]",
        '"a"',
        json.dumps(GOOD) + "}",
        "```json\n" + json.dumps(GOOD) + "\n```",
        json.dumps({**GOOD, "to": "evil@example.com"}),
        json.dumps({**GOOD, "goals": None}),
        json.dumps({**GOOD, "sources": ["deal", "elsewhere"]}),
        '{"goals": NaN, "sources": []}',
        '{"goals": "\\u0000", "sources": []}',
        '{"goals": "\\ud800", "sources": []}',
        '{"goals": ' + "[" * 100_000,
        '{"goals": ' + "9" * 10_000 + ', "sources": []}',
    ],
)
async def test_what_is_not_what_was_asked_for_is_a_bad_answer(server: Server, text: str) -> None:
    await server.say(text)
    with pytest.raises(BadAnswer):
        await server.writer.write(REQUEST)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [("7", 7), ("2.128", 2.128), ("0", 0), ("-3", 0), ("9e99", 86_400), ("soon", None), ("nan", None), (None, None)],
)
async def test_the_wait_is_taken_as_it_comes(server: Server, asked: str | None, wait: float | None) -> None:
    await server.control("POST", "next", answer="rate_limited", retry_after=asked)
    with pytest.raises(TryLater) as caught:
        await server.writer.write(REQUEST)
    assert caught.value.after == (None if wait is None else timedelta(seconds=wait))


async def test_a_wait_may_be_a_date(server: Server) -> None:
    asked = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    await server.control("POST", "next", answer="error", retry_after=asked)
    with pytest.raises(TryLater) as caught:
        await server.writer.write(REQUEST)
    assert caught.value.after is not None
    assert 27 < caught.value.after.total_seconds() <= 30


async def test_a_long_wait_is_not_slept_through(server: Server) -> None:
    await server.control("POST", "next", answer="rate_limited", retry_after="60", times=3)
    started = time.monotonic()
    with pytest.raises(TryLater):
        await server.writer.write(REQUEST)
    assert time.monotonic() - started < 1
    assert len(await server.requests()) == 1


@pytest.mark.parametrize("kind", ["hang", "drip"])
async def test_a_server_that_does_not_come_to_an_end_is_left(server: Server, kind: str) -> None:
    await server.control("POST", "next", answer=kind)
    started = time.monotonic()
    with pytest.raises(TryLater, match="no answer within 1 s"):
        await server.writer.write(REQUEST)
    assert time.monotonic() - started < 3


async def test_a_failed_response_is_tried_later(server: Server) -> None:
    await server.control("POST", "next", answer="failed")
    with pytest.raises(TryLater, match="server_error"):
        await server.writer.write(REQUEST)


async def test_a_page_in_place_of_an_answer_is_a_bad_answer(server: Server) -> None:
    await server.control("POST", "next", answer="not_the_api")
    with pytest.raises(BadAnswer):
        await server.writer.write(REQUEST)


async def test_the_key_is_never_repeated(server: Server) -> None:
    await server.control("POST", "next", answer="bad_key")
    with pytest.raises(NeedsReconnect) as caught:
        await server.writer.write(REQUEST)
    assert KEY not in str(caught.value)
    assert "[the key]" in str(caught.value)


async def test_nobody_there_is_tried_later() -> None:
    writer = OpenAIWriter(KEY, f"http://127.0.0.1:{free_port()}/v1", "gpt-x", timeout_seconds=1)
    with pytest.raises(TryLater, match="ConnectError"):
        await writer.write(REQUEST)
    await writer.close()


@pytest.mark.parametrize("key", ["sk-é", "sk-\u201cdemo\u201d", "sk-a\nb"])
async def test_a_key_that_no_header_can_carry_needs_a_person(stand_in: str, key: str) -> None:
    writer = OpenAIWriter(key, f"{stand_in}/v1", "gpt-x", timeout_seconds=1)
    with pytest.raises(NeedsReconnect):
        await writer.write(REQUEST)
    await writer.close()


@pytest.mark.parametrize("key", ["", " \n"])
def test_without_a_key_there_is_no_writer(key: str) -> None:
    with pytest.raises(ValueError, match="no key"):
        OpenAIWriter(key, "http://127.0.0.1:1/v1", "gpt-x", timeout_seconds=1)


async def test_half_a_character_in_the_context_does_not_stop_it(server: Server) -> None:
    await server.writer.write(dataclasses.replace(REQUEST, context="a\ud800b", instructions="\udfff"))
    (request,) = await server.requests()
    assert (request["body"]["input"], request["body"]["instructions"]) == ("a?b", "?")
