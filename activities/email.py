"""How does an approved e-mail leave? Exactly as approved, at most once, and honest when that can't be known."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import select
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities import ledger
from activities.facts import load_facts
from activities.heartbeat import heartbeating
from domain.commands import Execute, Settle
from domain.drafts import EmailContent, content_hash, render_email
from domain.events import Executed, ExecutionFailed, SendResult, Settled
from domain.messages import SEND_EMAIL, SETTLE_SEND, Request
from domain.plan import EmailTemplate, Plan
from integrations.errors import NeedsReconnect, OutcomeUnknown, Refused, TryLater
from integrations.ports import Email, Mailer
from models.accounts import Account
from models.drafts import Draft
from models.sends import Send
from models.session import AsyncSession, Database


@dataclass(frozen=True)
class _End:
    """How the attempt ended: `outcome` as in the events, or `sent`."""

    outcome: str
    reason: str = ""


class Emails:
    """Sends approved e-mails through a mailer."""

    def __init__(self, database: Database, mailer: Mailer, public_url: str) -> None:
        self._database = database
        self._mailer = mailer
        self._public_url = public_url

    @activity.defn(name=SEND_EMAIL)
    async def send_email(self, request: Request[Execute]) -> SendResult:
        """Claim, send, conclude. Raises only when nothing was sent and Temporal should try again."""
        async with heartbeating():
            claimed = await self._claim(request)
            if isinstance(claimed, _End):
                return _result(request, claimed)
            held, content = claimed
            return _result(request, await self._send(held, content))

    @activity.defn(name=SETTLE_SEND)
    async def settle_send(self, request: Request[Settle]) -> Settled:
        """Write what a person said of an uncertain send; a confirmation that came meanwhile outranks them."""
        command = request.command
        async with self._database.org(request.org_id) as session:
            found = await session.exec(
                select(Send)
                .where(Send.account_id == request.account_id, Send.action_key == command.action)
                .where(Send.decision_id == command.decision_id)
                .with_for_update()
            )
            send = found.one()
            if send.status != "sent":
                send.status = "sent" if command.sent else "failed"
                send.error = "said by a person"
                send.sent_at = datetime.now(UTC) if command.sent else None
                send.updated_at = datetime.now(UTC)
            sent = send.status == "sent"
        return Settled(command_id=command.id, action=command.action, sent=sent)

    async def _claim(self, request: Request[Execute]) -> tuple[ledger.Claim, EmailContent] | _End:
        command = request.command
        async with self._database.org(request.org_id) as session:
            draft = await session.get_one(Draft, (request.org_id, command.draft_id))
            content = EmailContent.model_validate(draft.content)
            send = await ledger.open_send(session, request, content.from_address.rpartition("@")[2])
            if send.status == "claimed":
                ledger.lose_track(send)
            if send.status in ("sent", "uncertain"):
                return _End(outcome=send.status, reason=send.error)
            changed = await self._changes(session, request, draft, content)
            if changed:
                return _End(outcome="stale", reason=changed)
            return ledger.claim(send), content

    async def _changes(
        self, session: AsyncSession, request: Request[Execute], draft: Draft, content: EmailContent
    ) -> str:
        """What would differ from what was approved if it were rendered now; empty when nothing would."""
        approved = request.command.content_hash
        if draft.account_id != request.account_id or draft.action_key != request.command.action:
            return "The draft belongs to another action."
        if approved != draft.content_hash or approved != content_hash(content):
            return "The stored draft is not what was approved."
        account = await session.get_one(Account, (request.org_id, request.account_id))
        milestone = Plan.model_validate(account.plan).milestone_of(request.command.action)
        facts = await load_facts(session, account, milestone.name, self._public_url)
        now = render_email(EmailTemplate.model_validate(draft.source), facts).content
        if content_hash(now) == approved:
            return ""
        fields = [name for name in EmailContent.model_fields if getattr(now, name) != getattr(content, name)]
        return f"Changed since it was approved: {', '.join(name.replace('_', ' ') for name in fields)}."

    async def _send(self, held: ledger.Claim, content: EmailContent) -> _End:
        try:
            reference = await self._mailer.send(Email(message_id=held.message_id, **content.model_dump()))
        except TryLater as error:
            await ledger.conclude(self._database, held, "intended", error=str(error))
            message = f"The mail server did not take it: {error.reason}"
            raise ApplicationError(message, type="TryLater", next_retry_delay=error.after) from error
        except (Refused, NeedsReconnect) as error:
            await ledger.conclude(self._database, held, "failed", error=error.reason)
            return _End(outcome="failed", reason=error.reason)
        except OutcomeUnknown as error:
            await ledger.conclude(self._database, held, "uncertain", error=error.reason)
            return _End(outcome="uncertain", reason=error.reason)
        await ledger.conclude(self._database, held, "sent", provider_ref=reference)
        return _End(outcome="sent")


def _result(request: Request[Execute], end: _End) -> SendResult:
    command = request.command
    if end.outcome == "sent":
        return Executed(command_id=command.id, action=command.action)
    return ExecutionFailed.model_validate(
        {"command_id": command.id, "action": command.action, "outcome": end.outcome, "reason": end.reason}
    )
