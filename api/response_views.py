"""What is told to the console of a customer's answers, and what a decision on them consists of."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import StringConstraints

from api.action_views import Decide
from api.form_shapes import AnswerValue, Form
from api.shapes import Told


class SubmissionDetail(Told):
    """Answers as they were sent; `submitted_by` is the contact's name."""

    id: UUID
    values: dict[str, AnswerValue]
    submitted_by: str
    submitted_at: datetime


class ResponseDetail(Told):
    """The customer's part of an action: the form as approved, the answers sent last, and those before, latest first.

    Accepted answers stay `submitted`; the action itself is then COMPLETED.
    """

    form: Form
    status: Literal["awaiting", "submitted", "returned"]
    submission: SubmissionDetail | None
    earlier: list[SubmissionDetail]


class AcceptResponse(Decide):
    """Take exactly these answers: the action is done."""

    submission_id: UUID


class ReturnResponse(AcceptResponse):
    """Ask the customer to answer again, and say why."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
