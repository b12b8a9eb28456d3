"""`make run` for real: everything starts, a deal arrives, what is killed comes back, and nothing stays behind."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import LiteralString

import psycopg
import pytest

from deploy.local_checks import refuse_taken_ports, shifted
from deploy.supervisor import StackError
from settings import LocalPorts
from tests.deploy.processes import alive

ROOT = Path(__file__).parents[2]
SECONDS = 90


class Stack:
    """A running `python -m deploy.local`, and what it has said so far."""

    def __init__(self, home: Path, offset: int) -> None:
        self.home = home
        self._said = home.with_suffix(".out")
        command = [sys.executable, "-m", "deploy.local", "--home", str(home), "--port-offset", str(offset)]
        with self._said.open("wb") as out:
            self.process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=out, start_new_session=True)

    def said(self) -> str:
        return self._said.read_text()

    def wait_for(self, text: str) -> None:
        until(lambda: text in self.said(), self.said)

    def run(self, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, "--home", str(self.home), *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)

    def children(self) -> dict[int, str]:
        """Command lines of the processes this stack started, by process id."""
        found = {}
        for path in Path("/proc").glob("[0-9]*"):
            try:
                parent = (path / "stat").read_text().rsplit(")", 1)[1].split()[1]
                command = (path / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:  # it has just ended
                continue
            if int(parent) == self.process.pid:
                found[int(path.name)] = command
        return found


def until(done: Callable[[], bool], otherwise: Callable[[], str]) -> None:
    deadline = time.monotonic() + SECONDS
    while not done():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.1)


def free_offset() -> int:
    while True:
        offset = random.randrange(10_000, 20_000)
        try:
            refuse_taken_ports(shifted(LocalPorts(), offset))
        except StackError:
            continue
        return offset


@contextmanager
def running(home: Path, offset: int) -> Iterator[Stack]:
    made = Stack(home, offset)
    try:
        made.wait_for("Next: `make deal`")
        yield made
    finally:
        made.process.terminate()
        made.process.wait(30)


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    # Not under pytest's folder, which another run of pytest closes to the user PostgreSQL runs as.
    with TemporaryDirectory(prefix="thread-local-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "home"


@pytest.fixture(scope="module")
def offset() -> int:
    return free_offset()


@pytest.fixture(scope="module")
def stack(home: Path, offset: int) -> Iterator[Stack]:
    with running(home, offset) as made:
        yield made


def test_it_says_where_everything_is(stack: Stack) -> None:
    ports = json.loads((stack.home / "run.json").read_text())["ports"]
    for name in ("api_port", "mailbox_port", "temporal_ui_port"):
        assert f"http://localhost:{ports[name]}" in stack.said()
    assert "mara@demo.example" in stack.said()


def test_what_it_keeps_secret_is_its_owners(stack: Stack) -> None:
    for name in ("vault-key", "hubspot.json", "postgres/postgres.json"):
        assert (stack.home / name).stat().st_mode & 0o077 == 0


def test_a_deal_becomes_an_account_once_for_fifty_deliveries(stack: Stack) -> None:
    deal = stack.run("deploy.deal", "--copies", "50", "--bad-event")
    assert deal.returncode == 0, deal.stdout + deal.stderr
    assert "50 sent, Thread answered 200" in deal.stdout
    address = json.loads((stack.home / "postgres" / "postgres.json").read_text())["postgres"]
    port = json.loads((stack.home / "run.json").read_text())["ports"]["postgres_port"]
    with psycopg.connect(f"postgresql://postgres:{address}@127.0.0.1:{port}/thread", autocommit=True) as database:

        def all_of(query: LiteralString) -> list[str]:
            return sorted(str(row[0]) for row in database.execute(query).fetchall())

        until(lambda: all_of("SELECT status FROM webhook_events") == ["done", "rejected"], stack.said)
        assert all_of("SELECT company_name FROM accounts") == ["Harbour & Finch"]


def test_a_forged_delivery_is_refused(stack: Stack) -> None:
    deal = stack.run("deploy.deal", "--wrong-secret")
    assert deal.returncode == 1
    assert "Thread answered 401" in deal.stdout


def test_a_second_start_is_refused(stack: Stack) -> None:
    second = stack.run("deploy.local")
    assert second.returncode == 1
    assert "already running" in second.stderr


def test_what_is_killed_comes_back(stack: Stack) -> None:
    for name, program in (("Worker", "worker.py"), ("API", "-m api"), ("Temporal", "start-dev")):
        (pid,) = (pid for pid, command in stack.children().items() if program in command)
        os.kill(pid, signal.SIGKILL)
        stack.wait_for(f"{name} is back after")
    assert stack.run("deploy.deal").returncode == 0


def test_stopping_leaves_nothing_behind(stack: Stack) -> None:
    children = stack.children()
    assert len(children) == 8  # seven programs, and the guard of PostgreSQL
    stopped = stack.run("deploy.local", "--stop")
    assert stopped.returncode == 0, stopped.stderr
    assert stack.process.wait(10) == 0
    assert [pid for pid in children if alive(pid)] == []
    assert "Everything is stopped" in stack.said()


def test_a_killed_stack_leaves_nothing_behind_and_starts_again(home: Path, offset: int) -> None:
    with running(home, offset) as killed:
        children = killed.children()
        killed.process.kill()
        killed.process.wait(10)
        until(lambda: not any(alive(pid) for pid in children), killed.said)
    with running(home, offset) as again:
        assert again.run("deploy.deal").returncode == 0
