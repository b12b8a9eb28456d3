"""What an onboarding consists of: the authored plan, and its outline without content that a workflow carries."""

from enum import StrEnum
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from domain.errors import PlanInvalid, Problem, TemplateTextInvalid
from domain.forms import Form, form_problems
from domain.variables import unknown_variables

KEY = r"^[a-z][a-z0-9_]{0,62}$"
MAX_DELAY_HOURS = 8760


class ActionType(StrEnum):
    """The six things Thread can do in a milestone."""

    SEND_EMAIL = "SEND_EMAIL"
    REQUEST_DOCS = "REQUEST_DOCS"
    REQUEST_ASSETS = "REQUEST_ASSETS"
    COLLECT_INFO = "COLLECT_INFO"
    SCHEDULE_MEETING = "SCHEDULE_MEETING"
    SLACK_MESSAGE = "SLACK_MESSAGE"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class MilestoneStart(_Part):
    """Due when the action's milestone starts, or `delay_hours` later."""

    on: Literal["milestone_start"]
    delay_hours: float = Field(default=0, ge=0, le=MAX_DELAY_HOURS, allow_inf_nan=False)


class ActionCompleted(_Part):
    """Due when another action of the plan is completed, or `delay_hours` later."""

    on: Literal["action_completed"]
    action: str
    delay_hours: float = Field(default=0, ge=0, le=MAX_DELAY_HOURS, allow_inf_nan=False)


class Manual(_Part):
    """Due when a CSM says so."""

    on: Literal["manual"]


Trigger = Annotated[MilestoneStart | ActionCompleted | Manual, Field(discriminator="on")]


class ActionOutline(_Part):
    """An action as the account's workflow knows it: when, not what."""

    key: str = Field(pattern=KEY)
    type: ActionType
    label: str = Field(min_length=1, max_length=120)
    customer_label: str = Field(default="", max_length=120)
    description: str = Field(default="", max_length=2000)
    trigger: Trigger
    required: bool = True
    portal_visible: bool = False
    due_days: int | None = Field(default=None, ge=0, le=365)


class EmailTemplate(_Part):
    """Subject and restricted-Markdown body, both with `{{variables}}`.

    A recipient is the word `primary_contact` or one address.
    """

    to: tuple[str, ...] = Field(default=("primary_contact",), min_length=1, max_length=20)
    cc: tuple[str, ...] = Field(default=(), max_length=20)
    bcc: tuple[str, ...] = Field(default=(), max_length=20)
    subject: str = Field(min_length=1, max_length=300)
    body: str = Field(min_length=1, max_length=50_000)


class FormRequest(EmailTemplate):
    """An e-mail that asks the customer to fill in a form in the portal; the form is approved with it."""

    form: Form


class SendEmail(ActionOutline):
    """Sends one e-mail after approval."""

    type: Literal[ActionType.SEND_EMAIL]
    content: EmailTemplate


class CollectInfo(ActionOutline):
    """Opens a form in the portal after approval, and tells the customer; done when a CSM accepts the answers."""

    type: Literal[ActionType.COLLECT_INFO]
    content: FormRequest


Action = Annotated[SendEmail | CollectInfo, Field(discriminator="type")]

A_co = TypeVar("A_co", bound=ActionOutline, covariant=True)


class MilestoneOf(_Part, Generic[A_co]):
    """A phase of the onboarding with its actions, in order."""

    key: str = Field(pattern=KEY)
    name: str = Field(min_length=1, max_length=120)
    duration_days: int = Field(default=7, ge=0, le=730)
    internal_description: str = Field(default="", max_length=4000)
    customer_description: str = Field(default="", max_length=4000)
    portal_visible: bool = True
    actions: tuple[A_co, ...] = ()


class PlanOf(_Part, Generic[A_co]):
    """Milestones in the order they run."""

    milestones: tuple[MilestoneOf[A_co], ...] = Field(min_length=1, max_length=50)

    def actions(self) -> list[tuple[MilestoneOf[A_co], A_co]]:
        """Every action with its milestone, in the order of the plan."""
        return [(milestone, action) for milestone in self.milestones for action in milestone.actions]

    def action(self, key: str) -> A_co | None:
        """The action of that key."""
        return next((action for _, action in self.actions() if action.key == key), None)

    def milestone_of(self, key: str) -> MilestoneOf[A_co]:
        """The milestone that holds the action; raises KeyError for an unknown one."""
        for milestone, action in self.actions():
            if action.key == key:
                return milestone
        raise KeyError(key)


Plan = PlanOf[Action]
Milestone = MilestoneOf[Action]
Outline = PlanOf[ActionOutline]


def outline(plan: Plan) -> Outline:
    """The plan without its content: what travels in workflow payloads."""
    return Outline.model_validate(plan.model_dump(mode="json"))


def check(plan: Plan) -> None:
    """Raise PlanInvalid naming every milestone, action and field that breaks a rule."""
    problems = [*_duplicates(plan), *_trigger_problems(plan), *_text_problems(plan), *_form_problems(plan)]
    if problems:
        raise PlanInvalid(problems)


def _path(milestone: str, action: str, field: str) -> str:
    return f"milestones.{milestone}.actions.{action}.{field}"


def _duplicates(plan: Plan) -> list[Problem]:
    problems: list[Problem] = []
    milestones: set[str] = set()
    actions: set[str] = set()
    for milestone in plan.milestones:
        if milestone.key in milestones:
            problems.append(Problem(f"milestones.{milestone.key}.key", "is used by another milestone"))
        milestones.add(milestone.key)
    for milestone, action in plan.actions():
        if action.key in actions:
            problems.append(Problem(_path(milestone.key, action.key, "key"), "is used by another action"))
        actions.add(action.key)
    return problems


def _trigger_problems(plan: Plan) -> list[Problem]:
    follows = {
        action.key: action.trigger.action for _, action in plan.actions() if isinstance(action.trigger, ActionCompleted)
    }
    keys = {action.key for _, action in plan.actions()}
    problems: list[Problem] = []
    for milestone, action in plan.actions():
        if action.key not in follows:
            continue
        field = _path(milestone.key, action.key, "trigger.action")
        if follows[action.key] not in keys:
            problems.append(Problem(field, f"there is no action {follows[action.key]!r}"))
        elif _in_cycle(action.key, follows):
            problems.append(Problem(field, "the triggers form a cycle"))
    return problems


def _in_cycle(key: str, follows: dict[str, str]) -> bool:
    seen: set[str] = set()
    at: str | None = follows.get(key)
    while at is not None and at not in seen:
        if at == key:
            return True
        seen.add(at)
        at = follows.get(at)
    return False


def _text_problems(plan: Plan) -> list[Problem]:
    problems: list[Problem] = []
    for milestone, action in plan.actions():
        for name in ("subject", "body"):
            field = _path(milestone.key, action.key, f"content.{name}")
            text: str = getattr(action.content, name)
            if not text.strip():
                problems.append(Problem(field, "is empty"))
            try:
                unknown = unknown_variables(text)
            except TemplateTextInvalid as error:
                problems.append(Problem(field, str(error)))
                continue
            problems.extend(Problem(field, f"unknown variable {{{{{name}}}}}") for name in unknown)
    return problems


def _form_problems(plan: Plan) -> list[Problem]:
    return [
        Problem(_path(milestone.key, action.key, f"content.form.fields.{problem.field}"), problem.message)
        for milestone, action in plan.actions()
        if isinstance(action, CollectInfo)
        for problem in form_problems(action.content.form.fields)
    ]
