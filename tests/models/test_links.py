"""A link opens what it was made for, as often as it may and no longer; its token is nowhere but with its recipient."""

import asyncio
import base64
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlmodel import select

from models.links import Link, find_link, find_portal_session, hash_token, make_link, redeem, revoke_links
from models.portal_sessions import PortalSession
from models.session import Database
from tests.conftest import OrgFactory
from tests.models.portal_rows import Place, make_places

AE = "priya.raman@seller.example"


@pytest.fixture(scope="module")
async def places(database: Database, org: OrgFactory) -> list[Place]:
    return await make_places(database, org)


async def make(database: Database, place: Place, **values: Any) -> str:
    terms: dict[str, Any] = {"purpose": "handoff", "recipient": AE, "lifetime": timedelta(days=1), "max_uses": None}
    async with database.org(place.org_id) as session:
        return await make_link(session, **place._asdict(), **{**terms, **values})


async def use(database: Database, place: Place, token: str, purpose: str = "handoff") -> Link | None:
    async with database.org(place.org_id) as session:
        return await redeem(session, hash_token(token), purpose)


async def test_a_link_says_whom_it_lets_in(database: Database, places: list[Place]) -> None:
    link = await use(database, places[0], await make(database, places[0]))
    assert link is not None
    assert (link.org_id, link.account_id, link.recipient, link.uses) == (*places[0], AE, 1)


async def test_a_link_without_a_limit_opens_again(database: Database, places: list[Place]) -> None:
    token = await make(database, places[0])
    used = [await use(database, places[0], token) for _ in range(3)]
    assert [link.uses for link in used if link] == [1, 2, 3]


async def test_a_token_is_256_bits_and_only_its_hash_is_kept(database: Database, places: list[Place]) -> None:
    token = await make(database, places[0])
    assert len(base64.urlsafe_b64decode(token + "=")) == 32
    async with database.org(places[0].org_id) as session:
        rows = (await session.execute(text("SELECT links::text FROM links"))).scalars().all()
    assert any(hash_token(token).hex() in row for row in rows)
    assert not any(token in row or token.encode().hex() in row for row in rows)


@pytest.mark.parametrize("max_uses", [1, 3])
async def test_of_twenty_that_come_at_once_no_more_get_in_than_may(
    database: Database, places: list[Place], max_uses: int
) -> None:
    tokens = [await make(database, places[0], max_uses=max_uses) for _ in range(5)]
    for token in tokens:
        used = await asyncio.gather(*(use(database, places[0], token) for _ in range(20)))
        assert len([link for link in used if link]) == max_uses


async def test_a_use_that_is_rolled_back_does_not_count(database: Database, places: list[Place]) -> None:
    token = await make(database, places[0], max_uses=1)
    async with database.org(places[0].org_id) as session:
        assert await redeem(session, hash_token(token), "handoff")
        await session.rollback()
    assert await use(database, places[0], token)


@pytest.mark.parametrize("lifetime", [timedelta(0), timedelta(seconds=-1)])
async def test_an_expired_link_stays_shut(database: Database, places: list[Place], lifetime: timedelta) -> None:
    assert await use(database, places[0], await make(database, places[0], lifetime=lifetime)) is None


async def test_a_link_expires_by_the_clock_and_not_by_the_start_of_the_transaction(
    database: Database, places: list[Place]
) -> None:
    token = await make(database, places[0], lifetime=timedelta(milliseconds=300))
    async with database.org(places[0].org_id) as session:
        assert await redeem(session, hash_token(token), "handoff")
        await session.execute(text("SELECT pg_sleep(0.35)"))
        assert await redeem(session, hash_token(token), "handoff") is None


async def test_a_link_opens_nothing_else(database: Database, places: list[Place]) -> None:
    token = await make(database, places[0])
    assert await use(database, places[0], token, "portal_login") is None
    assert await use(database, places[2], token) is None


async def test_revoking_shuts_one_purpose_of_one_account(database: Database, places: list[Place]) -> None:
    ours, login = await make(database, places[1]), await make(database, places[1], purpose="portal_login")
    neighbour, stranger = await make(database, places[0]), await make(database, places[3])
    async with database.org(places[1].org_id) as session:
        assert await revoke_links(session, places[1].account_id, "handoff") == 1
        assert await revoke_links(session, places[1].account_id, "handoff") == 0
    assert await use(database, places[1], ours) is None
    assert await use(database, places[1], login, "portal_login")
    assert await use(database, places[0], neighbour)
    assert await use(database, places[3], stranger)


async def test_the_router_finds_whose_token_it_is_and_learns_no_more(database: Database, places: list[Place]) -> None:
    token = await make(database, places[2], lifetime=timedelta(0))
    found = await find_link(database, hash_token(token))
    assert found is not None
    assert found[:2] == places[2]
    async with database.router(token_hash=hash_token(token)) as session:
        assert (await session.exec(select(Link.id))).all() == [found.id]
    assert await find_portal_session(database, hash_token(token)) is None


@pytest.mark.parametrize("token", ["", "no such token", "\ud800", "\x00", "é" * 10_000, str(uuid4())])
async def test_whatever_a_stranger_presents_is_nobodys(database: Database, token: str) -> None:
    assert await find_link(database, hash_token(token)) is None
    assert await find_portal_session(database, hash_token(token)) is None


async def test_a_truncated_token_is_nobodys(database: Database, places: list[Place]) -> None:
    token = await make(database, places[0])
    assert await find_link(database, hash_token(token[:-1])) is None


async def test_the_router_finds_whose_browser_it_is(database: Database, places: list[Place]) -> None:
    async with database.org(places[1].org_id) as session:
        query = select(PortalSession).where(PortalSession.account_id == places[1].account_id)
        known = (await session.exec(query)).one()
    assert await find_portal_session(database, known.token_hash) == (*places[1], known.id)


async def test_the_tokens_index_serves_the_router(database: Database) -> None:
    for table in ("links", "portal_sessions"):
        async with database.router(token_hash=hash_token("x")) as session:
            await session.execute(text("SET LOCAL enable_seqscan = off"))
            query = f"EXPLAIN SELECT org_id FROM {table} WHERE token_hash = '\\x00'::bytea"
            plan = "\n".join((await session.execute(text(query.replace(":", r"\:")))).scalars())
        assert f"{table}_token_idx" in plan
