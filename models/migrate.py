"""How is a database brought to this version of the code? `python -m models.migrate`, or `upgrade(dsn)`."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from settings import get_settings

_INI = Path(__file__).with_name("alembic.ini")


def upgrade(dsn: str, revision: str = "head") -> None:
    """Run the missing migrations as the role in `dsn`, which is `thread_migrate`. Safe to run twice at once."""
    config = Config(_INI)
    config.attributes["dsn"] = dsn
    command.upgrade(config, revision)


if __name__ == "__main__":
    upgrade(get_settings().migrate_database_url.get_secret_value())
