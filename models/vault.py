"""Where are a connection's secrets kept? Only as ciphertext; `integrations/vault.py` opens them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from models.columns import Row, belongs_to, number, owned_by_organization, stamp


class VaultKey(Row, table=True):
    """An organisation's data key, wrapped by the key-encryption key `kek_id`."""

    __tablename__ = "vault_keys"
    __table_args__ = (owned_by_organization(),)

    kek_id: str = Field(sa_type=Text)
    wrapped_key: bytes
    created_at: datetime = stamp()


class StoredSecret(Row, table=True):
    """One secret of one connection, sealed with the organisation's data key."""

    __tablename__ = "secrets"
    __table_args__ = (
        owned_by_organization(),
        belongs_to("connections", "connection_id"),
        belongs_to("vault_keys", "key_id"),
        UniqueConstraint("org_id", "connection_id", "name"),
    )

    connection_id: UUID
    name: str = Field(sa_type=Text)
    key_id: UUID
    nonce: bytes
    ciphertext: bytes
    version: int = number(1)
    created_at: datetime = stamp()
