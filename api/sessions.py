"""Which member does a cookie stand for? Opaque tokens, of which the database knows only the SHA-256.

Everything is looked up anew for each request: a revoked session, a changed role or a deactivated member count at once.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, update
from sqlmodel import col, select
from starlette.responses import Response

from api.permissions import Permission, may
from domain.actors import Actor
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession, Database
from models.sessions import MemberSession

COOKIE = "__Host-thread_session"
IDLE = timedelta(hours=12)
ABSOLUTE = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Caller:
    """An active member, their organisation, and the session they came with."""

    session_id: UUID
    member: Member
    organization: Organization

    @property
    def org_id(self) -> UUID:
        """The tenant of everything this caller may touch."""
        return self.organization.org_id

    def may(self, permission: Permission | None) -> bool:
        """Whether the caller's role allows it."""
        return may(self.member.role, permission)

    @property
    def actor(self) -> Actor:
        """The caller as decisions name them."""
        return Actor(member_id=self.member.id, name=self.member.name)


async def open_session(session: AsyncSession, member: Member) -> str:
    """Start a session of 256 random bits; returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    expires_at = datetime.now(UTC) + ABSOLUTE
    session.add(
        MemberSession(org_id=member.org_id, member_id=member.id, token_hash=_hash(token), expires_at=expires_at)
    )
    return token


async def find_caller(database: Database, token: str | None) -> Caller | None:
    """Whom the token stands for, if its session is still good."""
    key = await _session_key(database, token)
    if key is None:
        return None
    org_id, session_id = key
    async with database.org(org_id) as session:
        query = (
            select(Member, Organization)
            .join(MemberSession, col(MemberSession.member_id) == col(Member.id))
            .join(Organization, col(Organization.org_id) == col(Member.org_id))
            .where(col(MemberSession.id) == session_id, col(Member.active), *_good())
        )
        found = (await session.exec(query)).one_or_none()
        if found is None:
            return None
        await session.execute(
            update(MemberSession)
            .where(col(MemberSession.id) == session_id, col(MemberSession.last_seen_at) < func.now() - SEEN_EVERY)
            .values(last_seen_at=func.now())
        )
        return Caller(session_id, *found)


async def is_good(database: Database, caller: Caller) -> bool:
    """Whether the session and its member still stand; long-lived answers ask now and then."""
    async with database.org(caller.org_id) as session:
        query = (
            select(MemberSession.id)
            .join(Member, col(Member.id) == col(MemberSession.member_id))
            .where(col(MemberSession.id) == caller.session_id, col(Member.active), *_good())
        )
        return (await session.exec(query)).one_or_none() is not None


async def end_session(database: Database, token: str | None) -> None:
    """Revoke the token's session, if there is one."""
    key = await _session_key(database, token)
    if key is not None:
        async with database.org(key[0]) as session:
            await session.execute(
                update(MemberSession)
                .where(col(MemberSession.id) == key[1], col(MemberSession.revoked_at).is_(None))
                .values(revoked_at=func.now())
            )


def set_cookie(response: Response, token: str) -> None:
    """Hand the token to the browser."""
    max_age = int(ABSOLUTE.total_seconds())
    response.set_cookie(COOKIE, token, max_age=max_age, path="/", secure=True, httponly=True, samesite="lax")


def clear_cookie(response: Response) -> None:
    """Take the token back."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _good() -> tuple[ColumnElement[bool], ...]:
    return (
        col(MemberSession.revoked_at).is_(None),
        col(MemberSession.expires_at) > func.now(),
        col(MemberSession.last_seen_at) > func.now() - IDLE,
    )


async def _session_key(database: Database, token: str | None) -> tuple[UUID, UUID] | None:
    if token is None or not _TOKEN.fullmatch(token):
        return None
    token_hash = _hash(token)
    async with database.router(token_hash=token_hash) as session:
        query = select(MemberSession.org_id, MemberSession.id).where(MemberSession.token_hash == token_hash)
        return (await session.exec(query)).one_or_none()
