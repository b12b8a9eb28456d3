"""What a customer answered to a form, and whether a member takes it."""

from typing import Literal, cast
from uuid import UUID

from fastapi import APIRouter, Response
from sqlmodel import col, select

from api.action_views import Receipt
from api.actions import ACTION, DECIDED
from api.decisions import Decided, send
from api.deps import Member, Session
from api.form_shapes import form_told
from api.problems import described, not_found
from api.response_views import AcceptResponse, ResponseDetail, ReturnResponse, SubmissionDetail
from api.shapes import ActionKey
from api.strict_json import StrictJsonRoute
from domain import events as e
from domain.forms import Form
from models.actions import Action
from models.forms import PortalRequest, Submission

router = APIRouter(prefix=ACTION + "/response", tags=["responses"], route_class=StrictJsonRoute)


@router.get("", responses=described(401, 404))
async def read_response(caller: Member, session: Session, account_id: UUID, key: ActionKey) -> ResponseDetail:
    """The form that was opened and what came back. 404 until it was opened."""
    request = await session.get(PortalRequest, (caller.org_id, account_id, key))
    action = await session.get(Action, (caller.org_id, account_id, key))
    if request is None or action is None:
        raise not_found("response")
    query = (
        select(Submission)
        .where(Submission.account_id == account_id, Submission.action_key == key)
        .order_by(col(Submission.submitted_at).desc(), col(Submission.id))
    )
    sent = list(await session.exec(query))
    # Newer ones are on their way to the workflow: a decision on them could not stand yet.
    at = next((index for index, one in enumerate(sent) if one.id == action.submission_id), None)
    return ResponseDetail(
        form=form_told(Form.model_validate(request.content)),
        status=cast(Literal["awaiting", "submitted", "returned"], action.response or "awaiting"),
        submission=_told(sent[at]) if at is not None else None,
        earlier=[_told(one) for one in sent[at + 1 :]] if at is not None else [],
    )


@router.post("/accept", response_model=Receipt, responses=DECIDED)
async def accept_response(target: Decided, asked: AcceptResponse) -> Receipt | Response:
    """Take these answers: the action is done."""
    return await send(target, target.decision(e.AcceptResponse, asked))


@router.post("/return", response_model=Receipt, responses=DECIDED)
async def return_response(target: Decided, asked: ReturnResponse) -> Receipt | Response:
    """Ask the customer to answer again."""
    return await send(target, target.decision(e.ReturnResponse, asked))


def _told(submission: Submission) -> SubmissionDetail:
    return SubmissionDetail(
        id=submission.id,
        values=submission.values,
        submitted_by=submission.submitted_name,
        submitted_at=submission.submitted_at,
    )
