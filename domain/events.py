"""What can happen to an account: time, results of activities, and decisions of people (which arrive as signals).

Decisions are append-only in their fields and never forbid extra ones: old and new code meet during a deploy.
"""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from domain.actors import Actor
from domain.drafts import DraftRef


class _Event(BaseModel):
    model_config = ConfigDict(frozen=True)


class Started(_Event):
    """The account's workflow runs for the first time."""


class TimerFired(_Event):
    """The timer of that id came due."""

    timer_id: str


class DraftReady(_Event):
    """The draft asked for by that command exists."""

    kind: Literal["draft_ready"] = "draft_ready"
    command_id: str
    action: str
    draft: DraftRef


class DraftFailed(_Event):
    """The draft asked for by that command could not be made."""

    kind: Literal["draft_failed"] = "draft_failed"
    command_id: str
    action: str
    reason: str


class Executed(_Event):
    """The outside confirmed that the approved content was sent."""

    kind: Literal["executed"] = "executed"
    command_id: str
    action: str


class ExecutionFailed(_Event):
    """The send did not happen (`failed`), may have (`uncertain`), or would not be what was approved (`stale`)."""

    kind: Literal["execution_failed"] = "execution_failed"
    command_id: str
    action: str
    outcome: Literal["failed", "uncertain", "stale"]
    reason: str


class Settled(_Event):
    """The ledger's last word on a send a person was asked about."""

    kind: Literal["settled"] = "settled"
    command_id: str
    action: str
    sent: bool


class HandoffPrepared(_Event):
    """The handoff's questions have draft answers, and its link exists."""

    command_id: str


class Done(_Event):
    """What was asked beside the actions is done: a notice is out, an answer is written again."""

    command_id: str


DraftResult = Annotated[DraftReady | DraftFailed, Field(discriminator="kind")]
SendResult = Annotated[Executed | ExecutionFailed, Field(discriminator="kind")]


class Decision(_Event):
    """What a person decided about an account, once per `decision_id`."""

    org_id: UUID
    decision_id: UUID
    by: Actor


class SubmitHandoff(Decision):
    """The AE hands the account over, to this CSM."""

    csm_id: UUID


class AcceptHandoff(Decision):
    """A member takes the account over: the first milestone starts."""


class ReturnHandoff(Decision):
    """A member asks the AE something before taking over."""

    text: str


class AskAnswerAgain(Decision):
    """The AE wants one answer drafted again."""

    question: str
    instruction: str = ""


class ActionDecision(Decision):
    """What a person decided about one action."""

    action: str


class ApproveAction(ActionDecision):
    """Send exactly the content of that revision and hash."""

    revision: int
    content_hash: str


class EditDraft(ActionDecision):
    """Replace the draft of `revision` by another, already stored."""

    revision: int
    draft: DraftRef


class RecallAction(ActionDecision):
    """Call an approval back before its recall window ends."""

    revision: int


class RetryAction(ActionDecision):
    """Try again what failed: the same approved content, or the draft."""


class ResolveAction(ActionDecision):
    """Say whether a send of unknown outcome arrived."""

    sent: bool


class CustomerResponded(ActionDecision):
    """A contact sent the answers stored as that submission."""

    submission_id: UUID


class AcceptResponse(ActionDecision):
    """A member takes the customer's answers: the action is done."""

    submission_id: UUID


class ReturnResponse(ActionDecision):
    """A member asks the customer to answer again, and says why."""

    submission_id: UUID
    text: str


Event = (
    Started
    | TimerFired
    | DraftReady
    | DraftFailed
    | Executed
    | ExecutionFailed
    | Settled
    | HandoffPrepared
    | Done
    | SubmitHandoff
    | AcceptHandoff
    | ReturnHandoff
    | AskAnswerAgain
    | ApproveAction
    | EditDraft
    | RecallAction
    | RetryAction
    | ResolveAction
    | CustomerResponded
    | AcceptResponse
    | ReturnResponse
)
