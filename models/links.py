"""Which links have we mailed, and what does each open? A link is as good as its token, so only its hash is kept."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, func, or_, update
from sqlmodel import Field, col, select

from models.columns import MOMENT, Row, belongs_to, moment, number, one_of, owned_by_organization, stamp
from models.portal_sessions import PortalSession
from models.session import AsyncSession, Database

_TOKEN_BYTES = 32


class Link(Row, table=True):
    """A way in for one recipient, to one account, for one purpose. `max_uses` None: any number until it expires."""

    __tablename__ = "links"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("accounts", "account_id"),
        belongs_to("contacts", "contact_id"),
        UniqueConstraint("org_id", "token_hash"),
        one_of("purpose", "handoff", "portal_login"),
        Index("links_account_idx", "org_id", "account_id", "purpose"),
        # The router looks a token up before it knows the organisation.
        Index("links_token_idx", "token_hash"),
    )

    account_id: UUID
    purpose: str = Field(sa_type=Text)
    recipient: str = Field(sa_type=Text)
    contact_id: UUID | None = None
    token_hash: bytes
    expires_at: datetime = Field(sa_type=MOMENT)
    max_uses: int | None = None
    uses: int = number()
    revoked_at: datetime | None = moment()
    created_at: datetime = stamp()


class Found(NamedTuple):
    """Where a presented token leads: the row `id` of one account."""

    org_id: UUID
    account_id: UUID
    id: UUID


def hash_token(token: str) -> bytes:
    """What is kept of a token. It takes any text, as a stranger may present any."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


async def make_link(
    session: AsyncSession,
    *,
    org_id: UUID,
    account_id: UUID,
    purpose: str,
    recipient: str,
    contact_id: UUID | None = None,
    lifetime: timedelta,
    max_uses: int | None,
) -> str:
    """Add a link that opens now and for `lifetime`, and return its token, which is nowhere else."""
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    link = Link(
        org_id=org_id,
        account_id=account_id,
        purpose=purpose,
        recipient=recipient,
        contact_id=contact_id,
        token_hash=hash_token(token),
        # The clock that redeeming looks at.
        expires_at=await session.scalar(select(func.clock_timestamp() + lifetime)),
        max_uses=max_uses,
    )
    session.add(link)
    await session.flush()
    return token


async def redeem(session: AsyncSession, token_hash: bytes, purpose: str) -> Link | None:
    """Use the link once, if it opens this at all; None when it is expired, used up, revoked or unknown.

    One statement decides, under the row's lock: of any number that come at once, no more than `max_uses` get in.
    """
    use = (
        update(Link)
        .where(
            col(Link.token_hash) == token_hash,
            col(Link.purpose) == purpose,
            or_(col(Link.max_uses).is_(None), col(Link.uses) < col(Link.max_uses)),
            col(Link.revoked_at).is_(None),
            col(Link.expires_at) > func.clock_timestamp(),
        )
        .values(uses=Link.uses + 1)
        .returning(Link)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return (await session.execute(use)).scalar_one_or_none()


async def revoke_links(session: AsyncSession, account_id: UUID, purpose: str) -> int:
    """Close the account's open links of that purpose, and say how many there were. Who is in already stays in."""
    close = (
        update(Link)
        .where(
            col(Link.account_id) == account_id,
            col(Link.purpose) == purpose,
            col(Link.revoked_at).is_(None),
        )
        .values(revoked_at=func.clock_timestamp())
        .returning(col(Link.id))
        .execution_options(synchronize_session=False)
    )
    return len((await session.execute(close)).all())


async def find_link(database: Database, token_hash: bytes) -> Found | None:
    """Whose link this is, open or not; None when it is nobody's."""
    return await _find(database, Link, token_hash)


async def find_portal_session(database: Database, token_hash: bytes) -> Found | None:
    """Whose browser session this is, ended or not; None when it is nobody's."""
    return await _find(database, PortalSession, token_hash)


async def _find(database: Database, table: type[Link] | type[PortalSession], token_hash: bytes) -> Found | None:
    async with database.router(token_hash=token_hash) as session:
        query = select(table.org_id, table.account_id, table.id).where(col(table.token_hash) == token_hash)
        row = (await session.exec(query)).one_or_none()
    return Found(*row) if row else None
