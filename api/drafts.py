"""Drafts: the exact preview, and a CSM's edit."""

from uuid import NAMESPACE_URL, UUID, uuid5

from fastapi import APIRouter, Response
from fastapi.responses import HTMLResponse

from activities.drafts import reference, store
from activities.facts import load_facts
from api.action_views import Edit, Receipt
from api.actions import ACTION, DECIDED
from api.decisions import ActionTarget, Decided, earlier_answer, send
from api.deps import Member, Session
from api.draft_words import with_words
from api.problems import ApiError, described, not_found
from api.shapes import ActionKey
from api.strict_json import StrictJsonRoute
from domain.drafts import parse_template, render_email
from domain.events import EditDraft
from domain.plan import Plan
from models.accounts import Account
from models.drafts import Draft
from models.session import AsyncSession

router = APIRouter(tags=["drafts"], route_class=StrictJsonRoute)
PREVIEW_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@router.get(ACTION + "/drafts/{draft_id}/preview", response_class=HTMLResponse, responses=described(401, 404))
async def preview_draft(
    caller: Member, session: Session, account_id: UUID, key: ActionKey, draft_id: UUID
) -> HTMLResponse:
    """The e-mail exactly as its reader will see it, for a sandboxed frame."""
    draft = await session.get(Draft, (caller.org_id, draft_id))
    if draft is None or (draft.account_id, draft.action_key) != (account_id, key):
        raise not_found("draft")
    return HTMLResponse(draft.content["html"], headers={"Content-Security-Policy": PREVIEW_CSP})


@router.post(ACTION + "/edit", response_model=Receipt, responses=DECIDED)
async def edit_draft(target: Decided, asked: Edit) -> Receipt | Response:
    """Replace the draft by one with these words. The new draft is stored first; the signal names it."""
    async with target.app.database.org(target.org_id) as session:
        draft = await _written(session, target, asked)
    decision = target.decision(EditDraft, asked, draft=reference(draft, draft.revision))
    answer = await earlier_answer(target, decision)
    if answer is not None:
        return answer
    async with target.app.database.org(target.org_id) as session:
        stored = await _stored(session, draft)
    return await send(target, decision.model_copy(update={"draft": reference(stored, stored.revision)}))


async def _written(session: AsyncSession, target: ActionTarget, asked: Edit) -> Draft:
    """The edited draft, rendered against the account's facts of this moment. Not stored yet."""
    if target.view.draft is None:
        raise ApiError(409, "no_draft", "There is no draft to edit yet.")
    base = await session.get_one(Draft, (target.org_id, target.view.draft.draft_id))
    account = await session.get_one(Account, (target.org_id, target.account_id))
    milestone = Plan.model_validate(account.plan).milestone_of(target.key)
    template = with_words(parse_template(base.source), asked.subject, asked.body)
    rendered = render_email(
        template, await load_facts(session, account, milestone.name, target.app.settings.public_url)
    )
    return Draft(
        org_id=target.org_id,
        id=uuid5(NAMESPACE_URL, f"thread:edit:{asked.decision_id}"),
        account_id=target.account_id,
        action_key=target.key,
        revision=asked.revision + 1,
        origin="csm",
        source=template.model_dump(mode="json"),
        content=rendered.content.model_dump(mode="json"),
        content_hash=rendered.content_hash,
        unresolved=list(rendered.unresolved),
        author_id=target.by.member_id,
    )


async def _stored(session: AsyncSession, draft: Draft) -> Draft:
    """The draft of this decision: a second click finds the first one's row, whatever it would have rendered itself."""
    await store(session, draft)
    stored = await session.get_one(Draft, (draft.org_id, draft.id))
    same = ("account_id", "action_key", "revision", "source")
    if any(getattr(stored, name) != getattr(draft, name) for name in same):
        raise ApiError(409, "decision_reused", "This decision was used for another edit already.")
    return stored
