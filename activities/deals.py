"""How does a closed deal become an account? The event is a hint: the deal is read again, then copied with a template.

Whatever a person has to look at ends on the attention list with its reason; nothing is dropped.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from email_validator import EmailNotValidError, validate_email
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from activities.accounts import ask_to_start
from activities.dispatcher import Postponed
from domain.invites import with_portal_invite
from domain.plan import Plan, check
from domain.variables import one_line
from integrations.errors import NeedsReconnect, NotFound, Refused, TryLater
from integrations.ports import Company, Crm, Deal, Person
from integrations.ports import Contact as CrmContact
from integrations.vault import Vault
from models.accounts import Account
from models.connections import Connection
from models.contacts import Contact
from models.events import publish
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession, Database
from models.templates import Template, TemplateVersion
from models.webhook_events import WebhookEvent
from models.work import WorkItem

WEBHOOK_EVENT = "webhook_event"
MOST_ATTEMPTS = 8

CrmFactory = Callable[[str, str], Crm]


class Attention(Exception):
    """A person has to look at the deal; the message says why."""


class Deals:
    """Handles deal events of the webhook inbox; `crm` makes a client from an access token and a connection's name."""

    def __init__(self, database: Database, vault: Vault, crm: CrmFactory) -> None:
        self._database = database
        self._vault = vault
        self._crm = crm

    async def handle(self, item: WorkItem) -> None:
        """Bring one event to its end: done, ignored, or on the attention list."""
        try:
            await self._handle(item)
        except Exception as error:
            if item.attempts < MOST_ATTEMPTS:
                raise
            await self._close(item, "attention", f"Gave up after {item.attempts} attempts: {error or repr(error)}")

    async def _handle(self, item: WorkItem) -> None:
        found = await self._open(item)
        if found is None:
            return
        event, connection, token = found
        try:
            deal = await self._crm(token, connection.label or connection.provider).deal(str(event.body["objectId"]))
        except TryLater as error:
            raise Postponed(str(error), error.after) from error
        except NotFound:
            await self._close(item, "attention", f"{connection.label} no longer has this deal.")
        except NeedsReconnect as error:
            await self._close(item, "attention", f"{error}.", reconnect=True)
        except Refused as error:
            await self._close(item, "attention", f"{connection.label} refused to show this deal: {error.reason}")
        else:
            await self._decide(item, connection, deal)

    async def _open(self, item: WorkItem) -> tuple[WebhookEvent, Connection, str] | None:
        async with self._database.org(item.org_id) as session:
            event = await session.get(WebhookEvent, (item.org_id, item.id))
            if event is None or event.status != "pending":
                return None
            event.attempts += 1
            connection = await session.get_one(Connection, (item.org_id, event.connection_id))
            secret = await self._vault.get(session, item.org_id, connection.provider, connection.id, "access_token")
            return event, connection, secret.reveal()

    async def _decide(self, item: WorkItem, connection: Connection, deal: Deal) -> None:
        if not deal.is_won:
            await self._close(item, "ignored", f"The deal is in stage {deal.stage}, which is not a won stage.")
            return
        try:
            async with self._database.org(item.org_id) as session:
                account_id = await _account_of(session, item.org_id, connection, deal)
                await _finish(session, item, "done", "", account_id)
        except Attention as reason:
            await self._close(item, "attention", str(reason))

    async def _close(self, item: WorkItem, status: str, reason: str, *, reconnect: bool = False) -> None:
        async with self._database.org(item.org_id) as session:
            event = await _finish(session, item, status, reason, None)
            if reconnect:
                connection = await session.get_one(Connection, (item.org_id, event.connection_id))
                connection.status = "needs_reconnect"


async def _finish(
    session: AsyncSession, item: WorkItem, status: str, reason: str, account_id: UUID | None
) -> WebhookEvent:
    event = await session.get_one(WebhookEvent, (item.org_id, item.id))
    event.status, event.reason, event.account_id = status, reason, account_id
    event.handled_at = datetime.now(UTC)
    await publish(session, item.org_id, kind=f"webhook_event.{status}", entity="webhook_event", entity_id=item.id)
    return event


async def _account_of(session: AsyncSession, org_id: UUID, connection: Connection, deal: Deal) -> UUID:
    """The deal's account, opened now when there is none: PostgreSQL keeps a second one out."""
    version = await _template_version(session, connection)
    account = Account(
        org_id=org_id,
        csm_id=await _default_csm(session, org_id),
        crm_provider=connection.provider,
        crm_connection_id=connection.id,
        crm_deal_id=deal.id,
        template_id=version.template_id,
        template_version_id=version.id,
        plan=with_portal_invite(Plan.model_validate(version.config)).model_dump(mode="json"),
        **_facts(deal),
    )
    row = account.model_dump(exclude={"created_at", "updated_at"})
    conflict = ["org_id", "crm_connection_id", "crm_deal_id"]
    inserted = await session.execute(
        insert(Account).values(row).on_conflict_do_nothing(index_elements=conflict).returning(col(Account.id))
    )
    if inserted.scalar_one_or_none() is None:
        return await _existing(session, connection, deal)
    session.add_all(_contacts(account, deal))
    await ask_to_start(session, org_id, account.id)
    return account.id


def _facts(deal: Deal) -> dict[str, Any]:
    """The account's fields that come from the CRM."""
    contact = _contact(deal)
    company = deal.company or Company(id="", name=deal.name)
    owner = deal.owner or Person(name="")
    return {
        "company_name": one_line(company.name) or one_line(deal.name),
        "contact_name": one_line(contact.name),
        "contact_email": contact.email,
        "contact_email_norm": contact.email.lower(),
        "arr_minor": deal.amount_minor,
        "currency": deal.currency,
        "close_date": deal.close_date,
        "industry": company.industry,
        "size": company.size,
        "website": company.website,
        "notes": deal.notes,
        "ae_name": one_line(owner.name),
        "ae_email": owner.email,
        "crm_company_id": company.id or None,
    }


async def _existing(session: AsyncSession, connection: Connection, deal: Deal) -> UUID:
    found = await session.exec(
        select(Account.id).where(Account.crm_connection_id == connection.id, Account.crm_deal_id == deal.id)
    )
    return found.one()


async def _template_version(session: AsyncSession, connection: Connection) -> TemplateVersion:
    query = (
        select(TemplateVersion)
        .join(Template, col(Template.id) == col(TemplateVersion.template_id))
        .where(col(Template.archived_at).is_(None))
        .order_by(col(Template.created_at), col(Template.id), col(TemplateVersion.number).desc())
        .limit(1)
    )
    if connection.template_id:
        query = query.where(Template.id == connection.template_id)
    version = (await session.exec(query)).first()
    if version is None:
        raise Attention("There is no published template to start from.")
    check(Plan.model_validate(version.config))
    return version


async def _default_csm(session: AsyncSession, org_id: UUID) -> UUID:
    organization = await session.get_one(Organization, org_id)
    csm = await session.get(Member, (org_id, organization.default_csm_id)) if organization.default_csm_id else None
    if csm is None or not csm.active:
        raise Attention("The organisation has no active default CSM.")
    return csm.id


def _contact(deal: Deal) -> CrmContact:
    """The first contact that can be written to."""
    if not deal.contacts:
        raise Attention("The deal has no contact.")
    reachable = _reachable(deal)
    if not reachable:
        raise Attention("None of the deal's contacts has a valid e-mail address.")
    return reachable[0]


def _reachable(deal: Deal) -> list[CrmContact]:
    """Contacts with a valid e-mail address, each address once."""
    by_address: dict[str, CrmContact] = {}
    for contact in deal.contacts:
        try:
            validate_email(contact.email, check_deliverability=False)
        except EmailNotValidError:
            continue
        by_address.setdefault(contact.email.lower(), contact)
    return list(by_address.values())


def _contacts(account: Account, deal: Deal) -> list[Contact]:
    """The account's people: the first may invite others, all may act."""
    return [
        Contact(
            org_id=account.org_id,
            account_id=account.id,
            name=one_line(person.name),
            email=person.email,
            email_norm=person.email.lower(),
            title=one_line(person.title),
            role="portal_member" if position else "portal_admin",
        )
        for position, person in enumerate(_reachable(deal))
    ]
