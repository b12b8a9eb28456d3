"""How does PostgreSQL end when the supervisor is killed? A shell waits for the end of a pipe that only we hold open."""

import subprocess

from deploy.postgres import EmbeddedPostgres

# SIGINT is PostgreSQL's fast shutdown. `deploy.children` has an easier way, but not for a program of another user.
_WAIT_THEN_END = 'read -r _; kill -INT "$0"'


class GuardedPostgres:
    """`EmbeddedPostgres` that does not outlive this process, even by `kill -9`."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self._postgres = postgres
        self._guard: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Process id of PostgreSQL, or None when it is not running."""
        return self._postgres.pid

    def start(self) -> None:
        """Start PostgreSQL, then its guard."""
        self._postgres.start()
        command = ["/bin/sh", "-c", _WAIT_THEN_END, str(self._postgres.pid)]
        self._guard = subprocess.Popen(  # noqa: S603  # our own arguments
            command, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def stop(self) -> None:
        """Stop PostgreSQL; the guard goes first, for the process id may soon be a stranger's."""
        if self._guard is not None:
            self._guard.kill()
            self._guard.communicate()
            self._guard = None
        self._postgres.stop()
