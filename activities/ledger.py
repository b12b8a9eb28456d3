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


@dataclass(frozen=True)
class SendKey:
    """What a row stands for: one message of one decision about one action (or one notice)."""

    org_id: UUID
    account_id: UUID
    action: str
    decision_id: UUID


async def open_send(session: AsyncSession, key: SendKey, *, content_hash: str, domain: str) -> Send:
    """The row, locked for this transaction; made when this is the first attempt.

    A row that an earlier attempt claimed and never concluded is uncertain from here on.
    """
    row = {
        "org_id": key.org_id,
        "id": uuid4(),
        "account_id": key.account_id,
        "action_key": key.action,
        "decision_id": key.decision_id,
        "content_hash": content_hash,
        "message_id": f"<thread.{key.decision_id}.0@{domain}>",
    }
    await session.execute(insert(Send).values(row).on_conflict_do_nothing())
    send = await find_send(session, key)
    if send.status == "claimed":
        send.status, send.error, send.updated_at = "uncertain", LOST_TRACK, datetime.now(UTC)
    return send


async def find_send(session: AsyncSession, key: SendKey) -> Send:
    """The row that is there, locked for this transaction."""
    found = await session.exec(
        select(Send)
        .where(Send.account_id == key.account_id, Send.action_key == key.action)
        .where(Send.decision_id == key.decision_id, Send.occurrence == 0)
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
