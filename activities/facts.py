"""What an account's variables and recipients are made of, read from the account, its CSM and its organisation."""

from sqlmodel import col, select

from domain.drafts import Facts
from models.accounts import Account
from models.contacts import Contact
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession


async def load_facts(session: AsyncSession, account: Account, milestone_name: str, public_url: str) -> Facts:
    """The facts as of this transaction; a fact that is unknown is an empty text."""
    organization = (await session.exec(select(Organization))).one()
    csm = await session.get(Member, (account.org_id, account.csm_id)) if account.csm_id else None
    csm_name, csm_email = (csm.name, csm.email_norm) if csm else ("", "")
    sender = organization.support_email or csm_email
    return Facts(
        values={
            "arr": money(account.arr_minor, account.currency),
            "company_name": account.company_name,
            "contact_first_name": account.contact_name.split(" ")[0],
            "contact_name": account.contact_name,
            "csm_email": csm_email,
            "csm_name": csm_name,
            "go_live_date": account.go_live_target.isoformat() if account.go_live_target else "",
            "milestone_name": milestone_name,
            "organization_name": organization.name,
            "portal_url": await _portal_url(session, account, public_url),
            "segment": account.segment,
            **{f"custom.{name}": str(value) for name, value in account.custom.items()},
        },
        primary_contact=account.contact_email,
        sender_name=csm_name or organization.name,
        sender_address=sender,
        reply_to=csm_email or sender,
    )


async def _portal_url(session: AsyncSession, account: Account, public_url: str) -> str:
    """The primary contact's address of the portal: it says who they are, and opens nothing by itself."""
    found = await session.exec(
        select(Contact.id).where(
            Contact.account_id == account.id, Contact.email_norm == account.contact_email_norm, col(Contact.active)
        )
    )
    contact_id = found.first()
    return f"{public_url}/p/{contact_id}" if contact_id else ""


def money(minor: int | None, currency: str) -> str:
    """An amount for people; empty when it is not known."""
    if minor is None:
        return ""
    return f"{minor / 100:,.0f} {currency}" if minor % 100 == 0 else f"{minor / 100:,.2f} {currency}"
