"""Who came by a link, and what may they do? Sessions of customers and account executives, each for one account.

As with members, only the SHA-256 of a cookie's token is kept, and everything is looked up anew for each request.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, update
from sqlmodel import col, select
from starlette.responses import Response

from api.permissions import Permission, may
from domain.actors import Actor
from models.accounts import Account
from models.contacts import Contact
from models.links import Link, find_portal_session, hash_token
from models.portal_sessions import PortalSession
from models.session import AsyncSession, Database

HANDOFF, PORTAL = "handoff", "portal"
COOKIES = {HANDOFF: "__Host-thread_handoff", PORTAL: "__Host-thread_portal"}
LIFETIME = timedelta(days=30)
SEEN_EVERY = timedelta(minutes=1)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """An account executive (who has no contact) or a contact of one account, and the session they came with."""

    org_id: UUID
    account_id: UUID
    session_id: UUID
    contact_id: UUID | None
    email: str
    name: str
    role: str

    def may(self, permission: Permission | None) -> bool:
        """Whether what they are allows it."""
        return may(self.role, permission)

    @property
    def place(self) -> tuple[UUID, UUID]:
        """The organisation and account that `Database.portal` opens for them."""
        return self.org_id, self.account_id

    @property
    def actor(self) -> Actor:
        """The visitor as decisions name them."""
        return Actor(contact_id=self.contact_id, name=self.called)

    @property
    def called(self) -> str:
        """How people know them."""
        return self.name or self.email


async def open_visit(session: AsyncSession, link: Link, kind: str, name: str) -> str:
    """Start a session of 256 random bits for whoever the link let in; returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + LIFETIME
    session.add(
        PortalSession(
            org_id=link.org_id,
            account_id=link.account_id,
            kind=kind,
            link_id=link.id,
            contact_id=link.contact_id,
            email=link.recipient,
            name=name,
            token_hash=hash_token(token),
            expires_at=expires_at,
        )
    )
    return token


async def find_visitor(database: Database, kind: str, token: str | None) -> Visitor | None:
    """Whom the token stands for, if the session is still good; a customer's then lasts another thirty days."""
    if token is None or not _TOKEN.fullmatch(token):
        return None
    found = await find_portal_session(database, hash_token(token))
    if found is None:
        return None
    async with database.org(found.org_id) as session:
        row = (await session.exec(_good(kind).where(col(PortalSession.id) == found.id))).one_or_none()
        if row is None:
            return None
        visit, contact = row
        await _touch(session, visit)
        return Visitor(
            org_id=found.org_id,
            account_id=found.account_id,
            session_id=visit.id,
            contact_id=visit.contact_id,
            email=contact.email if contact else visit.email,
            name=contact.name if contact else visit.name,
            role=contact.role if contact else "ae",
        )


async def end_visit(database: Database, kind: str, token: str | None) -> None:
    """Revoke the token's session, if there is one of that kind."""
    found = await find_portal_session(database, hash_token(token)) if token else None
    if found is not None:
        mine = (col(PortalSession.id) == found.id, col(PortalSession.kind) == kind)
        async with database.org(found.org_id) as session:
            end = update(PortalSession).where(*mine, col(PortalSession.revoked_at).is_(None))
            await session.execute(end.values(revoked_at=func.now()))


def set_visit_cookie(response: Response, kind: str, token: str) -> None:
    """Hand the token to the browser."""
    max_age = int(LIFETIME.total_seconds())
    response.set_cookie(COOKIES[kind], token, max_age=max_age, path="/", secure=True, httponly=True, samesite="lax")


def clear_visit_cookie(response: Response, kind: str) -> None:
    """Take the token back."""
    response.delete_cookie(COOKIES[kind], path="/", secure=True, httponly=True, samesite="lax")


def _good(kind: str) -> Any:
    """Sessions that still stand, with their contact: a contact has to be active, and an executive's link and deal to
    be theirs still."""
    link = and_(col(Link.org_id) == col(PortalSession.org_id), col(Link.id) == col(PortalSession.link_id))
    contact = and_(col(Contact.org_id) == col(PortalSession.org_id), col(Contact.id) == col(PortalSession.contact_id))
    account = and_(col(Account.org_id) == col(PortalSession.org_id), col(Account.id) == col(PortalSession.account_id))
    open_link = and_(
        col(Link.revoked_at).is_(None),
        col(Link.expires_at) > func.now(),
        func.lower(col(Account.ae_email)) == col(Link.recipient),
    )
    return (
        select(PortalSession, Contact)
        .join(Link, link)
        .join(Account, account)
        .outerjoin(Contact, contact)
        .where(
            col(PortalSession.kind) == kind,
            col(PortalSession.revoked_at).is_(None),
            col(PortalSession.expires_at) > func.now(),
            open_link if kind == HANDOFF else col(Contact.active),
        )
    )


async def _touch(session: AsyncSession, visit: PortalSession) -> None:
    seen: dict[str, Any] = {"last_seen_at": func.now()}
    if visit.kind == PORTAL:
        seen["expires_at"] = func.now() + LIFETIME
    await session.execute(
        update(PortalSession)
        .where(col(PortalSession.id) == visit.id, col(PortalSession.last_seen_at) < func.now() - SEEN_EVERY)
        .values(**seen)
        .execution_options(synchronize_session=False)
    )
