"""What does a fresh local installation hold? One clearly marked demo organisation, made once."""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from pwdlib import PasswordHash
from sqlmodel import col, select

from domain.plan import Action, ActionCompleted, MilestoneStart, Plan, check
from domain.starters import STANDARD_SAAS_NAME, standard_saas
from integrations.vault import Vault
from models.connections import Connection
from models.identities import Identity
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession, Database
from models.templates import Template, TemplateVersion
from settings import Settings

PORTAL_ID = "62515"
DEMO_PASSWORD = "onboarding"  # noqa: S105 - a demo organisation on loopback; printed at every start
DEMO_DAY_SECONDS = 60.0
"""How long a day of delay lasts in the demo organisation."""


@dataclass(frozen=True)
class LogIn:
    """Somebody who can log in to the demo organisation."""

    email: str
    name: str
    role: str


PEOPLE = (
    LogIn("olivia@demo.example", "Olivia Ops (demo)", "admin"),
    LogIn("mara@demo.example", "Mara Lind (demo)", "csm"),
    LogIn("jonas@demo.example", "Jonas Beck (demo)", "csm"),
)


@dataclass(frozen=True)
class Demo:
    """What the stand-in HubSpot has to know to call the demo organisation, and who can log in."""

    webhook_url: str
    access_token: str
    client_secret: str
    portal_id: str
    people: tuple[LogIn, ...] = PEOPLE
    password: str = DEMO_PASSWORD


async def seed(database: Database, settings: Settings, day_seconds: float = DEMO_DAY_SECONDS) -> Demo:
    """Make the demo organisation unless it is there; either way say how to reach it."""
    vault = Vault(settings.vault_keys.get_secret_value())
    async with database.router(email=PEOPLE[0].email) as session:
        org_id = (await session.exec(select(Member.org_id).where(Member.email_norm == PEOPLE[0].email))).first()
    if org_id is None:
        identities = [await _identity(database, person) for person in PEOPLE]
        org_id = uuid4()
        async with database.org(org_id) as session:
            await _organization(session, org_id, identities, hurried(standard_saas(), day_seconds))
            await _hubspot(session, org_id, vault)
    async with database.org(org_id) as session:
        return await _demo(session, org_id, vault, settings)


async def _identity(database: Database, person: LogIn) -> UUID:
    async with database.router(email=person.email) as session:
        found = (await session.exec(select(Identity).where(Identity.email_norm == person.email))).first()
        if found is None:
            password_hash = PasswordHash.recommended().hash(DEMO_PASSWORD)
            found = Identity(email_norm=person.email, name=person.name, password_hash=password_hash)
            session.add(found)
        return found.id


async def _organization(session: AsyncSession, org_id: UUID, identities: list[UUID], plan: Plan) -> None:
    organization = Organization(
        org_id=org_id, name="Northwind Cloud (demo)", support_email="onboarding@demo.example", recall_seconds=10
    )
    session.add(organization)
    await session.flush()
    members = [
        Member(org_id=org_id, identity_id=identity_id, email_norm=person.email, name=person.name, role=person.role)
        for person, identity_id in zip(PEOPLE, identities, strict=True)
    ]
    template = Template(org_id=org_id, name=STANDARD_SAAS_NAME, description="About eight weeks", segment="SaaS")
    session.add_all([*members, template])
    await session.flush()
    organization.default_csm_id = members[1].id
    check(plan)
    version = TemplateVersion(
        org_id=org_id,
        template_id=template.id,
        number=1,
        config=plan.model_dump(mode="json"),
        published_by=members[0].id,
    )
    session.add(version)


async def _hubspot(session: AsyncSession, org_id: UUID, vault: Vault) -> None:
    endpoint_id = secrets.token_urlsafe(24)
    connection = Connection(
        org_id=org_id, provider="hubspot", label="HubSpot", external_id=PORTAL_ID, endpoint_id=endpoint_id
    )
    session.add(connection)
    await session.flush()
    for name in ("access_token", "client_secret"):
        await vault.put(session, org_id, "hubspot", connection.id, name, secrets.token_urlsafe(32))


async def _demo(session: AsyncSession, org_id: UUID, vault: Vault, settings: Settings) -> Demo:
    found = await session.exec(select(Connection).where(col(Connection.provider) == "hubspot"))
    connection = found.one()
    token = await vault.get(session, org_id, "hubspot", connection.id, "access_token")
    secret = await vault.get(session, org_id, "hubspot", connection.id, "client_secret")
    return Demo(
        webhook_url=f"{settings.public_url}/webhooks/hubspot/{connection.endpoint_id}",
        access_token=token.reveal(),
        client_secret=secret.reveal(),
        portal_id=connection.external_id,
    )


def hurried(plan: Plan, day_seconds: float) -> Plan:
    """The plan with days that last this long, so that a person trying Thread sees its delays pass."""
    return plan.model_copy(
        update={
            "milestones": tuple(
                milestone.model_copy(
                    update={"actions": tuple(_hurried(action, day_seconds) for action in milestone.actions)}
                )
                for milestone in plan.milestones
            )
        }
    )


def _hurried(action: Action, day_seconds: float) -> Action:
    trigger = action.trigger
    if not isinstance(trigger, MilestoneStart | ActionCompleted) or trigger.delay_hours == 0:
        return action
    delay = round(trigger.delay_hours / 24 * day_seconds / 3600, 6)
    return action.model_copy(update={"trigger": trigger.model_copy(update={"delay_hours": delay})})
