"""Rows that tests of the tables need: small, valid, and in the organisation they are asked for."""

from typing import Any
from uuid import UUID, uuid4

from models.accounts import Account
from models.connections import Connection
from models.session import AsyncSession
from models.templates import Template, TemplateVersion


async def add_connection(session: AsyncSession, org_id: UUID) -> Connection:
    connection = Connection(org_id=org_id, provider="hubspot", endpoint_id=uuid4().hex)
    session.add(connection)
    await session.flush()
    return connection


async def add_template(session: AsyncSession, org_id: UUID) -> TemplateVersion:
    template = Template(org_id=org_id, name=f"Template {uuid4().hex}")
    version = TemplateVersion(org_id=org_id, template_id=template.id, number=1, config={"milestones": []})
    session.add_all([version, template])
    await session.flush()
    return version


async def add_account(
    session: AsyncSession, org_id: UUID, version: TemplateVersion | None = None, **values: Any
) -> Account:
    version = version or await add_template(session, org_id)
    account = Account(
        org_id=org_id,
        template_id=version.template_id,
        template_version_id=version.id,
        plan=version.config,
        **{"company_name": "Customer", **values},
    )
    session.add(account)
    await session.flush()
    return account
