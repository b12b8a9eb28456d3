"""The API on the test run's own PostgreSQL and Temporal, and people who are logged in to it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlmodel import select
from temporalio.client import Client

from api.app import Api, create_app
from api.sessions import COOKIE, open_session
from domain.plan import Plan
from domain.state import ActionStatus
from integrations.fakes import FakeMailer
from models.actions import Action
from models.drafts import Draft
from models.identities import Identity
from models.members import Member
from models.session import Database
from settings import Settings
from tests.conftest import OrgFactory, Tenant
from tests.domain.plans import after, at_start, email, plan
from tests.rows import make_account
from tests.workflows.running import Running, start, worker
from workflows.client import connect

BASE_URL = "https://localhost:8400"
PASSWORD = "correct horse battery"
# Cheap on purpose: what is tested is not how long argon2 takes.
PASSWORD_HASH = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)).hash(PASSWORD)
RECALL_SECONDS = 600


@pytest.fixture(scope="session")
async def client(settings: Settings) -> Client:
    return await connect(settings)


@pytest.fixture(scope="session")
async def app(
    settings: Settings, database: Database, client: Client, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Api]:
    api = create_app(settings, database=database, temporal=client, dist=built(tmp_path_factory))
    async with api.router.lifespan_context(api):
        yield api


def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("dist")
    (dist / "assets").mkdir()
    for page, title in (("console", "Thread"), ("handoff", "Handoff"), ("portal", "Portal")):
        (dist / f"{page}.html").write_text(f"<!doctype html><title>{title}</title>")
    (dist / "assets" / "console-1a2b3c.js").write_text("export {}")
    return dist


def visitor(app: Api, address: str = "127.0.0.1") -> httpx.AsyncClient:
    """A browser that has not logged in; errors are answers here, as they are for a browser."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50_000))
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
async def nobody(app: Api) -> AsyncIterator[httpx.AsyncClient]:
    async with visitor(app) as browser:
        yield browser


@dataclass
class Person:
    """A member with a browser that is logged in."""

    tenant: Tenant
    browser: httpx.AsyncClient
    token: str

    @property
    def org_id(self) -> UUID:
        return self.tenant.org_id


People = Callable[..., Awaitable[Person]]


@pytest.fixture
async def people(app: Api, database: Database, org: OrgFactory) -> AsyncIterator[People]:
    """Makes organisations with a logged-in member: `await people(role="admin")`."""
    browsers = []

    async def make(*, role: str = "csm", name: str = "Acme", tenant: Tenant | None = None) -> Person:
        of = tenant or await org(role=role, name=name, recall_seconds=RECALL_SECONDS)
        async with database.router(email=of.email) as session:
            identity = (await session.exec(select(Identity).where(Identity.email_norm == of.email))).one()
            identity.password_hash = PASSWORD_HASH
        async with database.org(of.org_id) as session:
            token = await open_session(session, await session.get_one(Member, (of.org_id, of.member_id)))
        browser = visitor(app)
        browser.cookies.set(COOKIE, token, domain="localhost.local")
        browsers.append(browser)
        return Person(of, browser, token)

    yield make
    for browser in browsers:
        await browser.aclose()


@pytest.fixture(scope="session")
async def queue(client: Client, database: Database) -> AsyncIterator[str]:
    """The task queue of a worker that runs accounts, with a mailer that sends nothing."""
    async with worker(client, database, FakeMailer()) as name:
        yield name


def two_emails() -> Plan:
    """One e-mail due at once, one 48 h after the milestone starts, one after the first."""
    return plan([email("welcome"), email("check_in", at_start(48)), email("thanks", after("welcome"))])


Opens = Callable[..., Awaitable[Running]]


@pytest.fixture
async def opens(client: Client, database: Database, queue: str) -> Opens:
    """Opens accounts whose first e-mail waits for approval: `await opens(person)`."""

    async def open_account(person: Person, of: Plan | None = None) -> Running:
        of = of or two_emails()
        account_id = await make_account(database, person.tenant, of)
        running = await start(client, database, person.tenant, account_id, of, queue, recall_seconds=RECALL_SECONDS)
        await running.until("welcome", ActionStatus.READY)
        return running

    return open_account


async def ready(database: Database, tenant: Tenant, account_id: UUID, key: str = "welcome") -> Action:
    """The rows of an action that waits for approval, as if its workflow had recorded it."""
    content = {"html": "<p>Hi</p>", "text": "Hi", "subject": "Hi", "to": ["dana@bluefern.example"]}
    sender = {"from_name": "Robin", "from_address": "robin@acme.example", "reply_to": "robin@acme.example"}
    draft = Draft(
        org_id=tenant.org_id,
        account_id=account_id,
        action_key=key,
        revision=1,
        origin="template",
        source={"subject": "Hi", "body": "Hi"},
        content=content | sender,
        content_hash="0" * 64,
    )
    action = Action(
        org_id=tenant.org_id,
        account_id=account_id,
        key=key,
        milestone_key="m0",
        position=0,
        type="SEND_EMAIL",
        label=key.title(),
        status="READY",
        draft_id=draft.id,
        draft_revision=1,
        content_hash=draft.content_hash,
        subject="Hi",
    )
    async with database.org(tenant.org_id) as session:
        session.add_all([draft, action])
    return action


def path(running: Running, key: str = "welcome") -> str:
    return f"/api/accounts/{running.account_id}/actions/{key}"


def shown(row: Action) -> dict[str, object]:
    """What a person who looks at the row approves."""
    return {"revision": row.draft_revision, "content_hash": row.content_hash}


async def decide(person: Person, running: Running, verb: str, **body: object) -> httpx.Response:
    """Post a decision, and again while the answer is that it is kept: on a busy machine a worker may take its time."""
    asked = {"decision_id": str(uuid4()), **body}
    answer = await person.browser.post(f"{path(running)}/{verb}", json=asked)
    for _ in range(10):
        if answer.status_code != 202:
            break
        answer = await person.browser.post(f"{path(running)}/{verb}", json=asked)
    return answer
