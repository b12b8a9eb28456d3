"""A worker process that a test can kill, and an SMTP server that can be slow to say that it took a message."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.children import spawn
from settings import Settings, environment
from tests.conftest import free_port

ROOT = Path(__file__).parents[2]


class WorkerProcess:
    """`python worker.py`, started and killed at will."""

    def __init__(self, settings: Settings, log: Path) -> None:
        self._settings = settings
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it and wait until it takes work."""
        own = environment(self._settings) | {"PYTHONPATH": str(ROOT)}
        self._process, begin = spawn([sys.executable, str(ROOT / "worker.py")], self._log, own)
        async with asyncio.timeout(30):
            while "worker_started" not in self._log.read_text()[begin:]:
                assert self._process.poll() is None, self._log.read_text()[begin:]
                await asyncio.sleep(0.05)

    def kill(self) -> None:
        """`kill -9`."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None


class SlowMailbox:
    """Keeps every message it was given, and answers only while `answering` is set."""

    def __init__(self) -> None:
        self.kept: list[EmailMessage] = []
        self.answering = Event()
        self.answering.set()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.kept.append(message)
        while not self.answering.is_set():
            await asyncio.sleep(0.02)
        return "250 kept"

    def count(self, subject: str) -> int:
        """How many messages with that subject were kept."""
        return sum(message["Subject"] == subject for message in self.kept)


@contextmanager
def serving(mailbox: SlowMailbox) -> Iterator[int]:
    """The mailbox on a loopback port of its own."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        mailbox.answering.set()
        controller.stop()
