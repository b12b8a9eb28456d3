"""A sealed secret opens where it was put and nowhere else, and keys can be changed without opening any."""

import base64
import copy
import json
import os
import pickle
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import select

from integrations.vault import KeyUnknown, Secret, SecretMissing, SecretTampered, Vault, VaultKeysInvalid
from models.session import AsyncSession, Database
from models.vault import StoredSecret, VaultKey
from tests.conftest import OrgFactory
from tests.models.rows import add_connection

VALUE = "pat-na1-canary"
NAME = "access_token"


def kek(id_: str) -> str:
    return f"{id_}:{base64.b64encode(os.urandom(32)).decode()}"


OLD, NEW = kek("k2026a"), kek("k2026b")


@pytest.fixture
def vault() -> Vault:
    return Vault(OLD)


async def put(database: Database, vault: Vault, org_id: UUID, name: str = NAME) -> UUID:
    async with database.org(org_id) as session:
        connection = await add_connection(session, org_id)
        await vault.put(session, org_id, "hubspot", connection.id, name, Secret(VALUE))
        return connection.id


async def get(database: Database, vault: Vault, org_id: UUID, connection_id: UUID, name: str = NAME) -> str:
    async with database.org(org_id) as session:
        return (await vault.get(session, org_id, "hubspot", connection_id, name)).reveal()


async def stored(session: AsyncSession, connection_id: UUID) -> StoredSecret:
    found = await session.exec(select(StoredSecret).where(StoredSecret.connection_id == connection_id))
    return found.one()


async def test_what_is_put_comes_back_and_is_nowhere_in_the_clear(
    database: Database, vault: Vault, org: OrgFactory
) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id)
    assert await get(database, vault, org_id, connection_id) == VALUE
    async with database.org(org_id) as session:
        dump = (
            await session.execute(text("SELECT string_agg(s::text || k::text, '') FROM secrets s, vault_keys k"))
        ).scalar()
    assert dump
    assert VALUE not in dump
    assert VALUE.encode().hex() not in dump


async def test_putting_again_replaces(database: Database, vault: Vault, org: OrgFactory) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id)
    async with database.org(org_id) as session:
        before = (await stored(session, connection_id)).ciphertext
        await vault.put(session, org_id, "hubspot", connection_id, NAME, "another")
        after = await stored(session, connection_id)
        assert (after.version, after.ciphertext != before) == (2, True)
    assert await get(database, vault, org_id, connection_id) == "another"


async def test_a_missing_secret_says_so(database: Database, vault: Vault, org: OrgFactory) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id)
    with pytest.raises(SecretMissing):
        await get(database, vault, org_id, connection_id, "client_secret")


def flipped(value: bytes) -> bytes:
    return bytes([value[0] ^ 1]) + value[1:]


def flip_ciphertext(secret: StoredSecret) -> None:
    secret.ciphertext = flipped(secret.ciphertext)


def flip_nonce(secret: StoredSecret) -> None:
    secret.nonce = flipped(secret.nonce)


def other_version(secret: StoredSecret) -> None:
    secret.version += 1


@pytest.mark.parametrize("tamper", [flip_ciphertext, flip_nonce, other_version])
async def test_a_changed_secret_does_not_open(
    database: Database, vault: Vault, org: OrgFactory, tamper: Callable[[StoredSecret], None]
) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id)
    async with database.org(org_id) as session:
        tamper(await stored(session, connection_id))
    with pytest.raises(SecretTampered):
        await get(database, vault, org_id, connection_id)


async def move(database: Database, source: tuple[UUID, UUID], target: tuple[UUID, UUID]) -> None:
    """Paste the sealed value of one connection, and its key, over those of another."""
    async with database.org(source[0]) as session:
        secret = await stored(session, source[1])
        key = await session.get_one(VaultKey, (source[0], secret.key_id))
    async with database.org(target[0]) as session:
        place = await stored(session, target[1])
        own_key = await session.get_one(VaultKey, (target[0], place.key_id))
        own_key.wrapped_key = key.wrapped_key
        place.nonce, place.ciphertext = secret.nonce, secret.ciphertext


async def test_a_secret_of_another_organisation_does_not_open(
    database: Database, vault: Vault, org: OrgFactory
) -> None:
    ours, theirs = (await org()).org_id, (await org()).org_id
    source, target = (theirs, await put(database, vault, theirs)), (ours, await put(database, vault, ours))
    await move(database, source, target)
    with pytest.raises(SecretTampered):
        await get(database, vault, *target)


async def test_a_secret_of_another_connection_does_not_open(database: Database, vault: Vault, org: OrgFactory) -> None:
    org_id = (await org()).org_id
    source, target = (org_id, await put(database, vault, org_id)), (org_id, await put(database, vault, org_id))
    await move(database, source, target)
    with pytest.raises(SecretTampered):
        await get(database, vault, *target)


async def test_a_secret_of_another_provider_or_name_does_not_open(
    database: Database, vault: Vault, org: OrgFactory
) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id, "client_secret")
    async with database.org(org_id) as session:
        with pytest.raises(SecretTampered):
            await vault.get(session, org_id, "slack", connection_id, "client_secret")
        secret = await stored(session, connection_id)
        session.add(
            StoredSecret(**secret.model_dump(exclude={"id", "name"}), name=NAME),
        )
        await session.flush()
        with pytest.raises(SecretTampered):
            await vault.get(session, org_id, "hubspot", connection_id, NAME)


async def test_keys_are_rotated_without_opening_secrets(database: Database, vault: Vault, org: OrgFactory) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id)
    both = Vault(f"{NEW},{OLD}")
    assert await get(database, both, org_id, connection_id) == VALUE
    with pytest.raises(KeyUnknown):
        await get(database, Vault(NEW), org_id, connection_id)
    async with database.org(org_id) as session:
        before = (await stored(session, connection_id)).ciphertext
        assert await both.rewrap(session, org_id) == 1
        assert await both.rewrap(session, org_id) == 0
        assert (await stored(session, connection_id)).ciphertext == before
    assert await get(database, Vault(NEW), org_id, connection_id) == VALUE
    with pytest.raises(KeyUnknown):
        await get(database, vault, org_id, connection_id)


async def test_another_key_under_the_same_id_does_not_open(database: Database, vault: Vault, org: OrgFactory) -> None:
    org_id = (await org()).org_id
    connection_id = await put(database, vault, org_id)
    with pytest.raises(SecretTampered):
        await get(database, Vault(kek("k2026a")), org_id, connection_id)


def test_a_secret_does_not_show_itself() -> None:
    secret = Secret(VALUE)
    assert {repr(secret), str(secret), f"{secret}", f"{secret:>40}", f"{secret!r}"} == {"****"}
    assert VALUE not in repr([secret, {"a": secret}])
    assert secret == Secret(VALUE)
    assert secret != Secret("other")
    for leak in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars, hash):
        with pytest.raises(TypeError):
            leak(secret)


@pytest.mark.parametrize(
    "keys", ["", " , ", "k1", "k1:", "k1:AAAA", "k1:!!!!", ":" + OLD.split(":")[1], f"{OLD},{OLD}"]
)
def test_unusable_keys_are_refused_without_showing_them(keys: str) -> None:
    with pytest.raises(VaultKeysInvalid) as caught:
        Vault(keys)
    assert "AAAA" not in str(caught.value)
    assert OLD.split(":")[1] not in str(caught.value)
