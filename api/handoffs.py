"""The handoff of an account, as its CSM reads it, takes it over or asks back."""

from uuid import UUID

from fastapi import APIRouter, Response

from api.action_views import Decide, Receipt
from api.actions import DECIDED
from api.decisions import DecidedAccount, send
from api.deps import Member, Session
from api.handoff_reads import handoff_detail
from api.handoff_views import HandoffDetail, ReturnHandoff
from api.problems import described, not_found
from api.strict_json import StrictJsonRoute
from domain import events as e
from models.accounts import Account

router = APIRouter(prefix="/api/accounts/{account_id}/handoff", tags=["handoffs"], route_class=StrictJsonRoute)


@router.get("", responses=described(401, 404))
async def read_handoff(caller: Member, session: Session, account_id: UUID) -> HandoffDetail:
    """The questions and the answers so far."""
    account = await session.get(Account, (caller.org_id, account_id))
    if account is None:
        raise not_found("account")
    return await handoff_detail(session, account)


@router.post("/accept", response_model=Receipt, responses=DECIDED)
async def accept_handoff(target: DecidedAccount, asked: Decide) -> Receipt | Response:
    """Take the account over: the first milestone starts."""
    return await send(target, target.decision(e.AcceptHandoff, asked))


@router.post("/return", response_model=Receipt, responses=DECIDED)
async def return_handoff(target: DecidedAccount, asked: ReturnHandoff) -> Receipt | Response:
    """Ask the account executive something before taking over."""
    return await send(target, target.decision(e.ReturnHandoff, asked))
