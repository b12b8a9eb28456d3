"""Rows that tests of several layers need: a template and an account made from a plan."""

from typing import Any
from uuid import UUID, uuid4

from domain.plan import Plan
from models.accounts import Account
from models.contacts import Contact
from models.session import Database
from models.templates import Template, TemplateVersion
from tests.conftest import Tenant


async def make_account(database: Database, tenant: Tenant, plan: Plan, **facts: Any) -> UUID:
    """An account of that organisation with its own copy of the plan; its workflow is not started."""
    config = plan.model_dump(mode="json")
    async with database.org(tenant.org_id) as session:
        template = Template(org_id=tenant.org_id, name=f"Template {uuid4()}")
        session.add(template)
        await session.flush()
        version = TemplateVersion(org_id=tenant.org_id, template_id=template.id, number=1, config=config)
        session.add(version)
        await session.flush()
        fields: dict[str, Any] = {
            "company_name": "Blue Fern",
            "contact_name": "Dana Reyes",
            "contact_email": "dana@bluefern.example",
            "csm_id": tenant.member_id,
            **facts,
        }
        account = Account(
            org_id=tenant.org_id, template_id=template.id, template_version_id=version.id, plan=config, **fields
        )
        account.contact_email_norm = account.contact_email.lower()
        session.add(account)
        contact = Contact(
            org_id=tenant.org_id,
            account_id=account.id,
            name=account.contact_name,
            email=account.contact_email,
            email_norm=account.contact_email_norm,
            role="portal_admin",
        )
        session.add(contact)
        return account.id
