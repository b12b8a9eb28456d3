"""How does somebody who asked get a new way in? By a piece of work whose row is theirs: it mails the address on record.

The work is kept until the mail server took the message; each attempt makes a link of its own.
"""

from datetime import timedelta
from uuid import uuid4

import structlog

from activities.dispatcher import Postponed
from activities.links import handoff_link
from activities.notices import system_email
from domain.notices import Notice, NoticeFacts, log_in_message, notice
from domain.state import HandoffStatus, NoticeKind
from integrations.errors import TryLater, VendorError
from integrations.ports import Email, Mailer
from models.accounts import Account
from models.contacts import Contact
from models.handoffs import Handoff
from models.links import make_link
from models.organizations import Organization
from models.session import Database
from models.work import WorkItem

PORTAL_LINK = "portal_link"
HANDOFF_LINK = "handoff_link"
LOG_IN_MINUTES = 10
MOST_ATTEMPTS = 5
OPEN = frozenset({HandoffStatus.OPEN, HandoffStatus.RETURNED})

log = structlog.get_logger()


class PortalLinks:
    """Mails fresh links: to contacts for their portal, to account executives for a handoff that is still open."""

    def __init__(self, database: Database, mailer: Mailer, public_url: str) -> None:
        self._database = database
        self._mailer = mailer
        self._public_url = public_url

    async def portal_link(self, item: WorkItem) -> None:
        """Mail the contact of that id a link that opens once, within ten minutes."""
        if _is_hopeless(item):
            return
        async with self._database.org(item.org_id) as session:
            contact = await session.get(Contact, (item.org_id, item.id))
            if contact is None or not contact.active:
                return
            account = await session.get_one(Account, (item.org_id, contact.account_id))
            token = await make_link(
                session,
                org_id=item.org_id,
                account_id=account.id,
                purpose="portal_login",
                recipient=contact.email_norm,
                contact_id=contact.id,
                lifetime=timedelta(minutes=LOG_IN_MINUTES),
                max_uses=1,
            )
            organization = await session.get_one(Organization, item.org_id)
            facts = _facts(organization, account, contact.name, f"{self._public_url}/p/enter#t={token}")
            email = _email(organization, log_in_message(facts, LOG_IN_MINUTES), contact.email)
        await self._send(item, email)

    async def handoff_link(self, item: WorkItem) -> None:
        """Mail the AE of the account of that id a new link to its handoff."""
        if _is_hopeless(item):
            return
        async with self._database.org(item.org_id) as session:
            account = await session.get(Account, (item.org_id, item.id))
            handoff = await session.get(Handoff, (item.org_id, item.id))
            if account is None or not account.ae_email or handoff is None or handoff.status not in OPEN:
                return
            link = await handoff_link(session, account, self._public_url)
            organization = await session.get_one(Organization, item.org_id)
            facts = _facts(organization, account, account.ae_name, link)
            email = _email(organization, notice(NoticeKind.HANDOFF_LINK, facts), account.ae_email)
        await self._send(item, email)

    async def _send(self, item: WorkItem, email: Email) -> None:
        """Hand it over, or try again. One that may be out is not repeated: whoever wanted it can ask again."""
        try:
            await self._mailer.send(email)
        except TryLater as error:
            raise Postponed(str(error), error.after) from error
        except VendorError as error:
            log.warning("link_not_mailed", kind=item.kind, id=str(item.id), reason=str(error))


def _is_hopeless(item: WorkItem) -> bool:
    if item.attempts <= MOST_ATTEMPTS:
        return False
    log.warning("link_not_mailed", kind=item.kind, id=str(item.id), reason="tried often enough")
    return True


def _email(organization: Organization, message: Notice, recipient: str) -> Email:
    content = system_email(message, organization, (recipient,))
    domain = content.from_address.rpartition("@")[2]
    return Email(message_id=f"<thread.{uuid4()}@{domain}>", **content.model_dump())


def _facts(organization: Organization, account: Account, name: str, link: str) -> NoticeFacts:
    return NoticeFacts(
        company_name=account.company_name, recipient_name=name, organization_name=organization.name, link=link
    )
