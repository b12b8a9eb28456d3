"""How is what a customer typed kept, and how are their answers stored before anybody hears of them?"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from activities.responses import CUSTOMER_RESPONSE
from api.form_shapes import checked
from api.portal_form_reads import OpenForm
from api.portal_shapes import FormSaved, SaveForm, SubmitForm
from api.problems import ApiError
from api.visitors import Visitor
from models.forms import FormDraft, Submission
from models.session import AsyncSession, Database
from models.work import WorkItem, add_work, finish_work

TELL_AFTER = timedelta(minutes=1)
_CLOSED = {
    "sent": "These answers were sent already and are being read.",
    "done": "This is done: there is nothing to send any more.",
}


def refuse_closed(form: OpenForm) -> None:
    """Raise 409 when nobody waits for the customer."""
    if form.status in _CLOSED:
        raise ApiError(409, "wrong_state", _CLOSED[form.status])


async def keep_values(database: Database, visitor: Visitor, form: OpenForm, asked: SaveForm) -> FormSaved:
    """Store the answers so far; the last ones stand, and are told when they took others' place."""
    values = checked(form.form.fields, asked.values, complete=False, prefix="values.")
    async with database.portal(*visitor.place) as session:
        revision, saved_at = await _upsert(session, visitor, form.key, values)
    return FormSaved(revision=revision, saved_at=saved_at, overwrote=revision != asked.revision + 1)


async def _upsert(session: AsyncSession, visitor: Visitor, key: str, values: dict[str, Any]) -> tuple[int, datetime]:
    org_id, account_id = visitor.place
    row = {
        "org_id": org_id,
        "account_id": account_id,
        "action_key": key,
        "values": values,
        "revision": 1,
        "updated_at": func.clock_timestamp(),
        "updated_by": visitor.called,
    }
    new = insert(FormDraft).values(row)
    names = ("values", "updated_at", "updated_by")
    again = {name: new.excluded[name] for name in names} | {"revision": col(FormDraft.revision) + 1}
    upsert = new.on_conflict_do_update(index_elements=["org_id", "account_id", "action_key"], set_=again)
    found = await session.execute(upsert.returning(col(FormDraft.revision), col(FormDraft.updated_at)))
    revision, saved_at = found.one()
    return revision, saved_at


@dataclass(frozen=True)
class Stored:
    """Answers that are stored, and the work that goes once their workflow was told (None: an earlier request's)."""

    submission: Submission
    work: WorkItem | None


async def store_submission(database: Database, visitor: Visitor, form: OpenForm, asked: SubmitForm) -> Stored:
    """Store the answers for good, once a decision; raises 422, or 409 when nobody waits for them."""
    values = checked(form.form.fields, asked.values, complete=True, prefix="values.")
    # A second click finds the first one's row.
    id_ = uuid5(NAMESPACE_URL, f"thread:{visitor.account_id}:{form.key}:{asked.decision_id}")
    async with database.portal(*visitor.place) as session:
        stored = await session.get(Submission, (visitor.org_id, id_))
    work = None
    if stored is None:
        refuse_closed(form)
        work = await _leave_work(database, visitor.org_id, id_)
        async with database.portal(*visitor.place) as session:
            stored = await _insert(session, visitor, form, id_, values)
    if stored.values_hash != _hash(values):
        raise ApiError(409, "decision_reused", "Other answers were sent with this decision already.")
    return Stored(stored, work)


async def finish(database: Database, stored: Stored) -> None:
    """The workflow was told."""
    if stored.work is not None:
        async with database.org(stored.work.org_id) as session:
            await finish_work(session, stored.work)


async def _leave_work(database: Database, org_id: UUID, id_: UUID) -> WorkItem:
    """Work that tells the workflow, should this request not live to do it."""
    due = datetime.now(UTC) + TELL_AFTER
    async with database.org(org_id) as session:
        await add_work(session, org_id, CUSTOMER_RESPONSE, id_, due)
    return WorkItem(org_id, CUSTOMER_RESPONSE, id_, due, 0)


async def _insert(
    session: AsyncSession, visitor: Visitor, form: OpenForm, id_: UUID, values: dict[str, Any]
) -> Submission:
    org_id, account_id = visitor.place
    row = {
        "org_id": org_id,
        "id": id_,
        "account_id": account_id,
        "action_key": form.key,
        "values": values,
        "values_hash": _hash(values),
        "submitted_by": visitor.contact_id,
        "submitted_name": visitor.called,
        "submitted_at": func.clock_timestamp(),
        "draft_id": form.request.draft_id,
    }
    await session.execute(insert(Submission).values(row).on_conflict_do_nothing())
    await _upsert(session, visitor, form.key, values)
    return await session.get_one(Submission, (org_id, id_))


def _hash(values: dict[str, Any]) -> str:
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
