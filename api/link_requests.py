"""Who wants a new link? Whoever it is, the answer is the same and takes as long; mail goes to the address on record.

What is left behind is a piece of work that names a contact or an account; a worker makes the link and mails it.
"""

import asyncio
import contextlib
from collections.abc import Iterable
from uuid import UUID

from fastapi import Request
from sqlmodel import col, select

from activities.portal_links import HANDOFF_LINK, OPEN, PORTAL_LINK
from api.deps import Services
from api.handoff_views import AskForHandoffLink, LinkAsked
from api.limits import network
from api.portal_shapes import AskForPortalLink
from api.problems import ApiError
from models.accounts import Account
from models.contacts import Contact
from models.handoffs import Handoff
from models.links import Link, find_link, hash_token
from models.session import Database
from models.work import add_work

ANSWER_SECONDS = 0.3
MOST_AT_ONCE = 10
SENT = LinkAsked(detail="If the address is on record, a new link is on its way to it.")

Keys = list[tuple[UUID, UUID]]
"""Rows by organisation and id."""


async def ask_for_portal(app: Services, request: Request, asked: AskForPortalLink) -> LinkAsked:
    """Have the contacts who are meant mailed a link each."""
    presented = [str(asked.contact_id or ""), asked.token or "", (asked.email or "").lower()]
    _count(app, request, presented)
    async with _Even():
        await _leave_work(app, PORTAL_LINK, await _contacts(app.database, asked))
    return SENT


async def ask_for_handoff(app: Services, request: Request, asked: AskForHandoffLink) -> LinkAsked:
    """Have the account executive mailed a link to each open handoff that is meant."""
    _count(app, request, [asked.token or "", (asked.email or "").lower()])
    async with _Even():
        await _leave_work(app, HANDOFF_LINK, await _handoffs(app.database, asked))
    return SENT


class _Even:
    """Makes an answer take its time, so that how long it takes tells nothing."""

    async def __aenter__(self) -> None:
        self._until = asyncio.get_running_loop().time() + ANSWER_SECONDS

    async def __aexit__(self, *_: object) -> None:
        await asyncio.sleep(max(0, self._until - asyncio.get_running_loop().time()))


def _count(app: Services, request: Request, presented: Iterable[str]) -> None:
    """Raise 429 for too many requests of one address, or about the same person, known or not."""
    app.links_by_address.take(network(request.client.host if request.client else ""))
    for value in presented:
        if value:
            app.links_by_person.take(hash_token(value).hex())


async def _leave_work(app: Services, kind: str, keys: Keys) -> None:
    for org_id, id_ in keys:
        with contextlib.suppress(ApiError):  # asked for by another name too often: no mail, and nobody can tell
            app.links_by_person.take(f"{kind}:{org_id}:{id_}")
            async with app.database.org(org_id) as session:
                await add_work(session, org_id, kind, id_)


async def _contacts(database: Database, asked: AskForPortalLink) -> Keys:
    link = await _link(database, asked.token, "portal_login")
    if link is not None and link.contact_id is not None:
        return [(link.org_id, link.contact_id)]
    email = (asked.email or "").strip().lower()
    presented = str(asked.contact_id or email)
    if not presented:
        return []
    async with database.router(contact=presented) as session:
        query = select(Contact.org_id, Contact.id, Contact.account_id).limit(MOST_AT_ONCE)
        rows = (await session.exec(query)).all()
    if asked.contact_id is None or not email:
        return [(org_id, contact_id) for org_id, contact_id, _ in rows]
    found: Keys = []
    for org_id, _, account_id in rows:
        query_ = select(Contact.id).where(col(Contact.account_id) == account_id, col(Contact.email_norm) == email)
        async with database.org(org_id) as session:
            found.extend((org_id, colleague) for colleague in await session.exec(query_))
    return found


async def _handoffs(database: Database, asked: AskForHandoffLink) -> Keys:
    link = await _link(database, asked.token, "handoff")
    rows = [(link.org_id, link.account_id)] if link else []
    email = (asked.email or "").strip().lower()
    if not rows and email:
        async with database.router(email=email) as session:
            rows = list((await session.exec(select(Account.org_id, Account.id))).all())
    found: Keys = []
    for org_id in {org_id for org_id, _ in rows}:
        query = (
            select(Handoff.account_id)
            .where(
                col(Handoff.account_id).in_([account_id for of, account_id in rows if of == org_id]),
                col(Handoff.status).in_(OPEN),
            )
            .order_by(col(Handoff.updated_at).desc())
        )
        async with database.org(org_id) as session:
            found.extend((org_id, account_id) for account_id in await session.exec(query.limit(MOST_AT_ONCE)))
    return found[:MOST_AT_ONCE]


async def _link(database: Database, token: str | None, purpose: str) -> Link | None:
    """The link of that token, open or not, if it is for that purpose."""
    place = await find_link(database, hash_token(token)) if token else None
    if place is None:
        return None
    async with database.org(place.org_id) as session:
        link = await session.get_one(Link, (place.org_id, place.id))
        return link if link.purpose == purpose else None
