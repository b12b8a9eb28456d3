"""What an account executive changes of their handoff: typed answers, and which of them are written anew."""

from typing import Any
from uuid import UUID

from sqlalchemy import func, update
from sqlmodel import col

from api.decisions import Target
from api.deps import Services
from api.form_shapes import checked
from api.handoff_reads import ENDED, answers_of, questions_of, roster_of
from api.handoff_views import AnswerSaved, SaveAnswer
from api.problems import ApiError, not_found
from api.shapes import FieldProblem
from api.visitors import Visitor
from domain.handoffs import Question
from models.accounts import Account
from models.events import publish
from models.handoffs import Handoff, HandoffAnswer
from models.session import AsyncSession, Database


def target_of(app: Services, visitor: Visitor) -> Target:
    """The visitor's account as what they decide about."""
    return Target(app, visitor.org_id, visitor.account_id, visitor.actor)


async def keep_answer(database: Database, visitor: Visitor, question: str, asked: SaveAnswer) -> AnswerSaved:
    """Store the typed answer; the last one stands, and is told when it took another's place."""
    async with database.portal(*visitor.place) as session:
        asks = await _question(session, visitor, question)
        unconditional = asks.model_copy(update={"show_if": None})
        value = checked([unconditional], {question: asked.value}, complete=False).get(question)
        row = await _replace(session, visitor, question, value)
    # What was typed outranks what is being written: that is no longer waited for.
    await end_rewrite(database, visitor, question)
    return AnswerSaved(revision=row[0], updated_at=row[1], overwrote=row[0] != asked.revision + 1)


async def _question(session: AsyncSession, visitor: Visitor, key: str) -> Question:
    """The question, if it can still be answered; raises 404 or 409."""
    handoff = await session.get(Handoff, visitor.place)
    question = next((question for question in questions_of(handoff) if question.key == key), None)
    if handoff is None or question is None:
        raise not_found("question")
    if handoff.status in ENDED:
        raise ApiError(409, "wrong_state", "This handoff was submitted already: its answers stay as they are.")
    return question


async def _replace(session: AsyncSession, visitor: Visitor, question: str, value: Any) -> Any:
    change = (
        update(HandoffAnswer)
        .where(col(HandoffAnswer.question) == question)
        .values(
            value=value,
            origin="ae",
            revision=col(HandoffAnswer.revision) + 1,
            updated_at=func.clock_timestamp(),
            updated_by=visitor.called,
        )
        .returning(col(HandoffAnswer.revision), col(HandoffAnswer.updated_at))
        .execution_options(synchronize_session=False)
    )
    row = (await session.execute(change)).one_or_none()
    if row is None:
        raise ApiError(409, "wrong_state", "The answers are still being prepared. Try again in a moment.")
    return row


async def start_rewrite(database: Database, visitor: Visitor, question: str) -> None:
    """Mark the answer as being written again."""
    async with database.portal(*visitor.place) as session:
        await _question(session, visitor, question)
    async with database.org(visitor.org_id) as session:
        await _mark(session, visitor, question, pending=True)
        await _tell(session, visitor)


async def end_rewrite(database: Database, visitor: Visitor, question: str) -> None:
    """It is not written again after all."""
    async with database.org(visitor.org_id) as session:
        await _mark(session, visitor, question, pending=False)
        await _tell(session, visitor)


async def _mark(session: AsyncSession, visitor: Visitor, question: str, *, pending: bool) -> None:
    mine = (col(HandoffAnswer.account_id) == visitor.account_id, col(HandoffAnswer.question) == question)
    await session.execute(update(HandoffAnswer).where(*mine).values(pending=pending))


async def _tell(session: AsyncSession, visitor: Visitor) -> None:
    """Let the CSM's screens know."""
    account_id = visitor.account_id
    await publish(
        session,
        visitor.org_id,
        kind="handoff.changed",
        entity="account",
        entity_id=account_id,
        account_id=account_id,
    )


async def check_complete(database: Database, visitor: Visitor, csm_id: UUID) -> None:
    """Raise a 422 naming what is missing. A handoff that has ended is left to its workflow to judge."""
    async with database.org(visitor.org_id) as session:
        account = await session.get_one(Account, visitor.place)
        roster = await roster_of(session, account)
    async with database.portal(*visitor.place) as session:
        handoff = await session.get(Handoff, visitor.place)
        questions = questions_of(handoff)
        answers = await answers_of(session, visitor.account_id, questions)
    if handoff is not None and handoff.status in ENDED:
        return
    problems: list[FieldProblem] = []
    if csm_id not in {entry.id for entry in roster}:
        problems.append(FieldProblem(field="csm_id", message="is nobody who can take the account over now"))
    try:
        checked(questions, {answer.question: answer.value for answer in answers}, complete=True)
    except ApiError as error:
        problems.extend(error.errors)
    if problems:
        raise ApiError(422, "invalid", "Something is missing before this can be handed over.", errors=problems)
