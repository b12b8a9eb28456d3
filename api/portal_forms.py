"""The forms a customer fills in: kept as they type, resumed on any device, sent once complete."""

from fastapi import APIRouter, Response

from api.action_views import Pending, Receipt
from api.deps import App
from api.portal_shapes import FormPage, FormSaved, SaveForm, SubmitForm
from api.problems import described
from api.shapes import ActionKey
from api.strict_json import StrictJsonRoute

router = APIRouter(prefix="/portal-api/forms/{action_key}", tags=["portal-page"], route_class=StrictJsonRoute)


@router.get("", responses=described(401, 404))
async def read_form(app: App, action_key: ActionKey) -> FormPage:
    """The form and what was typed so far. 404 until it was opened."""
    raise NotImplementedError


@router.put("", responses=described(401, 403, 404, 409))
async def save_form(app: App, action_key: ActionKey, asked: SaveForm) -> FormSaved:
    """Keep the answers so far. 422 names each field that can't be taken, as `values.` and its key."""
    raise NotImplementedError


@router.post(
    "/submit",
    response_model=Receipt,
    responses={202: {"model": Pending, "description": "Kept; no worker has answered yet"}}
    | described(401, 403, 404, 409, 503),
)
async def submit_form(app: App, action_key: ActionKey, asked: SubmitForm) -> Receipt | Response:
    """Send the answers. 422 names each field that can't be taken or lacks an answer, as `values.` and its key."""
    raise NotImplementedError
