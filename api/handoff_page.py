"""The page of an account executive, who comes by a link and has no account."""

from fastapi import APIRouter, Request, Response

from api.action_views import Pending, Receipt
from api.deps import App
from api.form_shapes import QuestionKey
from api.handoff_views import (
    AnswerSaved,
    AskAnswerAgain,
    AskForHandoffLink,
    LinkAsked,
    MyHandoff,
    OpenLink,
    SaveAnswer,
    SubmitHandoff,
)
from api.problems import described
from api.strict_json import StrictJsonRoute

router = APIRouter(prefix="/handoff-api", tags=["handoff-page"], route_class=StrictJsonRoute)


@router.post("/session", status_code=204, responses=described(403, 410, 429))
async def open_handoff(app: App, request: Request, response: Response, asked: OpenLink) -> None:
    """Let this browser in by the link. 410 says why not: `expired`, `used` (it was submitted), `unknown`."""
    raise NotImplementedError


@router.post("/links", status_code=202, responses=described(403, 429))
async def ask_for_handoff_link(app: App, request: Request, asked: AskForHandoffLink) -> LinkAsked:
    """Mail a fresh link to the address on record, if there is an open handoff for it."""
    raise NotImplementedError


@router.get("/handoff", responses=described(401))
async def read_my_handoff(app: App) -> MyHandoff:
    """The handoff of this session, and who can take it over."""
    raise NotImplementedError


@router.put("/answers/{question}", responses=described(401, 403, 404, 409))
async def save_answer(app: App, question: QuestionKey, asked: SaveAnswer) -> AnswerSaved:
    """Keep one answer. 422 names the question; 409 once the handoff was submitted."""
    raise NotImplementedError


@router.post("/answers/{question}/again", status_code=202, responses=described(401, 403, 404, 409, 503))
async def ask_answer_again(app: App, question: QuestionKey, asked: AskAnswerAgain) -> Pending:
    """Have one answer written again: it is `pending` until that is done."""
    raise NotImplementedError


@router.post(
    "/submit",
    response_model=Receipt,
    responses={202: {"model": Pending, "description": "Kept; no worker has answered yet"}}
    | described(401, 403, 409, 503),
)
async def submit_handoff(app: App, asked: SubmitHandoff) -> Receipt | Response:
    """Hand over. 422 names `csm_id` when that CSM can't take it, and each required question without an answer."""
    raise NotImplementedError
