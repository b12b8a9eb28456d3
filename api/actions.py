"""The actions that wait for a person, and the decisions people take on them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.action_reads import action_counts, action_summaries, current_draft, draft_versions
from api.action_views import (
    ActionDetail,
    ActionPage,
    Approve,
    Decide,
    Recall,
    Receipt,
    Resolve,
    action_summary,
)
from api.decisions import KEPT, Decided, decide
from api.deps import Member, Session
from api.pages import Place, cursor_after, place_of
from api.problems import described, not_found
from api.shapes import ActionKey
from api.strict_json import StrictJsonRoute
from api.triggers import why
from domain.events import ApproveAction, RecallAction, ResolveAction, RetryAction
from domain.plan import Plan
from domain.state import UNFIRED, ActionStatus
from models.accounts import Account
from models.actions import Action

router = APIRouter(tags=["actions"], route_class=StrictJsonRoute)
LISTING = "actions"
ACTION = "/api/accounts/{account_id}/actions/{key}"
DECIDED = KEPT | described(401, 403, 404, 409, 503)


@router.get("/api/actions", responses=described(401))
async def list_actions(
    caller: Member,
    session: Session,
    status: Annotated[list[ActionStatus], Query(default_factory=list, max_length=len(ActionStatus))],
    mine: bool = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ActionPage:
    """Actions of all accounts, those that have waited longest first."""
    place = place_of(cursor, LISTING, caller.org_id)
    csm_id = caller.member.id if mine else None
    found = await action_summaries(session, statuses=status, csm_id=csm_id, place=place, limit=limit + 1)
    items = found[:limit]
    last = items[-1] if len(found) > limit else None
    following = Place(at=last.updated_at, id=last.account_id, key=last.key) if last and last.updated_at else None
    return ActionPage(
        items=items,
        next_cursor=cursor_after(following, LISTING, caller.org_id),
        counts=await action_counts(session, csm_id=csm_id),
    )


@router.get(ACTION, responses=described(401, 404))
async def read_action(caller: Member, session: Session, account_id: UUID, key: ActionKey) -> ActionDetail:
    """One action with its draft and its history."""
    account = await session.get(Account, (caller.org_id, account_id))
    plan = Plan.model_validate(account.plan) if account else None
    if account is None or plan is None or plan.action(key) is None:
        raise not_found("action")
    row = await session.get(Action, (caller.org_id, account_id, key))
    summary = action_summary(account, plan, key, row)
    return ActionDetail(
        **summary.model_dump(),
        draft=await current_draft(session, row) if row else None,
        versions=await draft_versions(session, row) if row else [],
        why=why(plan, key, fired=summary.status not in UNFIRED),
    )


@router.post(ACTION + "/approve", response_model=Receipt, responses=DECIDED)
async def approve_action(target: Decided, asked: Approve) -> Receipt | Response:
    """Send exactly this content once the recall window has passed."""
    return await decide(target, target.decision(ApproveAction, asked))


@router.post(ACTION + "/recall", response_model=Receipt, responses=DECIDED)
async def recall_action(target: Decided, asked: Recall) -> Receipt | Response:
    """Call an approval back."""
    return await decide(target, target.decision(RecallAction, asked))


@router.post(ACTION + "/retry", response_model=Receipt, responses=DECIDED)
async def retry_action(target: Decided, asked: Decide) -> Receipt | Response:
    """Try again what failed."""
    return await decide(target, target.decision(RetryAction, asked))


@router.post(ACTION + "/resolve", response_model=Receipt, responses=DECIDED)
async def resolve_action(target: Decided, asked: Resolve) -> Receipt | Response:
    """Say whether a send of unknown outcome arrived."""
    return await decide(target, target.decision(ResolveAction, asked))
