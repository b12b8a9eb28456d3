"""What keeps the local stack running? Starts servers in order, restarts one that dies, and stops all of them."""

import contextlib
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from deploy.children import end, last_line, spawn

START_SECONDS = 60.0
STOP_SECONDS = 8.0
_MAX_RESTARTS = 5
_WITHIN_SECONDS = 60.0


class StackError(RuntimeError):
    """The local stack cannot run; the message is what to tell the person."""


class Stopped(BaseException):
    """A signal asked us to stop. Not an Exception: nothing on the way may swallow it."""


class Server(Protocol):
    """Something with a process: `EmbeddedPostgres`, `TemporalServer`, or a `Child`."""

    @property
    def pid(self) -> int | None:
        """Process id, or None when it is not running."""
        ...

    def start(self) -> None:
        """Start it and return when it answers; an error says why it does not."""
        ...

    def stop(self) -> None:
        """Stop it; nothing happens when it is not running."""
        ...


class Child:
    """One of Thread's own programs as a `Server`; `ready` is given what it has logged since its start."""

    def __init__(
        self, command: Sequence[str], log_file: Path, ready: Callable[[str], bool], environment: Mapping[str, str]
    ) -> None:
        self._command = command
        self._log_file = log_file
        self._ready = ready
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int | None:
        """Process id, or None when it is not running."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    def start(self) -> None:
        """Start the program and wait until it is ready."""
        if self._process is None:
            self.launch()
        deadline = time.monotonic() + START_SECONDS
        while not self._ready(self._logged()):
            if self.pid is None or time.monotonic() > deadline:
                what = "ended while starting" if self.pid is None else "did not get ready in time"
                self.stop()
                msg = f"it {what}: {last_line(self._log_file)} (log: {self._log_file})"
                raise StackError(msg)
            time.sleep(0.05)

    def launch(self) -> None:
        """Start the program without waiting; `start` then only waits."""
        self._process, self._log_start = spawn(self._command, self._log_file, self._environment)

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        if self._process is not None:
            end(self._process, STOP_SECONDS)
            self._process = None

    def ask_to_stop(self) -> None:
        """Ask it to end without waiting, so that several can end at once."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)

    def _logged(self) -> str:
        with self._log_file.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode("utf-8", "replace")


class Supervisor:
    """The servers by name, in the order they were started."""

    def __init__(self) -> None:
        self._servers: dict[str, Server] = {}
        self._deaths: dict[str, deque[float]] = {}
        self._began = time.monotonic()

    def say(self, text: str) -> None:
        """A progress line with the seconds since the start."""
        with contextlib.suppress(OSError):  # the terminal may be gone while the stack is stopping
            sys.stdout.write(f"{time.monotonic() - self._began:6.1f} s  {text}\n")
            sys.stdout.flush()

    def keep(self, name: str, server: Server) -> None:
        """Look after a server from now on, started or not; they are stopped in the reverse order."""
        self._servers[name] = server

    def start(self, name: str, detail: str) -> None:
        """Start one of the kept servers."""
        try:
            self._servers[name].start()
        except (RuntimeError, OSError) as error:
            msg = f"{name} cannot start: {error}"
            raise StackError(msg) from error
        self.say(f"{name}: {detail}")

    def watch(self) -> None:
        """Restart what dies, until a signal comes. Raises `StackError` when something cannot be kept running."""
        while True:
            for name, server in self._servers.items():
                if server.pid is None:
                    self._restart(name, server)
            time.sleep(0.2)

    def stop(self) -> None:
        """Stop everything, in the reverse order of the start."""
        for server in self._servers.values():
            if isinstance(server, Child):
                server.ask_to_stop()
        for name, server in reversed(self._servers.items()):
            try:
                server.stop()
            except (RuntimeError, OSError) as error:
                self.say(f"{name} did not stop: {error}")

    def _restart(self, name: str, server: Server) -> None:
        died = time.monotonic()
        deaths = self._deaths.setdefault(name, deque(maxlen=_MAX_RESTARTS))
        if len(deaths) == _MAX_RESTARTS and died - deaths[0] < _WITHIN_SECONDS:
            msg = f"{name} ended {_MAX_RESTARTS + 1} times within {_WITHIN_SECONDS:.0f} s; see its log in .thread/log"
            raise StackError(msg)
        deaths.append(died)
        self.say(f"{name} ended unexpectedly; starting it again")
        try:
            server.stop()  # some keep locks that a new start needs
            server.start()
        except (RuntimeError, OSError) as error:
            msg = f"{name} cannot be started again: {error}"
            raise StackError(msg) from error
        self.say(f"{name} is back after {time.monotonic() - died:.1f} s")


def raise_on_signals() -> None:
    """Let SIGINT, SIGTERM and SIGHUP raise `Stopped` in the main thread, once; later ones are ignored."""
    wanted = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: object) -> None:
        for one in wanted:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped

    for one in wanted:
        signal.signal(one, stop)
