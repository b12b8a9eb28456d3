"""A row in each table that customers and account executives reach, for one account."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

from models.contacts import Contact
from models.drafts import Draft
from models.forms import FormDraft, PortalRequest, Submission
from models.handoffs import Handoff, HandoffAnswer
from models.links import Link
from models.portal_sessions import PortalSession
from models.session import AsyncSession, Database
from tests.conftest import OrgFactory
from tests.models.rows import add_account

LATER = datetime.now(UTC) + timedelta(hours=1)
ACTION = "details"


class Place(NamedTuple):
    """One account of one organisation: what a portal session is opened for."""

    org_id: UUID
    account_id: UUID


async def make_places(database: Database, org: OrgFactory) -> list[Place]:
    """Two accounts of one organisation, and in another one two with the same ids. Each has all its rows."""
    accounts = [uuid4(), uuid4()]
    places = []
    for tenant in (await org(), await org()):
        for account_id in accounts:
            async with database.org(tenant.org_id) as session:
                await add_account(session, tenant.org_id, id=account_id, csm_id=tenant.member_id)
            places.append(Place(tenant.org_id, account_id))
            await fill(database, places[-1])
    return places


async def fill(database: Database, place: Place) -> None:
    """Add one row to each of the account's tables, each written by the role that writes it in the product."""
    async with database.org(place.org_id) as session:
        draft_id = await _fill_as_app(session, place)
    async with database.portal(*place) as session:
        session.add(FormDraft(**place._asdict(), action_key=ACTION, values={"seats": 60}))
        sent = Submission(
            **place._asdict(), action_key=ACTION, values={"seats": 60}, values_hash="-", draft_id=draft_id
        )
        session.add(sent)


async def _fill_as_app(session: AsyncSession, place: Place) -> UUID:
    keys = place._asdict()
    email = f"{uuid4().hex}@customer.example"
    contact = Contact(**keys, name="Maya", email=email, email_norm=email)
    draft = Draft(**keys, action_key=ACTION, origin="template", content={}, content_hash="-")
    link = Link(**keys, purpose="portal_login", recipient=email, token_hash=uuid4().bytes, expires_at=LATER)
    into = PortalSession(
        **keys, kind="portal", link_id=link.id, email=email, token_hash=uuid4().bytes, expires_at=LATER
    )
    session.add_all([contact, draft, link, into, Handoff(**keys, questions=[])])
    session.add(HandoffAnswer(**keys, question="goals", origin="template"))
    session.add(PortalRequest(**keys, action_key=ACTION, type="COLLECT_INFO", draft_id=draft.id, content={}))
    await session.flush()
    return draft.id
