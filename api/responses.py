"""What a customer answered to a form, and whether a member takes it."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.action_views import Receipt
from api.actions import ACTION, DECIDED
from api.decisions import Decided
from api.deps import Member, Session
from api.problems import described
from api.response_views import AcceptResponse, ResponseDetail, ReturnResponse
from api.shapes import ActionKey
from api.strict_json import StrictJsonRoute

router = APIRouter(prefix=ACTION + "/response", tags=["responses"], route_class=StrictJsonRoute)


@router.get("", responses=described(401, 404))
async def read_response(caller: Member, session: Session, account_id: UUID, key: ActionKey) -> ResponseDetail:
    """The form that was opened and what came back. 404 until it was opened."""
    raise NotImplementedError


@router.post("/accept", response_model=Receipt, responses=DECIDED)
async def accept_response(target: Decided, asked: AcceptResponse) -> Receipt | Response:
    """Take these answers: the action is done."""
    raise NotImplementedError


@router.post("/return", response_model=Receipt, responses=DECIDED)
async def return_response(target: Decided, asked: ReturnResponse) -> Receipt | Response:
    """Ask the customer to answer again."""
    raise NotImplementedError
