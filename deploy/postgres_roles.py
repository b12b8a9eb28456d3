"""Which roles and which database does Thread need? Creates them, and repairs them when they have drifted."""

from psycopg import Connection, connect, sql

DATABASE = "thread"
OWNER = "thread_owner"
MIGRATE = "thread_migrate"
APP_ROLES = ("thread_app", "thread_portal", "thread_router")
LOGIN_ROLES = (MIGRATE, *APP_ROLES)

# A statement, lock or idle transaction that outlives these is a bug, and holds rows others wait for.
_LIMITS = {
    "statement_timeout": "15s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}
_POWERLESS = sql.SQL("NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION NOINHERIT")


def ensure_roles(superuser_dsn: str, passwords: dict[str, str]) -> None:
    """Create the roles of `passwords` and the database `thread`, or bring them back in line.

    `superuser_dsn` names the maintenance database; passwords are by role name, for `LOGIN_ROLES`.
    """
    with connect(superuser_dsn, autocommit=True) as connection:
        _ensure_role(connection, OWNER, sql.SQL("NOLOGIN"))
        for role in LOGIN_ROLES:
            login = sql.SQL("LOGIN PASSWORD {}").format(sql.Literal(passwords[role]))
            _ensure_role(connection, role, login)
        for role in APP_ROLES:
            for name, value in _LIMITS.items():
                _run(connection, "ALTER ROLE {} SET {} = {}", role, name, literal=value)
        # The migrator does not inherit: it becomes the owner by SET ROLE, so that what it makes is the owner's.
        _run(connection, "GRANT {} TO {}", OWNER, MIGRATE)
        create_database(connection, DATABASE)


def create_database(connection: Connection, name: str) -> None:
    """Create a database that `thread_owner` owns and only Thread's roles may enter. Needs autocommit."""
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone()
    if found is None:
        _run(connection, "CREATE DATABASE {} OWNER {}", name, OWNER)
    _run(connection, "REVOKE ALL ON DATABASE {} FROM PUBLIC", name)
    for role in LOGIN_ROLES:
        _run(connection, "GRANT CONNECT ON DATABASE {} TO {}", name, role)


def _ensure_role(connection: Connection, role: str, login: sql.Composable) -> None:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
    verb = sql.SQL("ALTER" if found else "CREATE")
    statement = sql.SQL("{} ROLE {} {} {}").format(verb, sql.Identifier(role), login, _POWERLESS)
    connection.execute(statement)


def _run(connection: Connection, template: str, *names: str, literal: str | None = None) -> None:
    values: list[sql.Composable] = [sql.Identifier(name) for name in names]
    if literal is not None:
        values.append(sql.Literal(literal))
    connection.execute(sql.SQL(template).format(*values))
