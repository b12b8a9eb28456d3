"""The forms a customer fills in: kept as they type, resumed on any device, sent once complete."""

from fastapi import APIRouter, Response

from activities.responses import responded
from api.action_views import Receipt
from api.decisions import KEPT, Target, send
from api.deps import App, Customer
from api.portal_form_reads import open_form
from api.portal_form_writes import finish, keep_values, refuse_closed, store_submission
from api.portal_shapes import FormPage, FormSaved, SaveForm, SubmitForm
from api.problems import described
from api.shapes import ActionKey
from api.strict_json import StrictJsonRoute

router = APIRouter(prefix="/portal-api/forms/{action_key}", tags=["portal-page"], route_class=StrictJsonRoute)


@router.get("", responses=described(401, 404))
async def read_form(app: App, visitor: Customer, action_key: ActionKey) -> FormPage:
    """The form and what was typed so far. 404 until it was opened."""
    return (await open_form(app.database, visitor, action_key)).page()


@router.put("", responses=described(401, 403, 404, 409))
async def save_form(app: App, visitor: Customer, action_key: ActionKey, asked: SaveForm) -> FormSaved:
    """Keep the answers so far. 422 names each field that can't be taken, as `values.` and its key."""
    form = await open_form(app.database, visitor, action_key)
    refuse_closed(form)
    return await keep_values(app.database, visitor, form, asked)


@router.post("/submit", response_model=Receipt, responses=KEPT | described(401, 403, 404, 409, 503))
async def submit_form(app: App, visitor: Customer, action_key: ActionKey, asked: SubmitForm) -> Receipt | Response:
    """Send the answers. 422 names each field that can't be taken or lacks an answer, as `values.` and its key."""
    form = await open_form(app.database, visitor, action_key)
    stored = await store_submission(app.database, visitor, form, asked)
    decision = responded(stored.submission)
    answer = await send(Target(app, *visitor.place, visitor.actor), decision, answer_to=asked.decision_id)
    await finish(app.database, stored)
    app.portal_views.forget(visitor.place)
    return answer
