"""How does a handoff get its draft answers? From a model where there is one, else from the questions' own text."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.facts import money
from activities.heartbeat import heartbeating
from domain.commands import PrepareHandoff, RegenerateAnswer
from domain.events import Done, HandoffPrepared
from domain.handoffs import (
    INSTRUCTIONS,
    DraftAnswer,
    Question,
    answer_schema,
    answers_from,
    default_questions,
    fallback_answer,
    prompt,
)
from domain.messages import PREPARE_HANDOFF, REGENERATE_ANSWER, Request
from integrations.errors import BadAnswer, TryLater, VendorError
from integrations.ports import Writer, WriteRequest
from models.accounts import Account
from models.events import publish
from models.handoffs import Handoff, HandoffAnswer
from models.session import AsyncSession, Database

MOST_ATTEMPTS = 3
MAX_OUTPUT_TOKENS = 2000
NOT_AI = "not AI"

log = structlog.get_logger()


class Handoffs:
    """Drafts the answers of handoffs; `writer` is None where no model is configured."""

    def __init__(self, database: Database, writer: Writer | None) -> None:
        self._database = database
        self._writer = writer

    @activity.defn(name=PREPARE_HANDOFF)
    async def prepare_handoff(self, request: Request[PrepareHandoff]) -> HandoffPrepared:
        """Store the questions and a draft answer to each. A model that fails does not hold the handoff up."""
        done = HandoffPrepared(command_id=request.command.id)
        async with heartbeating():
            questions, material = await self._open(request)
            if not questions:
                return done
            answers, model = await self._write(request, questions, material, "")
            async with self._database.org(request.org_id) as session:
                rows = [_row(request, key, answer, model) for key, answer in answers.items()]
                await session.execute(insert(HandoffAnswer).values(rows).on_conflict_do_nothing())
        return done

    @activity.defn(name=REGENERATE_ANSWER)
    async def regenerate_answer(self, request: Request[RegenerateAnswer]) -> Done:
        """Draft one answer again; when no model can, what stands is kept."""
        command = request.command
        async with heartbeating():
            async with self._database.org(request.org_id) as session:
                account = await session.get_one(Account, (request.org_id, request.account_id))
                handoff = await session.get_one(Handoff, (request.org_id, request.account_id))
                material = _material(account)
            asked = [q for q in questions_of(handoff) if q.key == command.question]
            answers, model = await self._write(request, asked, material, command.instruction)
            async with self._database.org(request.org_id) as session:
                for key, answer in answers.items():
                    await _replace(session, request, key, answer, model)
                await _tell(session, request)
        return Done(command_id=command.id)

    async def _open(self, request: Request[PrepareHandoff]) -> tuple[Sequence[Question], Mapping[str, str]]:
        """The questions, stored with the wording of today; none when the answers are there already."""
        async with self._database.org(request.org_id) as session:
            account = await session.get_one(Account, (request.org_id, request.account_id))
            row = {
                "org_id": request.org_id,
                "account_id": request.account_id,
                "questions": [question.model_dump(mode="json") for question in default_questions()],
            }
            await session.execute(insert(Handoff).values(row).on_conflict_do_nothing())
            handoff = await session.get_one(Handoff, (request.org_id, request.account_id))
            questions = questions_of(handoff)
            first = (request.org_id, request.account_id, questions[0].key)
            if await session.get(HandoffAnswer, first) is not None:
                return (), {}
            return questions, _material(account)

    async def _write(
        self,
        request: Request[Any],
        questions: Sequence[Question],
        material: Mapping[str, str],
        instruction: str,
    ) -> tuple[dict[str, DraftAnswer], str]:
        """A draft answer to each question, and the model that wrote them (NOT_AI for none)."""
        fallback = {question.key: fallback_answer(question) for question in questions}
        if self._writer is None or not questions:
            return fallback, NOT_AI
        ask = WriteRequest(
            name="handoff_answers",
            instructions=INSTRUCTIONS,
            context=prompt(questions, material, instruction),
            schema=answer_schema(questions),
            max_output_tokens=MAX_OUTPUT_TOKENS,
            user=hashlib.sha256(str(request.org_id).encode()).hexdigest(),
        )
        try:
            written = await self._writer.write(ask)
        except (TryLater, BadAnswer) as error:
            if activity.info().attempt < MOST_ATTEMPTS:
                raise ApplicationError(str(error), type=type(error).__name__) from error
            log.warning("handoff_without_model", reason=str(error))
            return fallback, NOT_AI
        except VendorError as error:
            log.warning("handoff_without_model", reason=str(error))
            return fallback, NOT_AI
        return answers_from(questions, written.data, list(material)), written.model


def questions_of(handoff: Handoff) -> list[Question]:
    """The questions as the account started with them."""
    return [Question.model_validate(question) for question in handoff.questions]


def _material(account: Account) -> dict[str, str]:
    """What a model may read, by title."""
    deal = f"{account.company_name}, {money(account.arr_minor, account.currency)} a year, closed {account.close_date}"
    company = f"Industry: {account.industry}. Size: {account.size}. Website: {account.website}."
    parts = {"Deal": deal, "Company": company, "Notes from sales": account.notes}
    return {title: text for title, text in parts.items() if text.strip()}


def _values(answer: DraftAnswer, model: str) -> dict[str, Any]:
    return {
        "value": answer.value,
        "origin": "ai" if answer.by_model else "template",
        "sources": list(answer.sources),
        "model": model if answer.by_model else NOT_AI,
    }


def _row(request: Request[Any], key: str, answer: DraftAnswer, model: str) -> dict[str, Any]:
    return {"org_id": request.org_id, "account_id": request.account_id, "question": key, **_values(answer, model)}


async def _replace(session: AsyncSession, request: Request[Any], key: str, answer: DraftAnswer, model: str) -> None:
    """Write the new answer, unless the AE has typed one since: that ends the wait."""
    values = _values(answer, model) if answer.by_model else {}
    await session.execute(
        update(HandoffAnswer)
        .where(col(HandoffAnswer.account_id) == request.account_id, col(HandoffAnswer.question) == key)
        .where(col(HandoffAnswer.pending))
        .values(**values, pending=False, revision=col(HandoffAnswer.revision) + 1)
    )


async def _tell(session: AsyncSession, request: Request[Any]) -> None:
    account_id = request.account_id
    kind = "handoff.changed"
    await publish(session, request.org_id, kind=kind, entity="account", entity_id=account_id, account_id=account_id)
