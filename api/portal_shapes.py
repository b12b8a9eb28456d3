"""What is told to a customer in their portal, and what they may ask. What is not named here can't be shown."""

from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator

from api.action_views import Decide
from api.form_shapes import Answers, AnswerValue, Form
from api.handoff_views import Email, Token
from api.shapes import Asked, Told
from domain.plan import ActionType
from domain.portal import TaskStatus
from domain.state import AccountStatus, MilestoneStatus

FormRevision = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


class AskForPortalLink(Asked):
    """Who wants in: the contact an invite names, the link that no longer opens, or an address.

    An address together with a contact is looked for among the contacts of the same account.
    """

    contact_id: UUID | None = None
    token: Token | None = None
    email: Email | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if self.contact_id is None and self.token is None and self.email is None:
            raise ValueError("give contact_id, token or email")
        return self


class PortalOrganization(Told):
    """Whose portal it is."""

    name: str
    brand_color: str
    support_email: str
    portal_intro: str


class PortalMe(Told):
    """Who is looking. A viewer may only look."""

    name: str
    email: str
    role: Literal["portal_admin", "portal_member", "portal_viewer"]


class PortalCsm(Told):
    """Whom to ask."""

    name: str
    email: str


class PortalTask(Told):
    """Something the customer does; `note` is the CSM's reason for returning it."""

    key: str
    type: ActionType
    label: str
    status: TaskStatus
    required: bool
    due_at: datetime | None
    note: str


class PortalMilestone(Told):
    """A phase. `starts_at` and `ends_at` are facts once it has started or ended, and a plan before."""

    key: str
    name: str
    description: str
    status: MilestoneStatus
    starts_at: datetime | None
    ends_at: datetime | None
    tasks: list[PortalTask]


class PortalView(Told):
    """Where we are (`progress` in percent), what you need to do, what we are doing, what is next."""

    status: AccountStatus
    progress: int
    milestones: list[PortalMilestone]
    todo: list[PortalTask]
    doing: list[str]
    next: str
    live_at: datetime | None
    revision: int


class PortalHome(Told):
    """The portal as of `as_of`: this moment when `live`, else what was recorded last."""

    organization: PortalOrganization
    company_name: str
    me: PortalMe
    csm: PortalCsm | None
    view: PortalView
    as_of: datetime
    live: bool
    go_live_target: date | None


class SentForm(Told):
    """Answers that were sent."""

    values: dict[str, AnswerValue]
    submitted_at: datetime
    submitted_by: str


class FormPage(Told):
    """A form with what was typed so far: saved as `revision` at `saved_at`, or 0 and null where nothing was.

    `note` is the CSM's reason for returning what was sent; `submission` is what was sent last.
    """

    label: str
    form: Form
    values: dict[str, AnswerValue]
    revision: int
    saved_at: datetime | None
    status: Literal["open", "sent", "returned", "done"]
    note: str
    submission: SentForm | None


class SaveForm(Asked):
    """The answers so far; `revision` is that of the answers they replace on the page."""

    values: Answers
    revision: FormRevision


class FormSaved(Told):
    """`overwrote` says that somebody else had saved other answers meanwhile; these stand."""

    revision: int
    saved_at: datetime
    overwrote: bool


class SubmitForm(Decide):
    """The answers, complete."""

    values: Answers
