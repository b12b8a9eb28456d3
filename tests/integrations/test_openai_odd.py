"""Whatever a server answers, OpenAI's adapter makes one of our errors of it, or an answer; and never anything else."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from fastapi import Response
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from integrations.errors import BadAnswer, NeedsReconnect, Refused, TryLater
from integrations.openai import OpenAIWriter
from tests.integrations.servers import serving
from tests.integrations.test_writer_contract import KEY, REQUEST


class Parrot:
    """A server that answers everything with the same, and keeps the headers of what it got."""

    def __init__(self) -> None:
        self.answer = Response(status_code=500)
        self.headers: Headers | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.headers = Headers(scope=scope)
        await self.answer(scope, receive, send)


@pytest.fixture(scope="module")
async def parrot() -> AsyncIterator[tuple[Parrot, str]]:
    made = Parrot()
    async with serving(Starlette(routes=[Mount("/", made)])) as address:
        yield made, address


async def test_the_environment_says_nothing_of_whose_bill_it_is(
    parrot: tuple[Parrot, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-elsewhere")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-elsewhere")
    with pytest.raises(TryLater):
        await ask(parrot[1])
    assert parrot[0].headers is not None
    assert not {"openai-organization", "openai-project"} & set(parrot[0].headers)


ODD: list[tuple[int, bytes, type[Exception]]] = [
    (200, b"", BadAnswer),
    (200, b"{}", BadAnswer),
    (200, b"[1]", BadAnswer),
    (200, b'"words"', BadAnswer),
    (200, b'{"status": "completed", "output": null}', BadAnswer),
    (200, b'{"status": "completed", "output": [{"type": "message", "content": [{"type": 5}]}]}', BadAnswer),
    (200, b'{"status": "completed", "output": [{"type": "message", "content": null}]}', BadAnswer),
    (200, b'{"status": "in_progress", "output": []}', BadAnswer),
    (200, b'{"status": "incomplete"}', BadAnswer),
    (200, b'{"status": "failed"}', Refused),
    (200, b'{"status": "failed", "error": {"code": "invalid_prompt"}}', Refused),
    (200, b'{"status": "failed", "error": {"code": "rate_limit_exceeded"}}', TryLater),
    (200, b'{"choices": [{"message": {}}]}', BadAnswer),
    (200, b"\xff\xfe", BadAnswer),
    (204, b"", BadAnswer),
    (302, b"", TryLater),
    (400, b"<html>", Refused),
    (400, b'{"error": "a\\u0000b"}', Refused),
    (401, b"[]", NeedsReconnect),
    (403, b'{"error": null}', NeedsReconnect),
    (404, b'{"error": {"code": "model_not_found"}}', Refused),
    (404, b'{"detail": "Not Found"}', Refused),
    (408, b"", TryLater),
    (413, b"", Refused),
    (422, b'{"detail": [{"loc": []}]}', Refused),
    (429, b'{"error": {"type": "insufficient_quota"}}', Refused),
    (429, b"slow down", TryLater),
    (503, b"", TryLater),
    (529, b"overloaded", TryLater),
]


@pytest.mark.parametrize(("status", "body", "meaning"), ODD)
async def test_odd_answers_become_one_of_our_errors(
    parrot: tuple[Parrot, str], status: int, body: bytes, meaning: type[Exception]
) -> None:
    parrot[0].answer = Response(body if status != 204 else None, status, media_type="application/json")
    with pytest.raises(meaning) as caught:
        await ask(parrot[1])
    assert type(caught.value) is meaning
    assert "\x00" not in str(caught.value)


async def ask(address: str) -> None:
    writer = OpenAIWriter(KEY, f"{address}/v1", "gpt-x", timeout_seconds=1)
    try:
        await writer.write(REQUEST)
    finally:
        await writer.close()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        ({"retry-after-ms": "120000"}, 120),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2),
    ],
)
async def test_the_wait_in_milliseconds_counts_first(
    parrot: tuple[Parrot, str], headers: dict[str, str], seconds: float
) -> None:
    parrot[0].answer = Response(b"slow down", 429, headers)
    with pytest.raises(TryLater) as caught:
        await ask(parrot[1])
    assert caught.value.after == timedelta(seconds=seconds)
