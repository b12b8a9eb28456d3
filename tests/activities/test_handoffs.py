"""Draft answers come from the model, or from the questions' own text when it is dead, lying or babbling."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import select
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment

from activities.handoffs import MOST_ATTEMPTS, NOT_AI, Handoffs
from domain.commands import PrepareHandoff, RegenerateAnswer
from domain.handoffs import default_questions
from domain.messages import Request
from domain.starters import standard_saas
from integrations.errors import BadAnswer, NeedsReconnect, TryLater, VendorError
from integrations.fakes import FakeWriter
from models.handoffs import Handoff, HandoffAnswer
from models.session import Database
from tests.conftest import OrgFactory, Tenant
from tests.rows import make_account

KEYS = [question.key for question in default_questions()]
GOOD = {key: {"answer": f"About {key}.", "sources": ["Notes from sales"]} for key in KEYS}


@dataclass
class Desk:
    """One account whose handoff is being written."""

    database: Database
    tenant: Tenant
    account_id: UUID
    writer: FakeWriter

    async def prepare(self, *, attempt: int = 1) -> None:
        command = PrepareHandoff(id="handoff:1")
        request: Request[Any] = Request(org_id=self.tenant.org_id, account_id=self.account_id, command=command)
        await environment(attempt).run(Handoffs(self.database, self.writer).prepare_handoff, request)

    async def regenerate(self, question: str, instruction: str, *, attempt: int = 1, typed_since: bool = False) -> None:
        async with self.database.org(self.tenant.org_id) as session:
            answer = await session.get_one(HandoffAnswer, (self.tenant.org_id, self.account_id, question))
            answer.pending = not typed_since  # as the API leaves it when the AE asks, and when they type
        command = RegenerateAnswer(id="answer:1", question=question, instruction=instruction)
        request: Request[Any] = Request(org_id=self.tenant.org_id, account_id=self.account_id, command=command)
        await environment(attempt).run(Handoffs(self.database, self.writer).regenerate_answer, request)

    async def answers(self) -> dict[str, HandoffAnswer]:
        async with self.database.org(self.tenant.org_id) as session:
            query = select(HandoffAnswer).where(HandoffAnswer.account_id == self.account_id)
            return {answer.question: answer for answer in await session.exec(query)}


def environment(attempt: int) -> ActivityEnvironment:
    made = ActivityEnvironment()
    made.info = made.default_info().__class__(**{**vars(made.info), "attempt": attempt})
    return made


@pytest.fixture
async def desk(database: Database, org: OrgFactory) -> Desk:
    tenant = await org()
    account_id = await make_account(database, tenant, standard_saas(), notes="Live by May. Dana owns single sign-on.")
    return Desk(database, tenant, account_id, FakeWriter())


async def test_the_model_answers_from_the_material(desk: Desk) -> None:
    desk.writer.answers.append(GOOD)
    await desk.prepare()
    answers = await desk.answers()
    assert {key: answers[key].value for key in KEYS} == {key: f"About {key}." for key in KEYS}
    assert {(a.origin, a.sources[0]) for a in answers.values()} == {("ai", "Notes from sales")}
    assert "Live by May" in desk.writer.requests[0].context


async def test_a_repeat_writes_nothing_new_and_asks_no_model(desk: Desk) -> None:
    desk.writer.answers.append(GOOD)
    await desk.prepare()
    before = await desk.answers()
    await desk.prepare(attempt=2)
    assert await desk.answers() == before
    assert len(desk.writer.requests) == 1


@pytest.mark.parametrize("error", [TryLater(None, "503"), BadAnswer("truncated")])
async def test_a_model_that_stumbles_is_asked_again_and_then_done_without(desk: Desk, error: VendorError) -> None:
    desk.writer.failures += [error, error]
    with pytest.raises(ApplicationError):
        await desk.prepare()
    await desk.prepare(attempt=MOST_ATTEMPTS)
    answers = await desk.answers()
    assert {(a.origin, a.model, a.value) for a in answers.values()} == {("template", NOT_AI, "Not known yet.")}


async def test_a_model_that_refuses_us_does_not_hold_the_handoff_up(desk: Desk) -> None:
    desk.writer.failures.append(NeedsReconnect("OpenAI", "401"))
    await desk.prepare()
    assert {answer.origin for answer in (await desk.answers()).values()} == {"template"}


async def test_hostile_answers_stay_answers(desk: Desk) -> None:
    desk.writer.answers.append({**GOOD, "goals": {"answer": "Hi {{arr}} <b>", "sources": ["https://evil.example"]}})
    await desk.prepare()
    answers = await desk.answers()
    assert set(answers) == set(KEYS)
    assert (answers["goals"].value, answers["goals"].sources) == ("Hi {{arr}} <b>", [])


async def test_one_answer_is_written_again_with_the_instruction(desk: Desk) -> None:
    desk.writer.answers += [GOOD, {"goals": {"answer": "Shorter.", "sources": ["Deal"]}}]
    await desk.prepare()
    await desk.regenerate("goals", "shorter")
    answers = await desk.answers()
    assert (answers["goals"].value, answers["goals"].revision, answers["goals"].pending) == ("Shorter.", 2, False)
    assert answers["risks"].value == "About risks."
    assert '"shorter"' in desk.writer.requests[1].context


async def test_when_no_model_can_the_answer_that_stands_is_kept(desk: Desk) -> None:
    desk.writer.answers.append(GOOD)
    await desk.prepare()
    desk.writer.failures.append(TryLater(None, "down"))
    await desk.regenerate("goals", "shorter", attempt=MOST_ATTEMPTS)
    assert (await desk.answers())["goals"].value == "About goals."


async def test_what_the_ae_typed_meanwhile_is_kept(desk: Desk) -> None:
    desk.writer.answers += [GOOD, {"goals": {"answer": "Shorter.", "sources": []}}]
    await desk.prepare()
    await desk.regenerate("goals", "shorter", typed_since=True)
    assert (await desk.answers())["goals"].value == "About goals."


async def test_the_account_keeps_the_wording_it_started_with(desk: Desk) -> None:
    await desk.prepare(attempt=MOST_ATTEMPTS)
    async with desk.database.org(desk.tenant.org_id) as session:
        handoff = await session.get_one(Handoff, (desk.tenant.org_id, desk.account_id))
    assert [question["key"] for question in handoff.questions] == KEYS
