"""Which rows make up an account list, and one account? SQL on the read model: it works with every worker down."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import col

from api.account_views import AccountSummary, ContactDetail, NextAction, TemplateUsed
from api.pages import Place
from api.shapes import Named
from domain.state import TERMINAL, AccountStatus, ActionStatus, HandoffStatus
from models.accounts import Account
from models.actions import Action
from models.contacts import Contact
from models.handoffs import Handoff
from models.members import Member
from models.milestones import Milestone
from models.session import AsyncSession
from models.templates import Template, TemplateVersion

_SHOWN: list[Any] = [
    col(Account.id),
    col(Account.company_name),
    col(Account.status),
    col(Account.milestone_key),
    col(Account.progress),
    col(Account.updated_at),
    col(Milestone.name).label("milestone_name"),
    col(Member.id).label("csm_id"),
    col(Member.name).label("csm_name"),
]
_URGENCY = case(
    {
        ActionStatus.UNCERTAIN.value: 0,
        ActionStatus.FAILED.value: 0,
        ActionStatus.READY.value: 1,
        ActionStatus.SCHEDULED.value: 3,
        ActionStatus.PENDING.value: 4,
    },
    value=col(Action.status),
    else_=2,
)


async def account_summaries(
    session: AsyncSession, *, status: AccountStatus | None, csm_id: UUID | None, place: Place | None, limit: int
) -> list[AccountSummary]:
    """Up to `limit` accounts after `place`, the latest change first."""
    query = (
        select(*_SHOWN)
        .select_from(Account)
        .outerjoin(
            Milestone,
            and_(
                col(Milestone.org_id) == col(Account.org_id),
                col(Milestone.account_id) == col(Account.id),
                col(Milestone.key) == col(Account.milestone_key),
            ),
        )
        .outerjoin(Member, and_(col(Member.org_id) == col(Account.org_id), col(Member.id) == col(Account.csm_id)))
        .order_by(col(Account.updated_at).desc(), col(Account.id))
        .limit(limit)
    )
    if status is not None:
        query = query.where(col(Account.status) == status.value)
    if csm_id is not None:
        query = query.where(col(Account.csm_id) == csm_id)
    if place is not None:
        at, id_ = col(Account.updated_at), col(Account.id)
        # The first condition is implied by the second, and lets the index find where to begin.
        query = query.where(at <= place.at, or_(at < place.at, id_ > place.id))
    rows = (await session.execute(query)).all()
    ids = [row.id for row in rows]
    waiting, upcoming = await _to_review(session, ids), await _next_actions(session, ids)
    return [
        AccountSummary(
            id=row.id,
            company_name=row.company_name,
            status=row.status,
            milestone_key=row.milestone_key,
            milestone_name=row.milestone_name,
            progress=row.progress,
            csm=Named(id=row.csm_id, name=row.csm_name) if row.csm_id else None,
            to_review=waiting.get(row.id, 0),
            next_action=upcoming.get(row.id),
            updated_at=row.updated_at,
        )
        for row in rows
    ]


async def _to_review(session: AsyncSession, account_ids: Sequence[UUID]) -> dict[UUID, int]:
    account_id = col(Action.account_id)
    query = (
        select(account_id, func.count())
        .where(account_id.in_(account_ids), col(Action.status) == ActionStatus.READY.value)
        .group_by(account_id)
    )
    return {row[0]: row[1] for row in await session.execute(query)}


async def _next_actions(session: AsyncSession, account_ids: Sequence[UUID]) -> dict[UUID, NextAction]:
    """What a person has to see to comes first, then what is under way, then what is due soonest."""
    account_id = col(Action.account_id)
    query = (
        select(account_id, col(Action.key), col(Action.label), col(Action.status), col(Action.due_at))
        .ext(distinct_on(account_id))
        .where(account_id.in_(account_ids), col(Action.status).not_in([status.value for status in TERMINAL]))
        .order_by(account_id, _URGENCY, col(Action.due_at).nulls_last(), col(Action.position))
    )
    return {
        row.account_id: NextAction(key=row.key, label=row.label, status=row.status, due_at=row.due_at)
        for row in await session.execute(query)
    }


async def template_used(session: AsyncSession, account: Account) -> TemplateUsed:
    """The published version whose copy the account runs."""
    template = await session.get_one(Template, (account.org_id, account.template_id))
    version = await session.get_one(TemplateVersion, (account.org_id, account.template_version_id))
    return TemplateUsed(name=template.name, number=version.number)


async def csm_of(session: AsyncSession, account: Account) -> Named | None:
    """The account's CSM."""
    csm = await session.get(Member, (account.org_id, account.csm_id)) if account.csm_id else None
    return Named(id=csm.id, name=csm.name) if csm else None


async def handoff_status_of(session: AsyncSession, account: Account) -> HandoffStatus | None:
    """Where the account's handoff stands; None for an account from before there were any, or a very new one."""
    handoff = await session.get(Handoff, (account.org_id, account.id))
    return HandoffStatus(handoff.status) if handoff else None


async def contacts_of(session: AsyncSession, account: Account) -> list[ContactDetail]:
    """The account's people at the customer, the first one known first."""
    query = (
        select(Contact)
        .where(col(Contact.account_id) == account.id)
        .order_by(col(Contact.created_at), col(Contact.name), col(Contact.id))
    )
    rows = (await session.execute(query)).scalars()
    return [ContactDetail(**row.model_dump(include=set(ContactDetail.model_fields))) for row in rows]
