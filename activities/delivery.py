"""How does a claimed message leave, and what does the ledger say afterwards?"""

from dataclasses import dataclass

from temporalio.exceptions import ApplicationError

from activities import ledger
from integrations.errors import NeedsReconnect, OutcomeUnknown, Refused, TryLater
from integrations.ports import Email, Mailer
from models.session import Database


@dataclass(frozen=True)
class End:
    """How an attempt ended: `outcome` is sent, failed, uncertain or stale."""

    outcome: str
    reason: str = ""


async def deliver(database: Database, mailer: Mailer, held: ledger.Claim, email: Email) -> End:
    """Send under the claim and conclude. Raises only when nothing was sent and Temporal should try again."""
    try:
        reference = await mailer.send(email)
    except TryLater as error:
        await ledger.conclude(database, held, "intended", error=str(error))
        message = f"The mail server did not take it: {error.reason}"
        raise ApplicationError(message, type="TryLater", next_retry_delay=error.after) from error
    except (Refused, NeedsReconnect) as error:
        await ledger.conclude(database, held, "failed", error=error.reason)
        return End("failed", error.reason)
    except OutcomeUnknown as error:
        await ledger.conclude(database, held, "uncertain", error=error.reason)
        return End("uncertain", error.reason)
    await ledger.conclude(database, held, "sent", provider_ref=reference)
    return End("sent")
