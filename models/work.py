"""What is to be done soon, in any organisation? A content-free table that a worker may claim from without a tenant."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from models.columns import Owned, number, owned_by_organization, stamp
from models.session import AsyncSession, Database

CHANNEL = "thread_work"


class Work(Owned, table=True):
    """A reminder that row `id` of `kind` wants handling from `due` on. Holds no content of the organisation."""

    __tablename__ = "work"
    __table_args__ = (owned_by_organization(), Index("work_due_idx", "due"))

    kind: str = Field(primary_key=True, sa_type=Text)
    id: UUID = Field(primary_key=True)
    due: datetime = stamp()
    attempts: int = number()


@dataclass(frozen=True)
class WorkItem:
    """A claimed piece of work; it is the claimer's alone until `due`, the end of the lease."""

    org_id: UUID
    kind: str
    id: UUID
    due: datetime
    attempts: int


_ADD = text(
    """
    INSERT INTO work (org_id, kind, id, due) VALUES (:org_id, :kind, :id, coalesce(:due, now()))
    ON CONFLICT (org_id, kind, id) DO UPDATE SET due = least(work.due, excluded.due), attempts = 0
    """
)
_CLAIM = text(
    """
    WITH next AS (
        SELECT org_id, kind, id FROM work WHERE due <= now() ORDER BY due LIMIT :limit FOR UPDATE SKIP LOCKED
    )
    UPDATE work SET due = clock_timestamp() + :lease, attempts = work.attempts + 1
    FROM next WHERE (work.org_id, work.kind, work.id) = (next.org_id, next.kind, next.id)
    RETURNING work.org_id, work.kind, work.id, work.due, work.attempts
    """
)
_FINISH = text("DELETE FROM work WHERE org_id = :org_id AND kind = :kind AND id = :id AND due = :due")
_POSTPONE = text("UPDATE work SET due = :until WHERE org_id = :org_id AND kind = :kind AND id = :id AND due = :due")
_NOTIFY = text("SELECT pg_notify(:channel, '')")


async def add_work(
    session: AsyncSession,
    org_id: UUID,
    kind: str,
    id: UUID,  # noqa: A002  (it is the row's id, as in the table)
    due: datetime | None = None,
) -> None:
    """Ask for row `id` of `kind` to be handled at `due`, now when None; asking again only makes it sooner.

    Work that is claimed at this moment comes up again: what its claimer read may be older than this request.
    """
    await session.execute(_ADD, {"org_id": org_id, "kind": kind, "id": id, "due": due})
    await session.execute(_NOTIFY, {"channel": CHANNEL})


async def claim_work(database: Database, limit: int, lease_seconds: float) -> list[WorkItem]:
    """Take up to `limit` due pieces, oldest first. A claimer that dies loses them when the lease ends."""
    async with database.router() as session:
        lease = timedelta(seconds=lease_seconds)
        rows = await session.execute(_CLAIM, {"limit": limit, "lease": lease})
        return [WorkItem(*row) for row in rows]


async def finish_work(session: AsyncSession, item: WorkItem) -> None:
    """Remove handled work; leaves it when it was asked for again, or claimed by another, since."""
    await session.execute(_FINISH, _key(item))


async def postpone_work(session: AsyncSession, item: WorkItem, due: datetime) -> None:
    """Put work back until `due`; leaves it when it was asked for again, or claimed by another, since."""
    await session.execute(_POSTPONE, {**_key(item), "until": due})


def _key(item: WorkItem) -> dict[str, object]:
    return {"org_id": item.org_id, "kind": item.kind, "id": item.id, "due": item.due}
