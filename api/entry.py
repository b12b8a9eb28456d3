"""Does this link open? A click redeems it; nothing else does, so that scanners and previews use nothing up."""

from fastapi import Request
from sqlmodel import select

from api.deps import Services
from api.handoff_reads import ENDED
from api.limits import network
from api.problems import ApiError
from api.visitors import HANDOFF, PORTAL, open_visit
from models.accounts import Account
from models.contacts import Contact
from models.handoffs import Handoff
from models.links import Link, find_link, hash_token, redeem
from models.session import AsyncSession

PURPOSES = {HANDOFF: "handoff", PORTAL: "portal_login"}
_DETAILS = {
    "expired": "This link has expired. Ask for a new one.",
    "used": "This link was used already. Ask for a new one.",
    # A link that never was, one cut short by a mail program, and one for something else look alike.
    "unknown": "This link does not open anything. It may be incomplete: ask for a new one.",
}
_SUBMITTED = "This handoff was submitted already."


async def enter(app: Services, request: Request, kind: str, token: str) -> str:
    """The token of a new session of that kind; raises 410 with the reason `expired`, `used` or `unknown`."""
    address = network(request.client.host if request.client else "")
    app.tokens_by_address.take(address)
    found = await find_link(app.database, hash_token(token))
    if found is None:
        raise _gone("unknown")
    async with app.database.org(found.org_id) as session:
        visit = await _redeem(session, kind, hash_token(token))
    app.tokens_by_address.give_back(address)
    return visit


async def _redeem(session: AsyncSession, kind: str, token_hash: bytes) -> str:
    """Use the link and open the session in one transaction: a refusal uses nothing up."""
    link = await redeem(session, token_hash, PURPOSES[kind])
    if link is None:
        raise await _why(session, kind, token_hash)
    account = await session.get_one(Account, (link.org_id, link.account_id))
    if kind == HANDOFF:
        if account.ae_email.lower() != link.recipient:
            raise _gone("expired")
        handoff = await session.get(Handoff, (link.org_id, link.account_id))
        if handoff is not None and handoff.status in ENDED:
            raise _gone("used", _SUBMITTED)
        return await open_visit(session, link, kind, account.ae_name)
    contact = await session.get(Contact, (link.org_id, link.contact_id)) if link.contact_id else None
    if contact is None or not contact.active or contact.email_norm != link.recipient:
        raise _gone("expired")
    return await open_visit(session, link, kind, contact.name)


async def _why(session: AsyncSession, kind: str, token_hash: bytes) -> ApiError:
    link = (await session.exec(select(Link).where(Link.token_hash == token_hash))).one_or_none()
    if link is None or link.purpose != PURPOSES[kind]:
        return _gone("unknown")
    if link.max_uses is not None and link.uses >= link.max_uses:
        return _gone("used")
    return _gone("expired")


def _gone(reason: str, detail: str = "") -> ApiError:
    return ApiError(410, reason, detail or _DETAILS[reason])
