"""The actions that wait for a person, and the decisions people take on them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from api.action_views import ActionDetail, ActionPage, Approve, Decide, Pending, Recall, Receipt, Resolve
from api.problems import described
from api.shapes import ActionKey
from domain.state import ActionStatus

router = APIRouter(tags=["actions"])
ACTION = "/api/accounts/{account_id}/actions/{key}"
DECIDED: dict[int | str, dict[str, Any]] = {
    202: {"model": Pending, "description": "Kept; no worker has answered yet"},
    **described(401, 403, 404, 409, 503),
}


@router.get("/api/actions", responses=described(401))
async def list_actions(
    status: Annotated[list[ActionStatus], Query()] = [],  # noqa: B006
    mine: bool = False,
    cursor: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> ActionPage:
    """Actions of all accounts."""
    raise NotImplementedError


@router.get(ACTION, responses=described(401, 404))
async def read_action(account_id: UUID, key: ActionKey) -> ActionDetail:
    """One action."""
    raise NotImplementedError


@router.post(ACTION + "/approve", responses=DECIDED)
async def approve_action(account_id: UUID, key: ActionKey, asked: Approve) -> Receipt:
    """Send exactly this content once the recall window has passed."""
    raise NotImplementedError


@router.post(ACTION + "/recall", responses=DECIDED)
async def recall_action(account_id: UUID, key: ActionKey, asked: Recall) -> Receipt:
    """Call an approval back."""
    raise NotImplementedError


@router.post(ACTION + "/retry", responses=DECIDED)
async def retry_action(account_id: UUID, key: ActionKey, asked: Decide) -> Receipt:
    """Try again what failed."""
    raise NotImplementedError


@router.post(ACTION + "/resolve", responses=DECIDED)
async def resolve_action(account_id: UUID, key: ActionKey, asked: Resolve) -> Receipt:
    """Say whether a send of unknown outcome arrived."""
    raise NotImplementedError
