"""The accounts of an organisation: the list, and one account with its milestones."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query
from sqlmodel import col, select

from api.account_reads import account_summaries, contacts_of, csm_of, handoff_status_of, template_used
from api.account_views import AccountDetail, AccountPage, MilestoneDetail
from api.action_views import action_summary
from api.deps import App, Member, Session
from api.pages import Place, cursor_after, place_of
from api.permissions import Permission
from api.problems import described, not_found
from domain.messages import account_workflow_id
from domain.plan import Milestone as PlannedMilestone
from domain.plan import Plan
from domain.state import AccountStatus, MilestoneStatus
from models.accounts import Account
from models.actions import Action
from models.milestones import Milestone
from models.session import AsyncSession
from settings import Settings

router = APIRouter(prefix="/api/accounts", tags=["accounts"])
LISTING = "accounts"


@router.get("", responses=described(401))
async def list_accounts(
    caller: Member,
    session: Session,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    status: AccountStatus | None = None,
    mine: bool = False,
) -> AccountPage:
    """The organisation's accounts, the latest change first."""
    place = place_of(cursor, LISTING, caller.org_id)
    csm_id = caller.member.id if mine else None
    found = await account_summaries(session, status=status, csm_id=csm_id, place=place, limit=limit + 1)
    items = found[:limit]
    last = Place(at=items[-1].updated_at, id=items[-1].id) if len(found) > limit else None
    return AccountPage(items=items, next_cursor=cursor_after(last, LISTING, caller.org_id))


@router.get("/{account_id}", responses=described(401, 404))
async def read_account(app: App, caller: Member, session: Session, account_id: UUID) -> AccountDetail:
    """One account."""
    account = await session.get(Account, (caller.org_id, account_id))
    if account is None:
        raise not_found("account")
    return AccountDetail(
        **account.model_dump(include=set(AccountDetail.model_fields)),
        template=await template_used(session, account),
        csm=await csm_of(session, account),
        handoff_status=await handoff_status_of(session, account),
        contacts=await contacts_of(session, account),
        workflow_url=_workflow_url(app.settings, account) if caller.may(Permission.OPERATE) else None,
        milestones=await _milestones(session, account),
    )


async def _milestones(session: AsyncSession, account: Account) -> list[MilestoneDetail]:
    """The plan's milestones with what is recorded of them; nothing is, before the workflow's first record."""
    plan = Plan.model_validate(account.plan)
    milestones = await session.exec(select(Milestone).where(col(Milestone.account_id) == account.id))
    actions = await session.exec(select(Action).where(col(Action.account_id) == account.id))
    recorded = {row.key: row for row in milestones}
    rows = {row.key: row for row in actions}
    return [_milestone(account, plan, milestone, recorded.get(milestone.key), rows) for milestone in plan.milestones]


def _milestone(
    account: Account, plan: Plan, planned: PlannedMilestone, row: Milestone | None, actions: dict[str, Action]
) -> MilestoneDetail:
    return MilestoneDetail(
        key=planned.key,
        name=planned.name,
        status=MilestoneStatus(row.status) if row else MilestoneStatus.NOT_STARTED,
        started_at=row.started_at if row else None,
        completed_at=row.completed_at if row else None,
        internal_description=planned.internal_description,
        actions=[action_summary(account, plan, action.key, actions.get(action.key)) for action in planned.actions],
    )


def _workflow_url(settings: Settings, account: Account) -> str:
    workflow_id = quote(account_workflow_id(account.org_id, account.id), safe="")
    return f"{settings.temporal_ui_url}/namespaces/{settings.temporal_namespace}/workflows/{workflow_id}"
