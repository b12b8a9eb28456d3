"""How does code reach the database? Only through `Database`, which sets the tenant in every transaction.

Row security reads that setting. It is transaction-local, so a connection that goes back to the pool forgets it; a
query without it is refused by PostgreSQL, not answered with nothing.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing, asynccontextmanager
from typing import Any, Self
from uuid import UUID

import psycopg
from sqlalchemy import Connection, event, make_url, orm, text
from sqlalchemy.ext import asyncio as sqlalchemy_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session
from sqlmodel.ext.asyncio import session as sqlmodel_asyncio

from settings import Settings

__all__ = ["AsyncSession", "Database", "NoTenant", "PrivilegedRole"]

_TENANT = "tenant"
# A peer that vanished without a word would otherwise hold its caller for minutes, whatever the statement timeout.
_CONNECT: dict[str, Any] = {"connect_timeout": 10, "tcp_user_timeout": 20_000, "keepalives_idle": 30}
_PRIVILEGES = text(
    """
    SELECT r.rolname,
        r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AS powerful,
        EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns,
        EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid) AS belongs
    FROM pg_roles r WHERE r.rolname IN (current_user, session_user)
    """
)


class NoTenant(RuntimeError):
    """A session was opened without saying for whom: a bug in the caller."""


class PrivilegedRole(RuntimeError):
    """The process was given a database role that row security would not hold."""


class TenantSession(Session):
    """A session that tells PostgreSQL, at the start of each of its transactions, whom it acts for."""

    execute = orm.Session.execute


class AsyncSession(sqlmodel_asyncio.AsyncSession):
    """SQLModel's session: `exec` for its typed selects. `execute`, which it discourages, is for plain SQL."""

    execute = sqlalchemy_asyncio.AsyncSession.execute


@event.listens_for(TenantSession, "after_begin")
def _present(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    tenant: Mapping[str, str] | None = session.info.get(_TENANT)
    if tenant is None:
        raise NoTenant("this session has no tenant: open it through Database.org, .portal or .router")
    for name, value in tenant.items():
        connection.exec_driver_sql("SELECT set_config(%s, %s, true)", (name, value))


class Database:
    """The engines of one process, one for each role. Nothing connects before it is used."""

    def __init__(self, app_url: str, router_url: str, portal_url: str, pool_size: int = 10) -> None:
        self._app = _engine(app_url, pool_size)
        self._router = _engine(router_url, pool_size)
        self._portal = _engine(portal_url, pool_size)
        self._listen_url = router_url

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The database this deployment was told to use."""
        return cls(
            settings.database_url.get_secret_value(),
            settings.router_database_url.get_secret_value(),
            settings.portal_database_url.get_secret_value(),
            settings.database_pool_size,
        )

    @asynccontextmanager
    async def org(self, org_id: UUID) -> AsyncIterator[AsyncSession]:
        """A session as `thread_app` that sees one organisation; commits on a clean exit, else rolls back."""
        async with _session(self._app, {"app.org_id": str(org_id)}) as session:
            yield session

    @asynccontextmanager
    async def portal(self, org_id: UUID, account_id: UUID) -> AsyncIterator[AsyncSession]:
        """A session as `thread_portal`, for whoever came by a link: it sees one account, and little of that."""
        async with _session(self._portal, {"app.org_id": str(org_id), "app.account_id": str(account_id)}) as session:
            yield session

    @asynccontextmanager
    async def router(
        self,
        *,
        email: str | None = None,
        token_hash: bytes | None = None,
        endpoint_id: str | None = None,
        contact: str | None = None,
    ) -> AsyncIterator[AsyncSession]:
        """A session as `thread_router`, which sees only the rows of what is presented here, and the work table.

        `contact` is a contact's id or address.
        """
        presented = {
            "app.email": email,
            "app.token_hash": token_hash.hex() if token_hash is not None else None,
            "app.endpoint_id": endpoint_id,
            "app.contact": contact,
        }
        tenant = {name: value for name, value in presented.items() if value is not None}
        async with _session(self._router, tenant) as session:
            yield session

    @asynccontextmanager
    async def listen(self, *channels: str) -> AsyncIterator[AsyncIterator[psycopg.Notify]]:
        """Notifications of these channels, over a connection of their own. Ends with an error when it breaks."""
        connection = await psycopg.AsyncConnection.connect(self._listen_url, autocommit=True, **_CONNECT)
        async with connection:
            for channel in channels:
                await connection.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
            # An open generator holds the connection's lock, and closing the connection would wait for it.
            async with aclosing(connection.notifies()) as notifications:
                yield notifications

    async def refuse_privileged(self) -> None:
        """Raise `PrivilegedRole` when row security would not hold one of our roles. Call before serving."""
        for engine in (self._app, self._router, self._portal):
            async with engine.connect() as connection:
                for role in await connection.execute(_PRIVILEGES):
                    _refuse(role.rolname, powerful=role.powerful, owns=role.owns, belongs=role.belongs)

    async def close(self) -> None:
        """Close every connection."""
        for engine in (self._app, self._router, self._portal):
            await engine.dispose()


def _engine(url: str, pool_size: int) -> AsyncEngine:
    return create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=10,
        pool_pre_ping=True,
        # Errors are logged, and parameters are customers' data.
        hide_parameters=True,
        connect_args=_CONNECT,
    )


@asynccontextmanager
async def _session(engine: AsyncEngine, tenant: Mapping[str, str]) -> AsyncIterator[AsyncSession]:
    session = AsyncSession(engine, sync_session_class=TenantSession, expire_on_commit=False, info={_TENANT: tenant})
    async with session:
        yield session
        await session.commit()


def _refuse(role: str, *, powerful: bool, owns: bool, belongs: bool) -> None:
    for held, reason in (
        (powerful, "is a superuser, or may bypass row security or make roles or databases"),
        (owns, "owns tables"),
        (belongs, "is a member of another role"),
    ):
        if held:
            message = f"refusing to run: the database role {role} {reason}"
            raise PrivilegedRole(message)
