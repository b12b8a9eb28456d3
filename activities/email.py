"""How does an approved e-mail leave? Exactly as approved, at most once, and honest when that can't be known."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from temporalio import activity

from activities import ledger
from activities.delivery import End, deliver
from activities.facts import load_facts
from activities.heartbeat import heartbeating
from domain.commands import Execute, Settle
from domain.drafts import (
    EmailContent,
    RequestContent,
    content_hash,
    parse_content,
    parse_template,
    render_email,
)
from domain.events import Executed, ExecutionFailed, SendResult, Settled
from domain.messages import COLLECT_INFO, SEND_EMAIL, SETTLE_SEND, Request
from domain.plan import Plan
from integrations.ports import Email, Mailer
from models.accounts import Account
from models.drafts import Draft
from models.forms import PortalRequest
from models.session import AsyncSession, Database


class Emails:
    """Sends approved e-mails through a mailer."""

    def __init__(self, database: Database, mailer: Mailer, public_url: str) -> None:
        self._database = database
        self._mailer = mailer
        self._public_url = public_url

    @activity.defn(name=SEND_EMAIL)
    async def send_email(self, request: Request[Execute]) -> SendResult:
        """Claim, send, conclude. Raises only when nothing was sent and Temporal should try again."""
        return await self._perform(request)

    @activity.defn(name=COLLECT_INFO)
    async def collect_info(self, request: Request[Execute]) -> SendResult:
        """The same, and the form is open in the portal before the customer is told."""
        return await self._perform(request)

    @activity.defn(name=SETTLE_SEND)
    async def settle_send(self, request: Request[Settle]) -> Settled:
        """Write what a person said of an uncertain send; a confirmation that came meanwhile outranks them."""
        command = request.command
        async with self._database.org(request.org_id) as session:
            send = await ledger.find_send(session, _key(request, command.decision_id))
            if send.status != "sent":
                send.status = "sent" if command.sent else "failed"
                send.error = "said by a person"
                send.sent_at = datetime.now(UTC) if command.sent else None
                send.updated_at = datetime.now(UTC)
            sent = send.status == "sent"
        return Settled(command_id=command.id, action=command.action, sent=sent)

    async def _perform(self, request: Request[Execute]) -> SendResult:
        async with heartbeating():
            claimed = await self._claim(request)
            if isinstance(claimed, End):
                return _result(request, claimed)
            held, content = claimed
            fields = {name: getattr(content, name) for name in EmailContent.model_fields}
            email = Email(message_id=held.message_id, **fields)
            return _result(request, await deliver(self._database, self._mailer, held, email))

    async def _claim(self, request: Request[Execute]) -> tuple[ledger.Claim, EmailContent] | End:
        command = request.command
        async with self._database.org(request.org_id) as session:
            draft = await session.get_one(Draft, (request.org_id, command.draft_id))
            content = parse_content(draft.content)
            domain = content.from_address.rpartition("@")[2]
            key = _key(request, command.decision_id)
            send = await ledger.open_send(session, key, content_hash=command.content_hash, domain=domain)
            if send.status in ("sent", "uncertain"):
                return End(send.status, send.error)
            changed = await self._changes(session, request, draft, content)
            if changed:
                return End("stale", changed)
            if isinstance(content, RequestContent):
                await _open_request(session, request, draft, content)
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
        now = render_email(parse_template(draft.source), facts).content
        if content_hash(now) == approved:
            return ""
        fields = [name for name in type(content).model_fields if getattr(now, name, None) != getattr(content, name)]
        return f"Changed since it was approved: {', '.join(name.replace('_', ' ') for name in fields)}."


async def _open_request(
    session: AsyncSession, request: Request[Execute], draft: Draft, content: RequestContent
) -> None:
    """Show the approved form in the portal, in place of an earlier one of this action."""
    row = {
        "org_id": request.org_id,
        "account_id": request.account_id,
        "action_key": request.command.action,
        "type": request.command.type.value,
        "draft_id": draft.id,
        "content": content.form.model_dump(mode="json"),
    }
    statement = insert(PortalRequest).values(row)
    again = {"draft_id": draft.id, "content": row["content"], "closed_at": None}
    key = ["org_id", "account_id", "action_key"]
    await session.execute(statement.on_conflict_do_update(index_elements=key, set_=again))


def _key(request: Request[Execute] | Request[Settle], decision_id: UUID) -> ledger.SendKey:
    return ledger.SendKey(request.org_id, request.account_id, request.command.action, decision_id)


def _result(request: Request[Execute], end: End) -> SendResult:
    command = request.command
    if end.outcome == "sent":
        return Executed(command_id=command.id, action=command.action)
    return ExecutionFailed.model_validate(
        {"command_id": command.id, "action": command.action, "outcome": end.outcome, "reason": end.reason}
    )
