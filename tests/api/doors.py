"""The ways in for people without a seat: links, and browsers that came by one."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from api.app import Api
from domain.handoffs import Question, default_questions
from domain.plan import Plan, outline
from domain.portal import PortalView, portal_view
from domain.state import AccountStatus, begin
from models.accounts import Account
from models.actions import Action
from models.contacts import Contact
from models.drafts import Draft
from models.forms import PortalRequest
from models.handoffs import Handoff, HandoffAnswer
from models.links import make_link
from models.session import Database
from tests.api.conftest import visitor
from tests.conftest import Tenant
from tests.domain.plans import email, form, plan
from tests.rows import make_account

TEN_MINUTES, SIXTY_DAYS = timedelta(minutes=10), timedelta(days=60)
FORM = form("details").content.form


def stranger(app: Api) -> httpx.AsyncClient:
    """A browser at an address of its own, so that no two tests share what they may try."""
    return visitor(app, ".".join(str(random.randint(1, 254)) for _ in range(4)))


async def account_with_handoff(
    database: Database,
    tenant: Tenant,
    status: str = "OPEN",
    *,
    forms: Sequence[str] = ("details",),
    questions: Sequence[Question] = default_questions(),
    **facts: Any,
) -> UUID:
    """An account of an AE, with draft answers to the handoff's questions. No workflow runs."""
    facts = {"ae_name": "Ada Kim", "ae_email": f"Ada.{uuid4().hex}@sales.example"} | facts
    account_id = await make_account(database, tenant, plan([email("welcome"), *(form(key) for key in forms)]), **facts)
    keys: dict[str, Any] = {"org_id": tenant.org_id, "account_id": account_id}
    rows = [HandoffAnswer(**keys, question=q.key, value="Not known yet.", origin="template") for q in questions]
    async with database.org(tenant.org_id) as session:
        session.add(Handoff(**keys, questions=[q.model_dump(mode="json") for q in questions], status=status))
        session.add_all(rows)
    return account_id


async def add_contact(database: Database, tenant: Tenant, account_id: UUID, **values: Any) -> Contact:
    """A person of the account at the customer."""
    address = f"Dana.{uuid4().hex}@bluefern.example"
    values = {"name": "Dana Reyes", "email": address} | values
    values["email_norm"] = values["email"].lower()
    async with database.org(tenant.org_id) as session:
        contact = Contact(org_id=tenant.org_id, account_id=account_id, **values)
        session.add(contact)
    return contact


async def handoff_token(
    database: Database, tenant: Tenant, account_id: UUID, lifetime: timedelta = SIXTY_DAYS, **values: Any
) -> str:
    """The secret of a link as it is mailed to the account's AE."""
    async with database.org(tenant.org_id) as session:
        account = await session.get_one(Account, (tenant.org_id, account_id))
        link: dict[str, Any] = {"purpose": "handoff", "recipient": account.ae_email.lower(), "max_uses": None} | values
        return await make_link(session, org_id=tenant.org_id, account_id=account_id, lifetime=lifetime, **link)


async def portal_token(database: Database, contact: Contact, lifetime: timedelta = TEN_MINUTES, **values: Any) -> str:
    """The secret of a link as it is mailed to a contact."""
    async with database.org(contact.org_id) as session:
        link: dict[str, Any] = {"purpose": "portal_login", "recipient": contact.email_norm, "max_uses": 1} | values
        return await make_link(
            session,
            org_id=contact.org_id,
            account_id=contact.account_id,
            contact_id=contact.id,
            lifetime=lifetime,
            **link,
        )


async def as_executive(app: Api, database: Database, tenant: Tenant, account_id: UUID) -> httpx.AsyncClient:
    """A browser that came by the AE's link."""
    browser = stranger(app)
    token = await handoff_token(database, tenant, account_id)
    assert (await browser.post("/handoff-api/session", json={"token": token})).status_code == 204
    return browser


async def as_customer(app: Api, database: Database, contact: Contact) -> httpx.AsyncClient:
    """A browser that came by a contact's log-in link."""
    browser = stranger(app)
    token = await portal_token(database, contact)
    assert (await browser.post("/portal-api/session", json={"token": token})).status_code == 204
    return browser


async def record_portal(database: Database, tenant: Tenant, account_id: UUID, **of: Any) -> PortalView:
    """What the account's customer saw ten minutes ago, as if its workflow had recorded it."""
    async with database.org(tenant.org_id) as session:
        account = await session.get_one(Account, (tenant.org_id, account_id))
        state = begin(
            org_id=tenant.org_id,
            account_id=account_id,
            outline=outline(Plan.model_validate(account.plan)),
            recall_seconds=0,
        )
        view = portal_view(state).model_copy(update={"status": AccountStatus.ACTIVE, "progress": 40} | of)
        account.portal = view.model_dump(mode="json")
        account.portal_at = datetime.now(UTC) - timedelta(minutes=10)
    return view


async def open_form(database: Database, tenant: Tenant, account_id: UUID, key: str = "details", **of: Any) -> Action:
    """The rows of a form that was approved and sent, as if its workflow had recorded it."""
    keys: dict[str, Any] = {"org_id": tenant.org_id, "account_id": account_id}
    draft = Draft(**keys, action_key=key, revision=1, origin="template", content={}, content_hash="0" * 64)
    request = PortalRequest(
        **keys,
        action_key=key,
        type="COLLECT_INFO",
        draft_id=draft.id,
        content=FORM.model_dump(mode="json"),
    )
    action = Action(
        **keys,
        key=key,
        milestone_key="m0",
        position=1,
        type="COLLECT_INFO",
        label=key.title(),
        draft_id=draft.id,
        draft_revision=1,
        content_hash=draft.content_hash,
        **{"status": "EXECUTED", "response": "awaiting"} | of,
    )
    async with database.org(tenant.org_id) as session:
        session.add_all([draft, request, action])
    return action
