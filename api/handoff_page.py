"""The page of an account executive, who comes by a link and has no account."""

from fastapi import APIRouter, Request, Response
from sqlmodel import select
from temporalio.service import RPCError

from api.action_views import Pending, Receipt
from api.decisions import KEPT, receipt, send
from api.deps import App, Executive
from api.entry import enter
from api.form_shapes import QuestionKey, question_told
from api.handoff_reads import answers_of, deal_of, questions_of, roster_of
from api.handoff_views import (
    AnswerSaved,
    AskAnswerAgain,
    AskForHandoffLink,
    HandoffOrganization,
    LinkAsked,
    MyHandoff,
    OpenLink,
    SaveAnswer,
    SubmitHandoff,
)
from api.handoff_writes import check_complete, end_rewrite, keep_answer, start_rewrite, target_of
from api.link_requests import ask_for_handoff
from api.problems import ApiError, described
from api.strict_json import StrictJsonRoute
from api.visitors import HANDOFF, set_visit_cookie
from domain import events as e
from domain.state import HandoffStatus
from models.accounts import Account
from models.handoffs import Handoff
from models.organizations import Organization

router = APIRouter(prefix="/handoff-api", tags=["handoff-page"], route_class=StrictJsonRoute)
QUICKLY_SECONDS = 0.5


@router.post("/session", status_code=204, responses=described(403, 410, 429))
async def open_handoff(app: App, request: Request, response: Response, asked: OpenLink) -> None:
    """Let this browser in by the link. 410 says why not: `expired`, `used` (it was submitted), `unknown`."""
    set_visit_cookie(response, HANDOFF, await enter(app, request, HANDOFF, asked.token))


@router.post("/links", status_code=202, responses=described(403, 429))
async def ask_for_handoff_link(app: App, request: Request, asked: AskForHandoffLink) -> LinkAsked:
    """Mail a fresh link to the address on record, if there is an open handoff for it."""
    return await ask_for_handoff(app, request, asked)


@router.get("/handoff", responses=described(401))
async def read_my_handoff(app: App, visitor: Executive) -> MyHandoff:
    """The handoff of this session, and who can take it over."""
    async with app.database.org(visitor.org_id) as session:
        account = await session.get_one(Account, visitor.place)
        roster = await roster_of(session, account)
    async with app.database.portal(*visitor.place) as session:
        brand = (await session.exec(select(Organization.name, Organization.brand_color))).one()
        handoff = await session.get(Handoff, visitor.place)
        questions = questions_of(handoff)
        answers = await answers_of(session, visitor.account_id, questions)
    chosen = (handoff.csm_id if handoff else None) or account.csm_id
    return MyHandoff(
        organization=HandoffOrganization(name=brand[0], brand_color=brand[1]),
        company_name=account.company_name,
        ae_name=account.ae_name,
        status=HandoffStatus(handoff.status) if handoff else HandoffStatus.PREPARING,
        reason=handoff.reason if handoff else "",
        submitted_at=handoff.submitted_at if handoff else None,
        questions=[question_told(question) for question in questions],
        answers=answers,
        roster=roster,
        csm_id=next((entry.id for entry in roster if entry.id == chosen), None),
        deal=deal_of(account),
    )


@router.put("/answers/{question}", responses=described(401, 403, 404, 409))
async def save_answer(app: App, visitor: Executive, question: QuestionKey, asked: SaveAnswer) -> AnswerSaved:
    """Keep one answer. 422 names the question; 409 once the handoff was submitted.

    An answer that is being written again stays as typed here.
    """
    return await keep_answer(app.database, visitor, question, asked)


@router.post("/answers/{question}/again", status_code=202, responses=described(401, 403, 404, 409, 429, 503))
async def ask_answer_again(app: App, visitor: Executive, question: QuestionKey, asked: AskAnswerAgain) -> Pending:
    """Have one answer written again: it is `pending` until that is done."""
    app.rewrites.take(str(visitor.account_id))
    target = target_of(app, visitor)
    pending = Pending(decision_id=asked.decision_id, detail="The answer is being written again.")
    if await receipt(target, asked.decision_id, QUICKLY_SECONDS) is not None:
        return pending
    await start_rewrite(app.database, visitor, question)
    try:
        await send(target, target.decision(e.AskAnswerAgain, asked, question=question))
    except (ApiError, RPCError):
        await end_rewrite(app.database, visitor, question)
        raise
    return pending


@router.post("/submit", response_model=Receipt, responses=KEPT | described(401, 403, 409, 503))
async def submit_handoff(app: App, visitor: Executive, asked: SubmitHandoff) -> Receipt | Response:
    """Hand over. 422 names `csm_id` when that CSM can't take it, and each required question without an answer."""
    await check_complete(app.database, visitor, asked.csm_id)
    target = target_of(app, visitor)
    return await send(target, target.decision(e.SubmitHandoff, asked))
