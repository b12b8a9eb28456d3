"""What every test may ask for: a real, migrated PostgreSQL with organisations in it, and a real Temporal server.

Tests share one database and do not clean up: each makes organisations of its own, and row security keeps them apart.
"""

import base64
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr

from deploy.postgres import EmbeddedPostgres
from deploy.temporal import TemporalServer
from models.identities import Identity
from models.members import Member
from models.migrate import upgrade
from models.organizations import Organization
from models.session import Database
from settings import Settings


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--pictures docs/pictures`: the browser tests write the README's pictures there on their way."""
    parser.addoption("--pictures", default="", help="folder for pictures of the running product")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: once Playwright has started, its event loop runs to the end of the session."""
    items.sort(key=lambda item: "/e2e/" in item.path.as_posix())


@dataclass(frozen=True)
class Tenant:
    """An organisation with one member, who is its default CSM."""

    org_id: UUID
    member_id: UUID
    identity_id: UUID
    email: str


OrgFactory = Callable[..., Awaitable[Tenant]]


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A PostgreSQL of this test run's own, migrated; `dsn(role)` gives its addresses."""
    # Not under pytest's own folder: every other run of pytest closes that one again to the user PostgreSQL runs as.
    with (
        TemporaryDirectory(prefix="thread-postgres-", ignore_cleanup_errors=True) as folder,
        EmbeddedPostgres(Path(folder) / "data", free_port(), fsync=False) as server,
    ):
        upgrade(server.dsn("thread_migrate"))
        yield server


@pytest.fixture(scope="session")
async def database(postgres: EmbeddedPostgres) -> AsyncIterator[Database]:
    """The door to that database, as the application uses it."""
    door = Database(postgres.dsn("thread_app"), postgres.dsn("thread_router"), postgres.dsn("thread_portal"))
    yield door
    await door.close()


@pytest.fixture(scope="session")
def org(database: Database) -> OrgFactory:
    """Makes organisations: `await org()`, or `await org(role="admin", name="Acme")`."""

    async def make(*, name: str = "Acme", role: str = "csm", recall_seconds: int = 10) -> Tenant:
        email = f"{uuid4().hex}@example.com"
        async with database.router(email=email) as session:
            identity = Identity(email_norm=email, name="Robin", password_hash="-")
            session.add(identity)
        organization = Organization(name=name, recall_seconds=recall_seconds)
        async with database.org(organization.org_id) as session:
            member = Member(
                org_id=organization.org_id, identity_id=identity.id, email_norm=email, name="Robin", role=role
            )
            session.add_all([organization, member])
            await session.flush()
            organization.default_csm_id = member.id
        return Tenant(organization.org_id, member.id, identity.id, email)

    return make


@pytest.fixture(scope="session")
def temporal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TemporalServer]:
    """A Temporal server of this test run's own, with timers that fire on time."""
    with TemporalServer(tmp_path_factory.mktemp("temporal"), free_port(), fast_timers=True) as server:
        yield server


@pytest.fixture(scope="session")
def settings(postgres: EmbeddedPostgres, temporal: TemporalServer) -> Settings:
    """Settings of a deployment on the test run's own servers."""
    return Settings(
        database_url=SecretStr(postgres.dsn("thread_app")),
        router_database_url=SecretStr(postgres.dsn("thread_router")),
        portal_database_url=SecretStr(postgres.dsn("thread_portal")),
        migrate_database_url=SecretStr(postgres.dsn("thread_migrate")),
        temporal_address=temporal.address,
        vault_keys=SecretStr("test:" + base64.b64encode(bytes(32)).decode()),
    )


def free_port() -> int:
    """A loopback port that nothing listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
