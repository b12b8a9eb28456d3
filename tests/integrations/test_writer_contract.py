"""The fake writer and OpenAI's adapter, against the stand-in's two APIs, answer the same."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
import pytest

from deploy.simulator.openai import HOSTILE, Settings, create_app
from integrations.errors import BadAnswer, NeedsReconnect, Refused, TryLater
from integrations.fakes import FakeWriter
from integrations.openai import OpenAIWriter
from integrations.ports import Writer, WriteRequest
from tests.integrations.servers import serving

KEY = "sk-demo"
TEXT = {"type": "string", "maxLength": 2000}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"goals": TEXT, "sources": {"type": "array", "items": {"enum": ["deal", "notes"]}}},
    "required": ["goals", "sources"],
    "additionalProperties": False,
}
REQUEST = WriteRequest(
    name="handoff_answers",
    instructions="Answer for the account executive, from the context alone.",
    context="Deal: Team plan, 60 seats\nNotes: Wants all five hotels live before the spring season.",
    schema=SCHEMA,
    max_output_tokens=800,
    user="3f1c",
)
GOOD = {"goals": "Wants all five hotels live before the spring season.", "sources": ["notes"]}


@dataclass
class Subject:
    """A writer, and what a test has to do to it: the next answer is of that kind."""

    writer: Writer
    model: str
    answer_next: Callable[..., Awaitable[None]]


def fake() -> Subject:
    writer = FakeWriter(answers=[GOOD])
    failures = {
        "truncated": BadAnswer("truncated"),
        "filtered": BadAnswer("filtered"),
        "refusal": BadAnswer("refused"),
        "garbage": BadAnswer("not JSON"),
        "rate_limited": TryLater(timedelta(seconds=3)),
        "no_quota": Refused("quota"),
        "bad_request": Refused("too long"),
        "bad_key": NeedsReconnect("OpenAI"),
        "error": TryLater(),
        "hang": TryLater(),
    }

    async def answer_next(kind: str, **_: Any) -> None:
        if kind in failures:
            writer.failures.append(failures[kind])
        else:
            hostile: dict[str, Any] = {"goals": HOSTILE, "sources": ["notes"]}
            writer.answers.insert(0, hostile if kind == "hostile" else {"note": 1})

    return Subject(writer, "fake", answer_next)


@pytest.fixture(params=["fake", "responses", "chat completions"])
async def subject(request: pytest.FixtureRequest) -> AsyncIterator[Subject]:
    if request.param == "fake":
        yield fake()
        return
    app = create_app(Settings(key=KEY, responses=request.param == "responses"))
    async with serving(app) as address, httpx.AsyncClient(base_url=address) as http:

        async def answer_next(kind: str, **values: Any) -> None:
            (await http.post("/_control/next", json={"answer": kind, **values})).raise_for_status()

        writer = OpenAIWriter(KEY, f"{address}/v1", "gpt-x", timeout_seconds=2)
        yield Subject(writer, "stand-in", answer_next)
        await writer.close()


async def test_what_is_written_fits_the_schema_and_says_by_whom(subject: Subject) -> None:
    written = await subject.writer.write(REQUEST)
    assert written.data == GOOD
    assert written.model == subject.model
    assert written.tokens_in > 0
    assert written.tokens_out > 0


@pytest.mark.parametrize("kind", ["truncated", "filtered", "refusal", "garbage", "wrong_shape"])
async def test_an_answer_of_no_use_is_said_to_be_one_and_passes(subject: Subject, kind: str) -> None:
    await subject.answer_next(kind)
    with pytest.raises(BadAnswer):
        await subject.writer.write(REQUEST)
    assert (await subject.writer.write(REQUEST)).data == GOOD


async def test_busy_says_how_long_and_passes(subject: Subject) -> None:
    await subject.answer_next("rate_limited", retry_after="3")
    with pytest.raises(TryLater) as caught:
        await subject.writer.write(REQUEST)
    assert caught.value.after == timedelta(seconds=3)
    assert (await subject.writer.write(REQUEST)).data == GOOD


async def test_a_server_in_trouble_is_tried_later(subject: Subject) -> None:
    await subject.answer_next("error")
    with pytest.raises(TryLater):
        await subject.writer.write(REQUEST)


@pytest.mark.parametrize("kind", ["no_quota", "bad_request"])
async def test_what_waiting_will_not_mend_is_refused(subject: Subject, kind: str) -> None:
    await subject.answer_next(kind)
    with pytest.raises(Refused):
        await subject.writer.write(REQUEST)


async def test_a_key_that_is_not_taken_needs_a_person(subject: Subject) -> None:
    await subject.answer_next("bad_key")
    with pytest.raises(NeedsReconnect) as caught:
        await subject.writer.write(REQUEST)
    assert caught.value.connection == "OpenAI"


async def test_hostile_text_is_handed_over_as_the_text_that_it_is(subject: Subject) -> None:
    await subject.answer_next("hostile")
    written = await subject.writer.write(REQUEST)
    assert written.data == {"goals": HOSTILE, "sources": ["notes"]}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "items": TEXT},
        {**SCHEMA, "required": ["goals"]},
        {**SCHEMA, "additionalProperties": True},
        {**SCHEMA, "properties": {"goals": {"$ref": "#/$defs/none"}, "sources": TEXT}},
        {**SCHEMA, "properties": {"goals": {"type": "string", "format": "email"}, "sources": TEXT}},
    ],
    ids=["not an object", "optional property", "open", "dangling reference", "unknown keyword"],
)
async def test_a_schema_that_vendors_refuse_is_a_mistake_of_the_caller(
    subject: Subject, schema: dict[str, Any]
) -> None:
    request = WriteRequest(name="x", instructions="", context="", schema=schema, max_output_tokens=100, user="3f1c")
    with pytest.raises(ValueError, match=r"schema|strict"):
        await subject.writer.write(request)
