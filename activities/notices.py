"""How does Thread tell our own people something? In fixed words, by e-mail, at most once each."""

from uuid import NAMESPACE_URL, UUID, uuid5

import structlog
from sqlmodel import col, select
from temporalio import activity

from activities import ledger
from activities.delivery import deliver
from activities.heartbeat import heartbeating
from activities.links import handoff_link
from domain.commands import SendNotice
from domain.drafts import EmailContent, content_hash
from domain.events import Done
from domain.messages import SEND_NOTICE, Request
from domain.notices import Notice, NoticeFacts, notice
from domain.rendering import html_document, plain_text
from domain.state import NoticeKind
from integrations.ports import Email, Mailer
from models.accounts import Account
from models.events import publish
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession, Database

TO_THE_AE = frozenset({NoticeKind.HANDOFF_LINK, NoticeKind.HANDOFF_REMINDER, NoticeKind.HANDOFF_RETURNED})

log = structlog.get_logger()


class Notices:
    """Sends system messages about accounts."""

    def __init__(self, database: Database, mailer: Mailer, public_url: str) -> None:
        self._database = database
        self._mailer = mailer
        self._public_url = public_url

    @activity.defn(name=SEND_NOTICE)
    async def send_notice(self, request: Request[SendNotice]) -> Done:
        """Claim, send, conclude. One that may be out already is not sent again: a reminder follows anyway."""
        async with heartbeating():
            claimed = await self._claim(request)
            if claimed is not None:
                held, email = claimed
                end = await deliver(self._database, self._mailer, held, email)
                if end.outcome != "sent":
                    log.warning("notice_not_sent", notice=request.command.notice, reason=end.reason)
        return Done(command_id=request.command.id)

    async def _claim(self, request: Request[SendNotice]) -> tuple[ledger.Claim, Email] | None:
        command = request.command
        async with self._database.org(request.org_id) as session:
            account = await session.get_one(Account, (request.org_id, request.account_id))
            organization = await session.get_one(Organization, request.org_id)
            recipients, name = await self._recipients(session, command, account)
            if not recipients:
                log.warning("notice_without_recipient", notice=command.notice, account_id=str(account.id))
                return None
            facts = NoticeFacts(
                company_name=account.company_name,
                recipient_name=name,
                organization_name=organization.name,
                link=await self._link(session, command.notice, account),
                text=command.text,
            )
            content = system_email(notice(command.notice, facts), organization, recipients)
            send = await ledger.open_send(
                session, _key(request), content_hash=content_hash(content), domain=_domain(content)
            )
            if send.status in ("sent", "uncertain", "failed"):
                return None
            held = ledger.claim(send)
            await publish(
                session,
                request.org_id,
                kind=f"notice.{command.notice}",
                entity="account",
                entity_id=account.id,
                account_id=account.id,
            )
            return held, Email(message_id=held.message_id, **content.model_dump())

    async def _link(self, session: AsyncSession, kind: NoticeKind, account: Account) -> str:
        if kind in TO_THE_AE and account.ae_email:
            return await handoff_link(session, account, self._public_url)
        return f"{self._public_url}/accounts/{account.id}"

    async def _recipients(
        self, session: AsyncSession, command: SendNotice, account: Account
    ) -> tuple[tuple[str, ...], str]:
        """Addresses, and a name to greet. Without an AE, ops hear what the AE would have."""
        if command.notice in TO_THE_AE and account.ae_email:
            return (account.ae_email,), account.ae_name
        if command.member_id:
            member = await session.get(Member, (account.org_id, command.member_id))
            if member and member.active:
                return (member.email_norm,), member.name
        admins = await session.exec(
            select(Member).where(Member.role == "admin", col(Member.active)).order_by(col(Member.email_norm))
        )
        return tuple(admin.email_norm for admin in admins), ""


def system_email(message: Notice, organization: Organization, recipients: tuple[str, ...]) -> EmailContent:
    """A system message as an e-mail from the organisation."""
    sender = organization.support_email or recipients[0]
    return EmailContent(
        from_name=organization.name,
        from_address=sender,
        reply_to=sender,
        to=recipients,
        subject=message.subject,
        text=plain_text(message.body),
        html=html_document(message.subject, message.body),
    )


def _domain(content: EmailContent) -> str:
    return content.from_address.rpartition("@")[2]


def _key(request: Request[SendNotice]) -> ledger.SendKey:
    decision_id: UUID = uuid5(NAMESPACE_URL, f"thread:{request.account_id}:{request.command.id}")
    return ledger.SendKey(request.org_id, request.account_id, f"notice:{request.command.notice}", decision_id)
