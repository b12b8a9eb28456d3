"""What the account's machine asks of the outside: each command's `id` is stable, so that a repeat is the same act."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.plan import ActionType
from domain.state import NoticeKind


class _Command(BaseModel):
    model_config = ConfigDict(frozen=True)

    id: str
    summary: str = ""


class SetTimer(_Command):
    """Tell the machine when `due_at` (absolute, UTC) has come."""

    due_at: datetime


class CancelTimer(_Command):
    """Forget the timer of that id."""


class GenerateDraft(_Command):
    """Write the next draft of an action: from its template, or again from `based_on` when only facts changed."""

    action: str
    revision: int
    based_on: UUID | None = None


class Execute(_Command):
    """Do what was approved: this draft, this hash, under this decision."""

    action: str
    type: ActionType
    decision_id: UUID
    draft_id: UUID
    content_hash: str


class Settle(_Command):
    """Record what a person said about a send whose outcome could not be known."""

    action: str
    decision_id: UUID
    sent: bool


class PrepareHandoff(_Command):
    """Draft the answers to the handoff's questions, and make the AE's link."""


class RegenerateAnswer(_Command):
    """Draft one answer of the handoff again, following the AE's instruction."""

    question: str
    instruction: str


class SendNotice(_Command):
    """Tell somebody on our side, in fixed words: `member_id` where the kind alone does not say whom.

    `text` is what a person added to it.
    """

    notice: NoticeKind
    member_id: UUID | None = None
    text: str = ""


ActivityCommand = GenerateDraft | Execute | Settle | PrepareHandoff | RegenerateAnswer | SendNotice
Command = SetTimer | CancelTimer | ActivityCommand
