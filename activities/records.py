"""How does the product learn what a workflow did? This writes the read model: accounts, milestones, actions."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlmodel import SQLModel, col, select
from temporalio import activity

from domain.messages import RECORD_ACCOUNT
from domain.plan import ActionOutline, Plan
from domain.records import AccountRecord
from domain.state import ActionState, ActionStatus
from models.accounts import Account
from models.actions import Action
from models.drafts import Draft
from models.events import publish
from models.handoffs import Handoff
from models.milestones import Milestone
from models.session import AsyncSession, Database


class Records:
    """Keeps the read model; news that arrive late or twice change nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @activity.defn(name=RECORD_ACCOUNT)
    async def record_account(self, record: AccountRecord) -> None:
        """Write one account's news and tell the live screens."""
        async with self._database.org(record.org_id) as session:
            account = await session.get_one(Account, (record.org_id, record.account_id))
            plan = Plan.model_validate(account.plan)
            await self._milestones(session, record, plan)
            await self._actions(session, record, plan)
            await self._handoff(session, record)
            await self._account(session, record)
            await publish(
                session,
                record.org_id,
                kind="account.changed",
                entity="account",
                entity_id=record.account_id,
                account_id=record.account_id,
                revision=record.revision,
            )

    async def _account(self, session: AsyncSession, record: AccountRecord) -> None:
        news = record.model_dump(include={"status", "milestone_key", "progress", "live_at", "revision", "csm_id"})
        portal = record.portal.model_dump(mode="json") if record.portal else None
        await session.execute(
            update(Account)
            .where(col(Account.id) == record.account_id, col(Account.revision) < record.revision)
            .values(**news, portal=portal, portal_at=func.clock_timestamp(), updated_at=func.clock_timestamp())
        )

    async def _handoff(self, session: AsyncSession, record: AccountRecord) -> None:
        if record.handoff is None:
            return
        news = record.handoff.model_dump(
            include={"status", "reason", "due_at", "submitted_at", "submitted_by", "revision"}
        )
        await session.execute(
            update(Handoff)
            .where(col(Handoff.account_id) == record.account_id, col(Handoff.revision) < record.handoff.revision)
            .values(**news, csm_id=record.csm_id, updated_at=func.clock_timestamp())
        )

    async def _milestones(self, session: AsyncSession, record: AccountRecord, plan: Plan) -> None:
        outlined = {m.key: (position, m.name) for position, m in enumerate(plan.milestones)}
        rows = []
        for milestone in record.milestones:
            position, name = outlined[milestone.key]
            rows.append({**_owner(record), **milestone.model_dump(), "position": position, "name": name})
        await _upsert(session, Milestone, rows, fixed={"position", "name"})

    async def _actions(self, session: AsyncSession, record: AccountRecord, plan: Plan) -> None:
        subjects = await _subjects(session, record)
        outlined = {a.key: (position, m.key, a) for position, (m, a) in enumerate(plan.actions())}
        rows = [
            {**_owner(record), **_action_row(action, *outlined[action.key]), "subject": subjects.get(action.key, "")}
            for action in record.actions
        ]
        await _upsert(session, Action, rows, fixed={"milestone_key", "position", "type", "label", "required"})


def _owner(record: AccountRecord) -> dict[str, Any]:
    return {"org_id": record.org_id, "account_id": record.account_id}


def _action_row(state: ActionState, position: int, milestone_key: str, outline: ActionOutline) -> dict[str, Any]:
    approved = state.status is ActionStatus.APPROVED
    return {
        "key": state.key,
        "milestone_key": milestone_key,
        "position": position,
        "type": outline.type.value,
        "label": outline.label,
        "required": outline.required,
        "status": state.status.value,
        "due_at": None if approved else state.due_at,
        "send_at": state.due_at if approved else None,
        "draft_id": state.draft.draft_id if state.draft else None,
        "draft_revision": state.draft.revision if state.draft else 0,
        "content_hash": state.draft.content_hash if state.draft else None,
        "response": state.response.value,
        "submission_id": state.submission_id,
        "decided_by": state.decided_by,
        "reason": state.reason,
        "attempt": state.step,
        "revision": state.revision,
        "updated_at": datetime.now().astimezone(),
    }


async def _subjects(session: AsyncSession, record: AccountRecord) -> dict[str, str]:
    drafts = {action.draft.draft_id: action.key for action in record.actions if action.draft}
    if not drafts:
        return {}
    found = await session.exec(select(Draft).where(col(Draft.id).in_(drafts)))
    return {drafts[draft.id]: draft.content["subject"] for draft in found}


async def _upsert(session: AsyncSession, table: type[SQLModel], rows: list[dict[str, Any]], fixed: set[str]) -> None:
    if not rows:
        return
    statement: Insert = insert(table).values(rows)
    keys = {"org_id", "account_id", "key"}
    news = {name: statement.excluded[name] for name in rows[0] if name not in keys | fixed}
    older = table.__table__.c.revision < statement.excluded.revision  # type: ignore[attr-defined]
    await session.execute(statement.on_conflict_do_update(index_elements=sorted(keys), set_=news, where=older))
