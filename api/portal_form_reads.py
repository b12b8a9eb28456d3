"""What was asked of a customer in a form, how far have they come, and who has the ball?"""

from dataclasses import dataclass
from typing import Literal

from sqlmodel import col, select

from api.form_shapes import form_told
from api.portal_shapes import FormPage, SentForm
from api.problems import not_found
from api.visitors import Visitor
from domain.forms import Form
from domain.plan import Plan
from domain.state import TERMINAL, ActionStatus, ResponseStatus
from models.accounts import Account
from models.actions import Action
from models.forms import FormDraft, PortalRequest, Submission
from models.session import AsyncSession, Database

# While an action is in one of these, the machine takes an answer, or keeps it until it can.
_TAKES_ANSWERS = frozenset({ActionStatus.EXECUTING, ActionStatus.UNCERTAIN, ActionStatus.EXECUTED})

FormStatus = Literal["open", "sent", "returned", "done"]


@dataclass(frozen=True)
class OpenForm:
    """A form that was opened to the customer, with what came of it."""

    key: str
    label: str
    form: Form
    request: PortalRequest
    draft: FormDraft | None
    status: FormStatus
    note: str
    sent: Submission | None

    def page(self) -> FormPage:
        """What the customer sees of it."""
        return FormPage(
            label=self.label,
            form=form_told(self.form),
            values=self.draft.values if self.draft else {},
            revision=self.draft.revision if self.draft else 0,
            saved_at=self.draft.updated_at if self.draft else None,
            status=self.status,
            note=self.note,
            submission=_told(self.sent) if self.sent else None,
        )


async def open_form(database: Database, visitor: Visitor, key: str) -> OpenForm:
    """The form of that action; raises 404 when it was not opened, or is not for the portal."""
    async with database.portal(*visitor.place) as session:
        request = await session.get(PortalRequest, (*visitor.place, key))
        if request is None or request.closed_at is not None:
            raise not_found("form")
        draft = await session.get(FormDraft, (*visitor.place, key))
        submissions = await _submissions(session, key)
    async with database.org(visitor.org_id) as session:
        account = await session.get_one(Account, visitor.place)
        action = await session.get(Action, (*visitor.place, key))
    planned = Plan.model_validate(account.plan).action(key)
    if planned is None or not planned.portal_visible:
        raise not_found("form")
    status, sent = _standing(action, submissions)
    return OpenForm(
        key=key,
        label=planned.customer_label or planned.label,
        form=Form.model_validate(request.content),
        request=request,
        draft=draft,
        status=status,
        note=action.reason if action and status == "returned" else "",
        sent=sent,
    )


async def _submissions(session: AsyncSession, key: str) -> list[Submission]:
    query = select(Submission).where(Submission.action_key == key)
    return list(await session.exec(query.order_by(col(Submission.submitted_at).desc(), col(Submission.id))))


def _standing(action: Action | None, submissions: list[Submission]) -> tuple[FormStatus, Submission | None]:
    """Where the form stands, and which answers are the ones that count.

    Answers that are newer than what is recorded of the action are on their way to its workflow: they were sent.
    """
    latest = submissions[0] if submissions else None
    if action is None:
        return ("sent", latest) if latest else ("open", None)
    counted = next((one for one in submissions if one.id == action.submission_id), None)
    status = ActionStatus(action.status)
    if status in TERMINAL:
        return "done", counted
    if action.response == ResponseStatus.SUBMITTED:
        return "sent", counted
    if latest is not None and latest.submitted_at > action.updated_at and status in _TAKES_ANSWERS:
        return "sent", latest
    return ("returned", counted) if action.response == ResponseStatus.RETURNED else ("open", None)


def _told(submission: Submission) -> SentForm:
    return SentForm(
        values=submission.values,
        submitted_at=submission.submitted_at,
        submitted_by=submission.submitted_name,
    )
