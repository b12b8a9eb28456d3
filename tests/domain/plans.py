"""Small plans for tests of the rules."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from domain.actors import Actor
from domain.drafts import DraftRef
from domain.forms import FieldType, Form, FormField
from domain.plan import ActionCompleted as Completed
from domain.plan import (
    ActionType,
    CollectInfo,
    EmailTemplate,
    FormRequest,
    Milestone,
    Plan,
    SendEmail,
    Trigger,
    outline,
)
from domain.plan import MilestoneStart as Start
from domain.state import AccountState, begin

ORG = UUID(int=1)
ACCOUNT = UUID(int=2)
MARA = Actor(member_id=UUID(int=3), name="Mara")
DANA = Actor(contact_id=UUID(int=4), name="Dana")


def at_start(delay_hours: float = 0) -> Trigger:
    return Start(on="milestone_start", delay_hours=delay_hours)


def after(action: str, delay_hours: float = 0) -> Trigger:
    return Completed(on="action_completed", action=action, delay_hours=delay_hours)


def email(key: str, trigger: Trigger | None = None, *, required: bool = True) -> SendEmail:
    return SendEmail(
        key=key,
        type=ActionType.SEND_EMAIL,
        label=key.title(),
        trigger=trigger or at_start(),
        required=required,
        content=EmailTemplate(subject="Hello {{company_name}}", body="Hi {{contact_first_name|there}}"),
    )


def form(key: str, trigger: Trigger | None = None, *, required: bool = True) -> CollectInfo:
    fields = (FormField(key="seats", label="How many people?", type=FieldType.NUMBER),)
    return CollectInfo(
        key=key,
        type=ActionType.COLLECT_INFO,
        label=key.title(),
        customer_label=f"Tell us: {key}",
        trigger=trigger or at_start(),
        required=required,
        portal_visible=True,
        content=FormRequest(
            subject="We need {{company_name}}'s data", body="See [here]({{portal_url}})", form=Form(fields=fields)
        ),
    )


def plan(*milestones: Sequence[SendEmail | CollectInfo]) -> Plan:
    return Plan(
        milestones=tuple(
            Milestone(key=f"m{index}", name=f"Milestone {index}", actions=tuple(actions))
            for index, actions in enumerate(milestones)
        )
    )


def account(of: Plan, recall_seconds: int = 10) -> AccountState:
    return begin(org_id=ORG, account_id=ACCOUNT, outline=outline(of), recall_seconds=recall_seconds)


def draft(revision: int = 1, content_hash: str = "h1", unresolved: tuple[str, ...] = ()) -> DraftRef:
    return DraftRef(draft_id=uuid4(), revision=revision, content_hash=content_hash, unresolved=unresolved)
