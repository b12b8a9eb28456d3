"""Which rows make up a handoff, and who can take it over?"""

from uuid import UUID

from sqlalchemy import and_, func
from sqlmodel import col, select

from api.form_shapes import question_told
from api.handoff_views import AccountExecutive, Deal, HandoffAnswer, HandoffDetail, RosterEntry
from api.shapes import Named
from domain.handoffs import Question
from domain.state import AccountStatus, HandoffStatus
from models.accounts import Account
from models.handoffs import Handoff
from models.handoffs import HandoffAnswer as AnswerRow
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession

ENDED = frozenset({HandoffStatus.SUBMITTED, HandoffStatus.ACCEPTED})
_NOT_WORK = (AccountStatus.LIVE.value, AccountStatus.CANCELLED.value)


def questions_of(handoff: Handoff | None) -> list[Question]:
    """The questions as the account started with them; none while they are being prepared."""
    return [Question.model_validate(question) for question in handoff.questions] if handoff else []


async def answers_of(session: AsyncSession, account_id: UUID, questions: list[Question]) -> list[HandoffAnswer]:
    """The answers so far, in the order of the questions."""
    mine = select(AnswerRow).where(AnswerRow.account_id == account_id)
    rows = {row.question: row for row in await session.exec(mine)}
    found = [rows[question.key] for question in questions if question.key in rows]
    return [HandoffAnswer(**row.model_dump(include=set(HandoffAnswer.model_fields))) for row in found]


async def handoff_detail(session: AsyncSession, account: Account) -> HandoffDetail:
    """The handoff for the console; one that is not there yet is being prepared."""
    handoff = await session.get(Handoff, (account.org_id, account.id))
    questions = questions_of(handoff)
    csm_id = (handoff.csm_id if handoff else None) or account.csm_id
    csm = await session.get(Member, (account.org_id, csm_id)) if csm_id else None
    return HandoffDetail(
        status=HandoffStatus(handoff.status) if handoff else HandoffStatus.PREPARING,
        reason=handoff.reason if handoff else "",
        submitted_by=handoff.submitted_by if handoff else "",
        submitted_at=handoff.submitted_at if handoff else None,
        csm=Named(id=csm.id, name=csm.name) if csm else None,
        due_at=handoff.due_at if handoff else None,
        ae=AccountExecutive(name=account.ae_name, email=account.ae_email),
        questions=[question_told(question) for question in questions],
        answers=await answers_of(session, account.id, questions),
    )


async def roster_of(session: AsyncSession, account: Account) -> list[RosterEntry]:
    """Active CSMs and who has the account now, the least busy first; every active member where there is neither."""
    query = (
        select(Member, func.count(col(Account.id)), Organization.time_zone)
        .join(Organization, col(Organization.org_id) == col(Member.org_id))
        .outerjoin(
            Account,
            and_(
                col(Account.org_id) == col(Member.org_id),
                col(Account.csm_id) == col(Member.id),
                col(Account.status).not_in(_NOT_WORK),
            ),
        )
        .where(col(Member.active))
        .group_by(col(Member.org_id), col(Member.id), col(Organization.org_id))
        .order_by(func.count(col(Account.id)), col(Member.name), col(Member.id))
    )
    rows = (await session.exec(query)).all()
    able = [row for row in rows if row[0].role == "csm" or row[0].id == account.csm_id] or rows
    return [
        RosterEntry(id=member.id, name=member.name, accounts=accounts, time_zone=time_zone)
        for member, accounts, time_zone in able
    ]


def deal_of(account: Account) -> Deal:
    """What was sold."""
    return Deal(amount_minor=account.arr_minor, currency=account.currency, close_date=account.close_date)
