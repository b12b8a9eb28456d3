"""Where do the links in our messages lead? The secret stands in the fragment, which is never sent to a server."""

from datetime import timedelta

from models.accounts import Account
from models.links import make_link
from models.session import AsyncSession

HANDOFF_LIFETIME = timedelta(days=60)


async def handoff_link(session: AsyncSession, account: Account, public_url: str) -> str:
    """A new link to the account's handoff, for its AE; it opens until the handoff is submitted."""
    token = await make_link(
        session,
        org_id=account.org_id,
        account_id=account.id,
        purpose="handoff",
        recipient=account.ae_email.lower(),
        lifetime=HANDOFF_LIFETIME,
        max_uses=None,
    )
    return f"{public_url}/h#t={token}"
