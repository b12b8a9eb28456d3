"""Drafts: the exact preview, and a CSM's edit."""

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.action_views import Edit, Receipt
from api.actions import ACTION, DECIDED
from api.problems import described
from api.shapes import ActionKey

router = APIRouter(tags=["drafts"])


@router.get(ACTION + "/drafts/{draft_id}/preview", response_class=HTMLResponse, responses=described(401, 404))
async def preview_draft(account_id: UUID, key: ActionKey, draft_id: UUID) -> HTMLResponse:
    """The e-mail exactly as its reader will see it, for a sandboxed frame."""
    raise NotImplementedError


@router.post(ACTION + "/edit", responses=DECIDED)
async def edit_draft(account_id: UUID, key: ActionKey, asked: Edit) -> Receipt:
    """Replace the draft by one with these words."""
    raise NotImplementedError
