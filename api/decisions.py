"""How is a decision taken? One signal to the account's workflow, and the receipt it gives.

The signal is kept by the server whether a worker runs or not; the machine counts a `decision_id` once.
"""

import asyncio
import contextlib
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Response
from fastapi.responses import JSONResponse
from sqlalchemy import and_
from sqlmodel import col, select
from temporalio.client import WorkflowHandle, WorkflowQueryFailedError, WorkflowQueryRejectedError
from temporalio.service import RPCError

from api.action_views import Decide, Pending, Receipt
from api.deps import App, Member, Services
from api.problems import ApiError, not_found, workflows_unavailable
from api.shapes import ActionKey
from domain.actors import Actor
from domain.decisions import ActionView, refusal
from domain.drafts import DraftRef
from domain.events import ActionDecision, Decision
from domain.messages import RECEIPT_QUERY
from domain.state import ActionStatus, ResponseStatus
from domain.state import Receipt as Answer
from models.accounts import Account
from models.actions import Action
from models.drafts import Draft
from models.members import Member as MemberRow
from workflows.client import account_handle

SIGNAL_TIMEOUT = timedelta(seconds=5)
PATIENCE_SECONDS = 2.0
_ASK_AGAIN_SECONDS = 0.05

KEPT: dict[int | str, dict[str, Any]] = {202: {"model": Pending, "description": "Kept; no worker has answered yet"}}

# The converter takes any annotation; the client's own signature names classes only.
_ANSWER: Any = Answer | None

D = TypeVar("D", bound=Decision)


@dataclass(frozen=True)
class Target:
    """The account somebody decides about, and who they are."""

    app: Services
    org_id: UUID
    account_id: UUID
    by: Actor

    def decision(self, kind: type[D], asked: Decide, **more: Any) -> D:
        """What was asked, as the event the machine takes."""
        return kind.model_validate({**asked.model_dump(), "org_id": self.org_id, "by": self.by, **more})


@dataclass(frozen=True)
class ActionTarget(Target):
    """The action somebody decides on, as last recorded."""

    key: str
    view: ActionView

    def decision(self, kind: type[D], asked: Decide, **more: Any) -> D:
        """What was asked, as the event the machine takes."""
        return super().decision(kind, asked, action=self.key, **more)


async def account_target(app: App, caller: Member, account_id: UUID) -> Target:
    """The account, in the member's organisation or not at all."""
    async with app.database.org(caller.org_id) as session:
        found = await session.exec(select(Account.id).where(Account.id == account_id))
        if found.one_or_none() is None:
            raise not_found("account")
    return Target(app, caller.org_id, account_id, caller.actor)


async def action_target(app: App, caller: Member, account_id: UUID, key: ActionKey) -> ActionTarget:
    """The action, in the member's organisation or not at all."""
    query = (
        select(Action, Draft, MemberRow.name)
        .outerjoin(Draft, and_(col(Draft.org_id) == col(Action.org_id), col(Draft.id) == col(Action.draft_id)))
        .outerjoin(
            MemberRow, and_(col(MemberRow.org_id) == col(Draft.org_id), col(MemberRow.id) == col(Draft.author_id))
        )
        .where(col(Action.account_id) == account_id, col(Action.key) == key)
    )
    async with app.database.org(caller.org_id) as session:
        found = (await session.exec(query)).one_or_none()
    if found is None:
        raise not_found("action")
    return ActionTarget(app, caller.org_id, account_id, caller.actor, key, _view(*found))


def _view(action: Action, draft: Draft | None, author: str | None) -> ActionView:
    """The action as decisions are checked against it."""
    seen = _reference(action, draft, author or "") if draft else None
    return ActionView(
        action.org_id,
        ActionStatus(action.status),
        seen,
        action.decided_by,
        ResponseStatus(action.response),
        action.submission_id,
    )


def _reference(action: Action, draft: Draft, author: str) -> DraftRef:
    return DraftRef(
        draft_id=draft.id,
        revision=action.draft_revision,
        content_hash=draft.content_hash,
        unresolved=tuple(draft.unresolved),
        author=author,
    )


DecidedAccount = Annotated[Target, Depends(account_target)]
Decided = Annotated[ActionTarget, Depends(action_target)]


async def decide(target: ActionTarget, decision: ActionDecision) -> Receipt | Response:
    """Check, send, and answer with the receipt; raises 409 for a refusal."""
    return await earlier_answer(target, decision) or await send(target, decision)


async def earlier_answer(target: ActionTarget, decision: ActionDecision) -> Receipt | None:
    """The receipt, if this decision was taken before the draft changed; raises 409 if it comes too late.

    Only a read model that is newer than what the person saw refuses: an older one may just lag behind.
    """
    seen = getattr(decision, "revision", None)
    if seen is None or target.view.draft is None or target.view.draft.revision <= seen:
        return None
    answer = await receipt(target, decision.decision_id)
    if answer is not None:
        return answer
    refused = refusal(decision, target.view)
    if refused is not None:
        raise ApiError(409, refused.reason, refused.detail)
    return None


async def send(target: Target, decision: Decision, *, answer_to: UUID | None = None) -> Receipt | Response:
    """Signal the workflow and wait a moment for its receipt: 200, 202 when no worker answers, 409 for a refusal.

    `answer_to` is the id to answer under, where it is not the decision's own.
    """
    await _signal(target, decision)
    answer = await receipt(target, decision.decision_id)
    asked = answer_to or decision.decision_id
    if answer is not None:
        return answer.model_copy(update={"decision_id": asked})
    detail = "Your decision is kept. It takes effect as soon as a worker is back."
    pending = Pending(decision_id=asked, detail=detail)
    return JSONResponse(pending.model_dump(mode="json"), status_code=202)


async def receipt(target: Target, decision_id: UUID, patience: float = PATIENCE_SECONDS) -> Receipt | None:
    """What was answered to the decision, if a worker says so in time; raises 409 for a refusal."""
    answer = await _answer(target, decision_id, patience)
    return _told(answer) if answer is not None else None


async def _signal(target: Target, decision: Decision) -> None:
    try:
        await _handle(target).signal(_signal_name(decision), decision, rpc_timeout=SIGNAL_TIMEOUT)
    except RuntimeError as error:  # a client that has never been connected says it like this
        raise workflows_unavailable() from error


def _told(answer: Answer) -> Receipt:
    if not answer.accepted:
        raise ApiError(409, answer.reason, answer.detail)
    return Receipt(**answer.model_dump(exclude={"at"}), decided_at=answer.at)


def _signal_name(decision: Decision) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(decision).__name__).lower()


async def _answer(target: Target, decision_id: UUID, patience: float) -> Answer | None:
    handle = _handle(target)
    clock = asyncio.get_running_loop().time
    deadline = clock() + patience
    while (left := deadline - clock()) > 0:
        # What was signalled is safe whether a worker answers or not; the server also takes one waiting query at a time.
        with contextlib.suppress(RPCError, RuntimeError, WorkflowQueryFailedError, WorkflowQueryRejectedError):
            answer: Answer | None = await handle.query(
                RECEIPT_QUERY, str(decision_id), result_type=_ANSWER, rpc_timeout=timedelta(seconds=left)
            )
            if answer is not None:
                return answer
        await asyncio.sleep(_ASK_AGAIN_SECONDS)
    return None


def _handle(target: Target) -> WorkflowHandle[Any, Any]:
    return account_handle(target.app.temporal, target.org_id, target.account_id)
