"""What is told of handoffs, to the console and to the account executive, and what each may ask."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints, model_validator

from api.action_views import Decide
from api.form_shapes import AnswerValue, Question
from api.shapes import Asked, Named, Revision, Told
from domain.state import HandoffStatus

Token = Annotated[str, StringConstraints(max_length=1000)]
Email = Annotated[str, StringConstraints(min_length=3, max_length=320)]


class HandoffAnswer(Told):
    """The answer to one question so far: `ai` wrote it from `sources`, it is the `template`'s own text, or the `ae`'s.

    `value` is null where there is none; while `pending` it is being written again.
    """

    question: str
    value: AnswerValue
    origin: Literal["ai", "template", "ae"]
    sources: list[str]
    model: str
    pending: bool
    revision: int
    updated_at: datetime
    updated_by: str


class AccountExecutive(Told):
    """The deal's owner; both are empty where the CRM named none."""

    name: str
    email: str


class HandoffDetail(Told):
    """A handoff as its CSM reads it. `reason` is the question it was returned with; `due_at` the next reminder."""

    status: HandoffStatus
    reason: str
    submitted_by: str
    submitted_at: datetime | None
    csm: Named | None
    due_at: datetime | None
    ae: AccountExecutive
    questions: list[Question]
    answers: list[HandoffAnswer]


class ReturnHandoff(Decide):
    """Ask the account executive something before taking over."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


class OpenLink(Asked):
    """The secret of a link, from the fragment of its address."""

    token: Token


class AskForHandoffLink(Asked):
    """The link that no longer opens, or the address it was sent to."""

    token: Token | None = None
    email: Email | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.token is None and self.email is None:
            raise ValueError("give token or email")
        return self


class LinkAsked(Told):
    """The same for everybody: whether there is such a person is not told."""

    detail: str = Field(examples=["If the address is on record, a new link is on its way to it."])


class HandoffOrganization(Told):
    """Who asks."""

    name: str
    brand_color: str


class RosterEntry(Told):
    """A CSM who may take the account over, with the number of accounts they onboard now."""

    id: UUID
    name: str
    accounts: int
    time_zone: str


class Deal(Told):
    """What was sold."""

    amount_minor: int | None
    currency: str
    close_date: date | None


class MyHandoff(Told):
    """A handoff as its account executive sees it; `csm_id` is the CSM chosen so far, always one of the roster."""

    organization: HandoffOrganization
    company_name: str
    ae_name: str
    status: HandoffStatus
    reason: str
    submitted_at: datetime | None
    questions: list[Question]
    answers: list[HandoffAnswer]
    roster: list[RosterEntry]
    csm_id: UUID | None
    deal: Deal


class SaveAnswer(Asked):
    """One answer; `revision` is that of the answer it replaces on the page."""

    value: AnswerValue
    revision: Revision


class AnswerSaved(Told):
    """`overwrote` says that somebody else had changed the answer meanwhile; this one stands."""

    revision: int
    updated_at: datetime
    overwrote: bool


class AskAnswerAgain(Decide):
    """Have the answer written again, following the instruction."""

    instruction: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = ""


class SubmitHandoff(Decide):
    """Hand the account over to this CSM of the roster."""

    csm_id: UUID
