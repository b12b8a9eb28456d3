"""Was this already sent, may it be sent now? One row a decision, claimed before the call: at most one send each.

intended ─claim─► claimed ─confirmed─► sent
   ▲                 ├─ definite failure, to be tried again ─► intended
   │                 ├─ definite failure for good ───────────► failed ─retry─► claimed
   │                 └─ no answer, or the worker died ───────► uncertain ─a person─► sent | failed
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from domain.commands import Execute
from domain.messages import Request
from models.sends import Send
from models.session import AsyncSession, Database

LOST_TRACK = "Thread was interrupted while sending, so it is not known whether the message left."


@dataclass(frozen=True)
class Claim:
    """The right to send, held by one attempt; a slower attempt with an older claim can no longer speak for the row."""

    org_id: UUID
    send_id: UUID
    claim_id: UUID
    message_id: str


async def open_send(session: AsyncSession, request: Request[Execute], domain: str) -> Send:
    """The decision's row, locked for this transaction; made when this is the first attempt."""
    command = request.command
    row = {
        "org_id": request.org_id,
        "id": uuid4(),
        "account_id": request.account_id,
        "action_key": command.action,
        "decision_id": command.decision_id,
        "content_hash": command.content_hash,
        "message_id": f"<thread.{command.decision_id}.0@{domain}>",
    }
    await session.execute(insert(Send).values(row).on_conflict_do_nothing())
    found = await session.exec(
        select(Send)
        .where(Send.account_id == request.account_id, Send.action_key == command.action)
        .where(Send.decision_id == command.decision_id, Send.occurrence == 0)
        .with_for_update()
    )
    return found.one()


def claim(send: Send) -> Claim:
    """Take the row for one attempt; the caller's transaction makes it so."""
    send.status = "claimed"
    send.claim_id = uuid4()
    send.claimed_at = send.updated_at = datetime.now(UTC)
    send.attempt += 1
    return Claim(org_id=send.org_id, send_id=send.id, claim_id=send.claim_id, message_id=send.message_id)


def lose_track(send: Send, reason: str = LOST_TRACK) -> None:
    """An earlier attempt claimed the row and never said how it ended."""
    send.status = "uncertain"
    send.error = reason
    send.updated_at = datetime.now(UTC)


async def conclude(database: Database, held: Claim, status: str, *, provider_ref: str = "", error: str = "") -> None:
    """Write how the attempt ended, unless another attempt has claimed the row since.

    A confirmation that comes late still counts: it turns `uncertain` into `sent`.
    """
    now = datetime.now(UTC)
    values = {"status": status, "provider_ref": provider_ref, "error": error, "updated_at": now}
    if status == "sent":
        values["sent_at"] = now
    open_to = ("claimed", "uncertain") if status == "sent" else ("claimed",)
    async with database.org(held.org_id) as session:
        await session.execute(
            update(Send)
            .where(col(Send.id) == held.send_id, col(Send.claim_id) == held.claim_id, col(Send.status).in_(open_to))
            .values(**values)
        )
