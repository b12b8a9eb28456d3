"""The embedded PostgreSQL starts, survives being killed, and says in one line why it cannot start."""

import os
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import psycopg
import pytest

from deploy.postgres import EmbeddedPostgres, PostgresError
from deploy.postgres_roles import APP_ROLES, LOGIN_ROLES
from tests.conftest import free_port


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder whose path is too long for a socket file; not pytest's own, see the fixture `postgres`."""
    with TemporaryDirectory(prefix="thread-postgres-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / ("long" * 40)


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(home / "data", free_port(), fsync=False) as running:
        yield running


def ask(dsn: str, query: str) -> object:
    with psycopg.connect(dsn) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row[0] if row else None


def kill(server: EmbeddedPostgres) -> None:
    """Kill it as the supervisor's tests do: by its process id."""
    pid = server.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while server.pid is not None:
        time.sleep(0.01)


@pytest.mark.parametrize("role", LOGIN_ROLES)
def test_each_role_can_log_in_and_has_no_power(server: EmbeddedPostgres, role: str) -> None:
    assert ask(server.dsn(role), "SELECT current_user") == role
    power = "SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user"
    assert ask(server.dsn(role), power) is False
    assert ask(server.dsn(role), "SHOW statement_timeout") == ("15s" if role in APP_ROLES else "0")


def test_a_wrong_password_is_refused(server: EmbeddedPostgres) -> None:
    wrong = f"postgresql://postgres:wrong@127.0.0.1:{server.port}/thread"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_it_listens_on_loopback_tcp_alone(server: EmbeddedPostgres) -> None:
    superuser = server.dsn("postgres")
    assert ask(superuser, "SHOW listen_addresses") == "127.0.0.1"
    assert ask(superuser, "SHOW unix_socket_directories") == ""
    assert ask(superuser, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'") == 0


def test_the_passwords_are_the_owners_alone(server: EmbeddedPostgres) -> None:
    assert stat.S_IMODE((server.home / "postgres.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700


def test_what_is_committed_survives_a_kill_and_a_restart(server: EmbeddedPostgres) -> None:
    superuser = server.dsn("postgres")
    with psycopg.connect(superuser) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 'kept' AS word")
    kill(server)
    server.start()
    assert ask(superuser, "SELECT word FROM kept") == "kept"
    server.stop()
    server.start()
    assert ask(superuser, "SELECT word FROM kept") == "kept"


def test_a_server_left_behind_by_a_killed_thread_is_taken_over(server: EmbeddedPostgres) -> None:
    left_behind = server.pid
    assert server._lock is not None
    server._lock.close()
    with EmbeddedPostgres(server.data_dir, server.port, fsync=False) as successor:
        assert successor.pid not in (None, left_behind)
        assert ask(successor.dsn("thread_app"), "SELECT 1") == 1
    assert server.pid is None


@pytest.mark.parametrize("number", [1, os.getpid()])
def test_a_stale_pid_file_that_names_another_process_is_no_obstacle(home: Path, number: int) -> None:
    server = EmbeddedPostgres(home / "data", free_port(), fsync=False)
    server.start()
    kill(server)
    server.stop()
    pid_file = server.data_dir / "postmaster.pid"
    pid_file.write_text("\n".join([str(number), *pid_file.read_text().splitlines()[1:]]) + "\n")
    with server:
        assert ask(server.dsn("thread_app"), "SELECT 1") == 1


def refused(server: EmbeddedPostgres) -> str:
    with pytest.raises(PostgresError) as caught:
        server.start()
    assert server.pid is None
    message = str(caught.value)
    assert "\n" not in message
    return message


def test_a_second_thread_on_the_same_data_is_refused(server: EmbeddedPostgres) -> None:
    assert "another Thread is already running" in refused(EmbeddedPostgres(server.data_dir, free_port()))
    assert ask(server.dsn("thread_app"), "SELECT 1") == 1


def test_a_taken_port_is_named(server: EmbeddedPostgres, tmp_path: Path) -> None:
    other = EmbeddedPostgres(tmp_path / "data", server.port)
    assert f"port {server.port} on 127.0.0.1 is taken" in refused(other)


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=1 << 20))
    assert "no disk space" in refused(EmbeddedPostgres(tmp_path / "data", free_port()))


def test_lost_passwords_are_named(home: Path, server: EmbeddedPostgres) -> None:
    server.stop()
    passwords = home / "postgres.json"
    passwords.rename(home / "aside.json")
    assert "is missing" in refused(server)
    (home / "aside.json").rename(passwords)
    server.start()


def test_a_broken_cluster_gives_postgres_own_reason(home: Path) -> None:
    server = EmbeddedPostgres(home / "broken" / "data", free_port(), fsync=False)
    server.start()
    server.stop()
    (server.data_dir / "PG_VERSION").write_text("9\n")
    assert "incompatible" in refused(server)
