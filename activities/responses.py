"""Does every answer a customer sent reach their account's workflow? A piece of work sees to it, whatever crashes.

It is there before the answer is stored, and goes once the workflow was told; telling it twice is telling it once.
"""

from collections.abc import Awaitable, Callable

from domain.actors import Actor
from domain.events import CustomerResponded
from models.forms import Submission
from models.session import Database
from models.work import WorkItem

CUSTOMER_RESPONSE = "customer_response"

Signaller = Callable[[Submission, CustomerResponded], Awaitable[None]]


def responded(submission: Submission) -> CustomerResponded:
    """The submission as the event the account's machine takes."""
    return CustomerResponded(
        org_id=submission.org_id,
        decision_id=submission.id,
        by=Actor(contact_id=submission.submitted_by, name=submission.submitted_name),
        action=submission.action_key,
        submission_id=submission.id,
    )


class Responses:
    """Tells workflows of answers whose sender's request did not get to do it; `signal` sends to the account's."""

    def __init__(self, database: Database, signal: Signaller) -> None:
        self._database = database
        self._signal = signal

    async def tell(self, item: WorkItem) -> None:
        """Signal the submission of that id; one that was never stored is nobody's answer."""
        async with self._database.org(item.org_id) as session:
            submission = await session.get(Submission, (item.org_id, item.id))
        if submission is not None:
            await self._signal(submission, responded(submission))
