"""A browser against all of Thread: the local stack as `make run` starts it, on ports and in a folder of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from settings import LocalPorts

ROOT = Path(__file__).parents[2]
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "portal_ui/node_modules/axe-core/axe.min.js"
START_SECONDS = 120

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    assert chromium, "no Chromium on this machine: `make test` says how to install it"
    return {**browser_type_launch_args, "executable_path": chromium, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1280, "height": 860}, "locale": "en-GB"}


@dataclass(frozen=True)
class Deal:
    """A deal that was closed: the customer's name, and the addresses of their people."""

    company: str
    people: tuple[str, ...]


@dataclass
class Stack:
    """The running stack, and what a test does to it from outside."""

    home: Path
    ports: LocalPorts
    process: subprocess.Popen[str]

    @property
    def url(self) -> str:
        return f"http://localhost:{self.ports.api_port}"

    def close_deal(self) -> "Deal":
        """`make deal`."""
        answer = httpx.post(
            f"http://127.0.0.1:{self.ports.hubspot_port}/_control/deals/close-next", json={}, timeout=60
        )
        assert answer.status_code == 200, answer.text
        closed = answer.json()
        company = closed["deal"]["properties"]["dealname"].split(":")[0]
        return Deal(company, tuple(re.findall(r"<(.+?)>", " ".join(closed["people"]))))

    def messages(self, subject: str = "") -> list[dict[str, Any]]:
        """What arrived in the mailbox, newest first, whose subject contains this."""
        found = httpx.get(f"http://127.0.0.1:{self.ports.mailbox_port}/api/messages").json()
        return [message for message in found if subject in message["subject"]]

    def wait_for_message(self, subject: str, count: int = 1, seconds: float = 30) -> list[dict[str, Any]]:
        deadline = time.monotonic() + seconds
        while len(found := self.messages(subject)) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} messages with {subject!r} arrived"
            time.sleep(0.1)
        return found

    def kill(self, program: str) -> int:
        """`kill -9` of one of Thread's own programs: `worker.py` or `api`; the stack starts it again."""
        pid = self.pid_of(program)
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 40
        while self.pid_of(program, wait=False) in (pid, 0):
            assert time.monotonic() < deadline, f"{program} did not come back"
            time.sleep(0.05)
        return pid

    @contextmanager
    def without(self, program: str) -> Iterator[None]:
        """One of Thread's own programs neither works nor is started again: it is stopped, as by a debugger."""
        pid = self.pid_of(program)
        os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def pid_of(self, program: str, *, wait: bool = True) -> int:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children:
            words = Path(f"/proc/{child}/cmdline").read_text().split("\0")
            if program in words:
                return int(child)
        assert not wait, f"{program} is not running"
        return 0


def free_offset() -> int:
    """An offset at which none of the stack's ports is taken."""
    for offset in range(11_000, 30_000, 997):
        ports = [port + offset for port in LocalPorts().model_dump().values()]
        if all(_is_free(port) for port in ports):
            return offset
    raise AssertionError("no free ports")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    offset = free_offset()
    with TemporaryDirectory(prefix="thread-e2e-") as folder:
        command = [sys.executable, "-m", "deploy.local", "--home", folder, "--port-offset", str(offset)]
        command += ["--day-seconds", "3"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert process.stdout
        printed = []
        deadline = time.monotonic() + START_SECONDS
        try:
            for line in process.stdout:
                printed.append(line)
                if "Next: `make deal`" in line:
                    break
                assert time.monotonic() < deadline, "".join(printed)
            assert process.poll() is None, "".join(printed)
            ports = LocalPorts(**{name: port + offset for name, port in LocalPorts().model_dump().items()})
            yield Stack(Path(folder), ports, process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=40)


class Camera:
    """Writes pictures of pages into the folder of `--pictures`; without one it does nothing."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder) if folder else None

    def take(self, page: Page, name: str) -> None:
        """A picture of what the page shows."""
        if self._folder:
            page.wait_for_timeout(700)  # let what moves come to rest
            page.screenshot(path=self._folder / f"{name}.png")


@pytest.fixture
def camera(request: pytest.FixtureRequest) -> Camera:
    return Camera(request.config.getoption("--pictures"))


def link_in(text: str, path: str) -> str:
    """The link of that path in a message's text."""
    found = re.search(r"https?://[^\s()]*" + re.escape(path) + r"[^\s()]*", text)
    assert found, f"no link to {path} in: {text}"
    return found.group(0)


def axe(page: Page) -> None:
    """Nothing that WCAG 2.2 AA forbids is on the page."""
    page.evaluate(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags}).then(r => r.violations)", tags)
    told = [f"{v['id']}: {v['help']} {[node['html'] for node in v['nodes']][:3]}" for v in found]
    assert not told, f"{page.url}: {told}"


def log_in(page: Page, stack: Stack, email: str = "mara@demo.example") -> None:
    """Log in as somebody of the demo organisation."""
    page.goto(stack.url)
    ready(page)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill("onboarding")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("navigation")).to_be_visible()


def open_account(page: Page, stack: Stack, company: str) -> None:
    """The page of that company's account."""
    page.goto(f"{stack.url}/accounts")
    ready(page)
    page.get_by_role("link", name=company).first.click()
    expect(page.get_by_role("heading", name=company)).to_be_visible()


def drafts_of(page: Page, company: str) -> Locator:
    """Entries of the review inbox for that company."""
    return page.get_by_role("main").locator("a[href^='/inbox/']").filter(has_text=company)


def ready(page: Page) -> None:
    """The page listens to keys and clicks."""
    page.wait_for_selector("html[data-ready='1']")
