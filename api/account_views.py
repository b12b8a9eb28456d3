"""What is told of accounts."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from api.action_views import ActionSummary
from api.shapes import Named, Told
from domain.state import AccountStatus, ActionStatus, HandoffStatus, MilestoneStatus


class NextAction(Told):
    """The action that deserves attention first."""

    key: str
    label: str
    status: ActionStatus
    due_at: datetime | None


class AccountSummary(Told):
    """One account as the list shows it; `to_review` counts its READY actions, `progress` is in percent."""

    id: UUID
    company_name: str
    status: AccountStatus
    milestone_key: str | None
    milestone_name: str | None
    progress: int
    csm: Named | None
    to_review: int
    next_action: NextAction | None
    updated_at: datetime


class AccountPage(Told):
    """A page of accounts, the latest change first; `next_cursor` is null on the last one."""

    items: list[AccountSummary]
    next_cursor: str | None


class TemplateUsed(Told):
    """The published version the account's plan was copied from."""

    name: str
    number: int


class MilestoneDetail(Told):
    """A milestone with its actions, in the order of the plan."""

    key: str
    name: str
    status: MilestoneStatus
    started_at: datetime | None
    completed_at: datetime | None
    internal_description: str
    actions: list[ActionSummary]


class ContactDetail(Told):
    """A person of the account at the customer, and what they may do in the portal."""

    id: UUID
    name: str
    email: str
    title: str
    role: Literal["portal_admin", "portal_member", "portal_viewer"]
    active: bool


class AccountDetail(Told):
    """An account: its facts, and where its onboarding stands. `workflow_url` is for admins.

    `handoff_status` is null where there is no handoff.
    """

    id: UUID
    company_name: str
    contact_name: str
    contact_email: str
    arr_minor: int | None
    currency: str
    close_date: date | None
    industry: str
    size: str
    website: str
    segment: str
    notes: str
    ae_name: str
    ae_email: str
    time_zone: str
    go_live_target: date | None
    custom: dict[str, Any]
    crm_provider: str | None
    crm_deal_id: str | None
    created_at: datetime
    status: AccountStatus
    milestone_key: str | None
    progress: int
    live_at: datetime | None
    updated_at: datetime
    template: TemplateUsed
    csm: Named | None
    handoff_status: HandoffStatus | None
    contacts: list[ContactDetail]
    workflow_url: str | None
    milestones: list[MilestoneDetail]
