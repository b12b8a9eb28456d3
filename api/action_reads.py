"""Which rows make up the review inbox, and one action with its drafts? SQL on the read model."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, tuple_
from sqlmodel import col, select

from api.action_views import ActionCounts, ActionSummary, Draft, DraftVersion, action_summary
from api.form_shapes import form_told
from api.pages import Place
from domain.drafts import EmailContent, RequestContent, parse_content, parse_template
from domain.plan import Plan
from domain.state import ActionStatus
from models.accounts import Account
from models.actions import Action
from models.drafts import Draft as DraftRow
from models.members import Member
from models.session import AsyncSession


async def action_summaries(
    session: AsyncSession, *, statuses: Sequence[ActionStatus], csm_id: UUID | None, place: Place | None, limit: int
) -> list[ActionSummary]:
    """Up to `limit` actions after `place`, those that have waited longest first; no status means any."""
    query = (
        select(Action, Account)
        .join(Account, and_(col(Account.org_id) == col(Action.org_id), col(Account.id) == col(Action.account_id)))
        .order_by(col(Action.updated_at), col(Action.account_id), col(Action.key))
        .limit(limit)
    )
    if statuses:
        query = query.where(col(Action.status).in_([status.value for status in statuses]))
    if csm_id is not None:
        query = query.where(col(Account.csm_id) == csm_id)
    if place is not None:
        order = tuple_(col(Action.updated_at), col(Action.account_id), col(Action.key))
        query = query.where(order > (place.at, place.id, place.key))
    plans: dict[UUID, Plan] = {}
    summaries = []
    for action, account in await session.exec(query):
        plan = plans.setdefault(account.id, Plan.model_validate(account.plan))
        summaries.append(action_summary(account, plan, action.key, action))
    return summaries


async def action_counts(session: AsyncSession, *, csm_id: UUID | None) -> ActionCounts:
    """How many actions wait for a person."""
    waiting = [ActionStatus.READY.value, ActionStatus.UNCERTAIN.value, ActionStatus.FAILED.value]
    query = select(Action.status, func.count()).where(col(Action.status).in_(waiting)).group_by(col(Action.status))
    if csm_id is not None:
        query = query.join(
            Account, and_(col(Account.org_id) == col(Action.org_id), col(Account.id) == col(Action.account_id))
        ).where(col(Account.csm_id) == csm_id)
    found = dict((await session.exec(query)).all())
    return ActionCounts(**{status.lower(): found.get(status, 0) for status in waiting})


async def current_draft(session: AsyncSession, action: Action) -> Draft | None:
    """What an approval would send now."""
    row = await session.get(DraftRow, (action.org_id, action.draft_id)) if action.draft_id else None
    if row is None:
        return None
    author = await session.get(Member, (row.org_id, row.author_id)) if row.author_id else None
    content, source = parse_content(row.content), parse_template(row.source)
    return Draft(
        **content.model_dump(mode="json", include=set(EmailContent.model_fields)),
        form=form_told(content.form) if isinstance(content, RequestContent) else None,
        id=row.id,
        revision=action.draft_revision,
        content_hash=row.content_hash,
        origin=row.origin,
        source_subject=source.subject,
        body=source.body,
        unresolved=row.unresolved,
        author=author.name if author else None,
        created_at=row.created_at,
    )


async def draft_versions(session: AsyncSession, action: Action) -> list[DraftVersion]:
    """The current draft and those before it, the latest first. Drafts that lost against another edit are left out."""
    query = (
        select(DraftRow, Member.name)
        .outerjoin(Member, and_(col(Member.org_id) == col(DraftRow.org_id), col(Member.id) == col(DraftRow.author_id)))
        .where(
            col(DraftRow.account_id) == action.account_id,
            col(DraftRow.action_key) == action.key,
            or_(col(DraftRow.revision) < action.draft_revision, col(DraftRow.id) == action.draft_id),
        )
        .order_by(col(DraftRow.revision).desc(), col(DraftRow.created_at).desc())
    )
    return [
        DraftVersion(
            id=row.id,
            revision=row.revision,
            origin=row.origin,
            author=author,
            created_at=row.created_at,
            subject=row.content["subject"],
        )
        for row, author in await session.exec(query)
    ]
