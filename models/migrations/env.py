"""How does alembic reach the database? As `thread_migrate`, which becomes `thread_owner`, the owner of all it makes."""

from alembic import context
from sqlalchemy import Connection, create_engine, make_url, pool, text
from sqlmodel import SQLModel

import models  # noqa: F401  (fills the metadata)
from settings import get_settings

# Two replicas that start together must not migrate together; the number only has to be ours.
_LOCK = text("SELECT pg_advisory_xact_lock(7261)")
_OWNER = text("SET LOCAL ROLE thread_owner")


def migrate(connection: Connection) -> None:
    """Run the revisions that are missing, all in one transaction."""
    context.configure(connection=connection, target_metadata=SQLModel.metadata, transactional_ddl=True)
    with context.begin_transaction():
        connection.execute(_LOCK)
        connection.execute(_OWNER)
        context.run_migrations()


def main() -> None:
    """Connect where `models.migrate.upgrade` says, or else the settings."""
    dsn = context.config.attributes.get("dsn") or get_settings().migrate_database_url.get_secret_value()
    engine = create_engine(make_url(dsn).set(drivername="postgresql+psycopg"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        migrate(connection)


main()
