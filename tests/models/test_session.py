"""The door: a tenant in every transaction, nothing without one, no privileged role."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, ProgrammingError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import select

from deploy.postgres import EmbeddedPostgres
from models.accounts import Account
from models.connections import Connection
from models.identities import Identity
from models.members import Member
from models.organizations import Organization
from models.session import AsyncSession, Database, NoTenant, PrivilegedRole, TenantSession
from models.sessions import MemberSession
from tests.conftest import OrgFactory
from tests.models.rows import add_account, add_connection

TENANT = text("SELECT current_setting('app.org_id', true)")


async def add_account_and_fail(database: Database, org_id: UUID) -> None:
    async with database.org(org_id) as session:
        await add_account(session, org_id)
        await add_account(session, org_id, csm_id=uuid4())


async def test_commits_on_a_clean_exit_and_rolls_back_on_an_error(database: Database, org: OrgFactory) -> None:
    tenant = await org()
    with pytest.raises(IntegrityError):
        await add_account_and_fail(database, tenant.org_id)
    async with database.org(tenant.org_id) as session:
        assert (await session.exec(select(Account))).all() == []
        await add_account(session, tenant.org_id)
    async with database.org(tenant.org_id) as session:
        assert len((await session.exec(select(Account))).all()) == 1


async def test_the_tenant_holds_for_every_transaction_of_a_session(database: Database, org: OrgFactory) -> None:
    tenant = await org()
    async with database.org(tenant.org_id) as session:
        await session.commit()
        assert (await session.execute(TENANT)).scalar_one() == str(tenant.org_id)
        await session.rollback()
        assert (await session.execute(TENANT)).scalar_one() == str(tenant.org_id)
        async with session.begin_nested():
            assert (await session.execute(TENANT)).scalar_one() == str(tenant.org_id)
        with pytest.raises(DBAPIError):
            async with session.begin_nested():
                await session.execute(text("SELECT 1 / 0"))
        assert (await session.execute(TENANT)).scalar_one() == str(tenant.org_id)


async def test_a_session_without_a_tenant_is_refused(postgres: EmbeddedPostgres) -> None:
    engine = create_async_engine(postgres.dsn("thread_app").replace("postgresql:", "postgresql+psycopg:"))
    async with AsyncSession(engine, sync_session_class=TenantSession) as session:
        with pytest.raises(NoTenant):
            await session.exec(select(Account))
    await engine.dispose()


async def test_a_query_without_a_tenant_is_an_error_not_an_empty_answer(database: Database) -> None:
    async with database.router() as session:
        for query in (select(Member.org_id), select(MemberSession.org_id), select(Connection.org_id)):
            with pytest.raises(ProgrammingError, match="is not set"):
                async with session.begin_nested():
                    await session.exec(query)


async def test_parents_are_written_before_children_whatever_the_order_of_adding(
    database: Database, org: OrgFactory
) -> None:
    org_id = uuid4()
    member = Member(org_id=org_id, identity_id=uuid4(), email_norm="a@example.com", name="A", role="admin")
    async with database.org(org_id) as session:
        session.add(member)
        session.add(Organization(org_id=org_id, name="Acme"))
    assert member.created_at is not None


async def test_a_row_cannot_refer_to_another_organisation(database: Database, org: OrgFactory) -> None:
    ours, theirs = await org(), await org()
    with pytest.raises(IntegrityError, match="accounts_org_id_csm_id_fkey"):
        async with database.org(ours.org_id) as session:
            await add_account(session, ours.org_id, csm_id=theirs.member_id)


async def test_the_router_sees_only_what_is_presented(database: Database, org: OrgFactory) -> None:
    ours, theirs = await org(), await org()
    async with database.org(ours.org_id) as session:
        connection = await add_connection(session, ours.org_id)
    async with database.router(email=ours.email, endpoint_id=connection.endpoint_id) as session:
        assert (await session.exec(select(Identity.email_norm))).all() == [ours.email]
        assert (await session.exec(select(Member.org_id))).all() == [ours.org_id]
        assert (await session.exec(select(Connection.org_id))).all() == [ours.org_id]
        with pytest.raises(ProgrammingError, match="permission denied"):
            await session.exec(select(Connection))
    async with database.router(email=theirs.email, endpoint_id="no such endpoint") as session:
        assert (await session.exec(select(Member.org_id))).all() == [theirs.org_id]
        assert (await session.exec(select(Connection.org_id))).all() == []


async def test_the_router_cannot_write_an_identity_it_does_not_present(database: Database) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"):
        async with database.router(email="me@example.com") as session:
            session.add(Identity(email_norm="you@example.com", password_hash="-"))


@pytest.mark.parametrize("statement", ["UPDATE drafts SET revision = 9", "DELETE FROM template_versions"])
async def test_immutable_rows_stay_as_they_are(database: Database, org: OrgFactory, statement: str) -> None:
    tenant = await org()
    with pytest.raises(ProgrammingError, match="permission denied"):
        async with database.org(tenant.org_id) as session:
            await session.execute(text(statement))


async def test_our_own_roles_are_accepted(database: Database) -> None:
    await database.refuse_privileged()


@pytest.mark.parametrize(
    ("role", "reason"), [("postgres", "superuser"), ("thread_migrate", "is a member of another role")]
)
@pytest.mark.parametrize("place", [0, 1, 2])
async def test_a_privileged_role_is_refused(postgres: EmbeddedPostgres, role: str, reason: str, place: int) -> None:
    urls = [postgres.dsn(each) for each in ("thread_app", "thread_router", "thread_portal")]
    urls[place] = postgres.dsn(role)
    door = Database(urls[0], urls[1], urls[2])
    with pytest.raises(PrivilegedRole, match=reason):
        await door.refuse_privileged()
    await door.close()


async def test_an_owner_of_tables_is_refused(postgres: EmbeddedPostgres) -> None:
    app = postgres.dsn("thread_app")
    door = Database(app, app, postgres.dsn("thread_portal"))
    engine = create_async_engine(postgres.dsn("postgres").replace("postgresql:", "postgresql+psycopg:"))
    async with engine.connect() as connection:
        await connection.execute(text("CREATE TABLE of_the_app ()"))
        await connection.execute(text("ALTER TABLE of_the_app OWNER TO thread_app"))
        await connection.commit()
        try:
            with pytest.raises(PrivilegedRole, match="owns tables"):
                await door.refuse_privileged()
        finally:
            await connection.execute(text("DROP TABLE of_the_app"))
            await connection.commit()
    await engine.dispose()
    await door.close()
