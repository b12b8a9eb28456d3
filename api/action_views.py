"""What is told of actions and drafts, and what a decision on one consists of."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StringConstraints

from api.shapes import Asked, Revision, Sha256, Told
from domain.plan import ActionType
from domain.state import ActionStatus


class ActionSummary(Told):
    """One action as lists show it. `trigger` says when it comes due, in words; `send_at` ends the recall window."""

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
    updated_at: datetime | None


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
    """One revision of an e-mail: `subject`, `text` and `html` exactly as sent, `body` and `source_subject` as written."""

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
