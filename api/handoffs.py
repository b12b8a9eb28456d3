"""The handoff of an account, as its CSM reads it, takes it over or asks back."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.action_views import Decide, Receipt
from api.actions import DECIDED
from api.deps import Member, Session
from api.handoff_views import HandoffDetail, ReturnHandoff
from api.problems import described
from api.strict_json import StrictJsonRoute

router = APIRouter(prefix="/api/accounts/{account_id}/handoff", tags=["handoffs"], route_class=StrictJsonRoute)


@router.get("", responses=described(401, 404))
async def read_handoff(caller: Member, session: Session, account_id: UUID) -> HandoffDetail:
    """The questions and the answers so far."""
    raise NotImplementedError


@router.post("/accept", response_model=Receipt, responses=DECIDED)
async def accept_handoff(caller: Member, account_id: UUID, asked: Decide) -> Receipt | Response:
    """Take the account over: the first milestone starts."""
    raise NotImplementedError


@router.post("/return", response_model=Receipt, responses=DECIDED)
async def return_handoff(caller: Member, account_id: UUID, asked: ReturnHandoff) -> Receipt | Response:
    """Ask the account executive something before taking over."""
    raise NotImplementedError
