"""How are vendors' tokens kept? Sealed: each organisation has a data key, and that key is wrapped by one outside of the
database, so that a copy of the database opens nothing, and a sealed value moved to another place does not open either.

VaultError
├── VaultKeysInvalid   the configured key-encryption keys are missing or malformed
├── KeyUnknown         the organisation's key was wrapped by a key that is not configured (any more)
├── SecretMissing      there is no secret of this name
└── SecretTampered     what is stored was changed, or moved from another place
"""

import hmac
import os
from base64 import b64decode
from typing import NoReturn
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import col, select

from models.organizations import Organization
from models.session import AsyncSession
from models.vault import StoredSecret, VaultKey

_KEY_BYTES = 32
_NONCE_BYTES = 12


class VaultError(Exception):
    """A secret cannot be stored or opened. The message holds no part of it."""


class VaultKeysInvalid(VaultError):
    """`THREAD_VAULT_KEYS` does not hold usable keys."""


class KeyUnknown(VaultError):
    """A key-encryption key is not configured."""


class SecretMissing(VaultError):
    """Nothing is stored under this name."""


class SecretTampered(VaultError):
    """The stored value does not belong where it was found, or was changed."""


class Secret:
    """A value that does not show itself: not when printed, logged or formatted, and it cannot be pickled or copied."""

    __slots__ = ("_value",)
    __hash__ = None  # type: ignore[assignment]  # a hash would be a way to compare it elsewhere

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself, for the call that needs it."""
        return self._value

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._value.encode(), other._value.encode())

    def __repr__(self) -> str:
        return "****"

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        return "****"

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a secret is not to be pickled or copied: pass the id of its connection")


class Vault:
    """Stores and opens the secrets of connections, in the caller's session and so under its row security.

    `keys` is `id:base64(32 bytes)`, comma-separated: the first wraps, the others still open what they wrapped.
    """

    def __init__(self, keys: str) -> None:
        self._keys = _parse(keys)
        self._primary = next(iter(self._keys))

    async def put(
        self, session: AsyncSession, org_id: UUID, provider: str, connection_id: UUID, name: str, secret: Secret | str
    ) -> None:
        """Store a secret of a connection, in place of the one that has this name."""
        key = await self._current_key(session, org_id)
        stored = await _stored(session, org_id, connection_id, name)
        if stored is None:
            stored = StoredSecret(
                org_id=org_id,
                connection_id=connection_id,
                name=name,
                key_id=key.id,
                version=0,
                nonce=b"",
                ciphertext=b"",
            )
        value = secret.reveal() if isinstance(secret, Secret) else secret
        stored.key_id = key.id
        stored.version += 1
        stored.nonce = os.urandom(_NONCE_BYTES)
        stored.ciphertext = self._unwrap(key).encrypt(stored.nonce, value.encode(), _place(stored, provider))
        session.add(stored)
        await session.flush()

    async def get(self, session: AsyncSession, org_id: UUID, provider: str, connection_id: UUID, name: str) -> Secret:
        """Open a secret. Raises `SecretMissing`, `SecretTampered` or `KeyUnknown`."""
        stored = await _stored(session, org_id, connection_id, name)
        if stored is None:
            message = f"connection {connection_id} has no secret {name!r}"
            raise SecretMissing(message)
        key = await session.get_one(VaultKey, (org_id, stored.key_id))
        try:
            opened = self._unwrap(key).decrypt(stored.nonce, stored.ciphertext, _place(stored, provider))
        except InvalidTag:
            message = f"secret {name!r} of connection {connection_id} was changed or moved"
            raise SecretTampered(message) from None
        return Secret(opened.decode())

    async def rewrap(self, session: AsyncSession, org_id: UUID) -> int:
        """Wrap the organisation's keys with the primary key; returns how many were not. Opens no secret.

        Once it was run for every organisation, the older key-encryption keys can be removed.
        """
        found = await session.exec(
            select(VaultKey)
            .where(col(VaultKey.org_id) == org_id, col(VaultKey.kek_id) != self._primary)
            .with_for_update()
        )
        keys = found.all()
        for key in keys:
            data_key = self._open_key(key)
            key.kek_id = self._primary
            key.wrapped_key = self._wrap(key, data_key)
        await session.flush()
        return len(keys)

    async def _current_key(self, session: AsyncSession, org_id: UUID) -> VaultKey:
        """The organisation's newest key, locked, so that two writers of one secret do not meet; made when missing."""
        newest = (
            select(VaultKey)
            .where(col(VaultKey.org_id) == org_id)
            .order_by(col(VaultKey.created_at).desc(), col(VaultKey.id))
            .limit(1)
            .with_for_update()
        )
        key = (await session.exec(newest)).first()
        if key is None:
            organization = select(Organization.org_id).where(col(Organization.org_id) == org_id)
            await session.exec(organization.with_for_update(key_share=True))
            key = (await session.exec(newest)).first()
        if key is None:
            key = VaultKey(org_id=org_id, id=uuid4(), kek_id=self._primary, wrapped_key=b"")
            key.wrapped_key = self._wrap(key, AESGCM.generate_key(_KEY_BYTES * 8))
            session.add(key)
            await session.flush()
        return key

    def _wrap(self, key: VaultKey, data_key: bytes) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._keys[key.kek_id].encrypt(nonce, data_key, _key_place(key))

    def _unwrap(self, key: VaultKey) -> AESGCM:
        return AESGCM(self._open_key(key))

    def _open_key(self, key: VaultKey) -> bytes:
        wrapping = self._keys.get(key.kek_id)
        if wrapping is None:
            message = f"the vault key {key.kek_id!r} is not among the configured ones"
            raise KeyUnknown(message)
        nonce, wrapped = key.wrapped_key[:_NONCE_BYTES], key.wrapped_key[_NONCE_BYTES:]
        try:
            return wrapping.decrypt(nonce, wrapped, _key_place(key))
        except InvalidTag:
            message = f"the wrapped key {key.id} was changed or moved, or {key.kek_id!r} is not the key it was"
            raise SecretTampered(message) from None


async def _stored(session: AsyncSession, org_id: UUID, connection_id: UUID, name: str) -> StoredSecret | None:
    found = await session.exec(
        select(StoredSecret).where(
            col(StoredSecret.org_id) == org_id,
            col(StoredSecret.connection_id) == connection_id,
            col(StoredSecret.name) == name,
        )
    )
    return found.first()


def _place(stored: StoredSecret, provider: str) -> bytes:
    """Where a secret belongs: it opens there and nowhere else."""
    return _join(
        "secret",
        str(stored.org_id),
        provider,
        str(stored.connection_id),
        stored.name,
        str(stored.key_id),
        str(stored.version),
    )


def _key_place(key: VaultKey) -> bytes:
    return _join("key", str(key.org_id), str(key.id), key.kek_id)


def _join(*parts: str) -> bytes:
    """The parts, each after its length, so that no two lists of parts give the same bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def _parse(keys: str) -> dict[str, AESGCM]:
    parsed: dict[str, AESGCM] = {}
    for number, entry in enumerate(filter(None, (part.strip() for part in keys.split(","))), start=1):
        key_id, _, encoded = entry.partition(":")
        try:
            raw = b64decode(encoded, validate=True)
        except ValueError:
            raw = b""
        if not key_id or len(raw) != _KEY_BYTES or key_id in parsed:
            message = (
                f"entry {number} of THREAD_VAULT_KEYS is not `id:base64` of {_KEY_BYTES} bytes with an id of its own"
            )
            raise VaultKeysInvalid(message)
        parsed[key_id] = AESGCM(raw)
    if not parsed:
        message = "THREAD_VAULT_KEYS is empty: give it at least one `id:base64` of 32 random bytes"
        raise VaultKeysInvalid(message)
    return parsed
