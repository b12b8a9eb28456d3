"""What has just changed? The feed behind live screens, numbered per organisation without gaps."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Text, text
from sqlmodel import Field

from models.columns import Owned, number, owned_by_organization, stamp
from models.session import AsyncSession

CHANNEL = "thread_events"


class LiveEvent(Owned, table=True):
    """Something changed. Ids count up from 1 in each organisation, in the order of commits."""

    __tablename__ = "live_events"
    __table_args__ = (owned_by_organization(),)

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    kind: str = Field(sa_type=Text)
    entity: str = Field(sa_type=Text)
    entity_id: str = Field(sa_type=Text)
    account_id: UUID | None = None
    revision: int = number()
    at: datetime = stamp()


# The organisation's row stays locked until the commit: a sequence would number in another order than commits happen,
# and a reader that has seen 7 would never look for a late 6.
_NUMBER = text("UPDATE organizations SET event_seq = event_seq + 1 WHERE org_id = :org_id RETURNING event_seq")
_INSERT = text(
    """
    INSERT INTO live_events (org_id, id, kind, entity, entity_id, account_id, revision, at)
    VALUES (:org_id, :id, :kind, :entity, :entity_id, :account_id, :revision, clock_timestamp())
    """
)
_NOTIFY = text("SELECT pg_notify(:channel, :org_id)")


async def publish(
    session: AsyncSession,
    org_id: UUID,
    *,
    kind: str,
    entity: str,
    entity_id: UUID | str,
    account_id: UUID | None = None,
    revision: int = 0,
) -> int:
    """Add an event and return its number. Call last in a transaction: it holds the organisation's row until then."""
    await session.flush()
    number_ = (await session.execute(_NUMBER, {"org_id": org_id})).scalar_one()
    event = {"org_id": org_id, "id": number_, "kind": kind, "entity": entity, "entity_id": str(entity_id)}
    await session.execute(_INSERT, {**event, "account_id": account_id, "revision": revision})
    await session.execute(_NOTIFY, {"channel": CHANNEL, "org_id": str(org_id)})
    return int(number_)
