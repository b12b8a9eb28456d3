"""What is told of actions and drafts, and what a decision on one consists of."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from api.form_shapes import Form
from api.shapes import Asked, Revision, Sha256, Told
from api.triggers import in_words
from domain.plan import ActionType, Plan
from domain.state import ActionStatus, ResponseStatus
from models.accounts import Account
from models.actions import Action


class ActionSummary(Told):
    """One action as lists show it. `trigger` says when it comes due, in words; `send_at` ends the recall window.

    `response` is where the customer's part stands, empty where there is none; `submission_id` names their last answer.
    """

    key: str
    account_id: UUID
    company_name: str
    milestone_key: str
    milestone_name: str
    type: ActionType
    label: str
    status: ActionStatus
    required: bool
    due_at: datetime | None
    trigger: str
    subject: str
    draft_revision: int
    send_at: datetime | None
    decided_by: str
    reason: str
    response: ResponseStatus
    submission_id: UUID | None
    updated_at: datetime | None


def action_summary(account: Account, plan: Plan, key: str, row: Action | None) -> ActionSummary:
    """One action of the account's plan with what is recorded of it: None before the workflow's first record."""
    planned, milestone = plan.action(key), plan.milestone_of(key)
    if planned is None:
        raise KeyError(key)
    return ActionSummary(
        key=key,
        account_id=account.id,
        company_name=account.company_name,
        milestone_key=milestone.key,
        milestone_name=milestone.name,
        type=planned.type,
        label=planned.label,
        status=ActionStatus(row.status) if row else ActionStatus.PENDING,
        required=planned.required,
        due_at=row.due_at if row else None,
        trigger=in_words(plan, key),
        subject=row.subject if row else "",
        draft_revision=row.draft_revision if row else 0,
        send_at=row.send_at if row else None,
        decided_by=row.decided_by if row else "",
        reason=row.reason if row else "",
        response=ResponseStatus(row.response) if row else ResponseStatus.NONE,
        submission_id=row.submission_id if row else None,
        updated_at=row.updated_at if row else None,
    )


class ActionCounts(Told):
    """How many actions wait for a person."""

    ready: int
    uncertain: int
    failed: int


class ActionPage(Told):
    """A page of actions; `next_cursor` is null on the last one. `counts` do not depend on the page or status."""

    items: list[ActionSummary]
    next_cursor: str | None
    counts: ActionCounts


class Draft(Told):
    """One revision of an e-mail.

    `subject`, `text` and `html` are exactly what is sent; `source_subject` and `body` are as written, with variables.
    `form` is what it asks the customer to fill in, approved with it; null for an e-mail that asks nothing.
    """

    id: UUID
    revision: int
    content_hash: str
    origin: Literal["template", "ai", "csm"]
    to: list[str]
    cc: list[str]
    bcc: list[str]
    from_name: str
    from_address: str
    reply_to: str
    subject: str
    body: str
    source_subject: str
    text: str
    html: str
    form: Form | None
    unresolved: list[str]
    author: str | None
    created_at: datetime


class DraftVersion(Told):
    """One entry of a draft's history."""

    id: UUID
    revision: int
    origin: Literal["template", "ai", "csm"]
    author: str | None
    created_at: datetime
    subject: str


class ActionDetail(ActionSummary):
    """An action with its current draft and its history; `why` says what brought it where it is."""

    draft: Draft | None
    versions: list[DraftVersion]
    why: str


class Decide(Asked):
    """A decision. The same `decision_id` sent twice counts once."""

    decision_id: UUID


class Approve(Decide):
    """Send exactly the content of that revision and hash."""

    revision: Revision
    content_hash: Sha256


class Edit(Decide):
    """Replace the words of the draft of `revision`."""

    revision: Revision
    subject: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    body: Annotated[str, StringConstraints(min_length=1, max_length=50_000)]


class Recall(Decide):
    """Call an approval back before its recall window ends."""

    revision: Revision


class Resolve(Decide):
    """Say whether a send of unknown outcome arrived."""

    sent: StrictBool


class Receipt(Told):
    """The account's answer to a decision. Refusals come as a problem document of status 409."""

    decision_id: UUID
    accepted: bool
    reason: str
    detail: str
    decided_at: datetime


class Pending(Told):
    """The decision is kept and will be taken as soon as a worker answers."""

    decision_id: UUID
    detail: str = Field(examples=["Your decision is kept. It takes effect as soon as a worker is back."])
