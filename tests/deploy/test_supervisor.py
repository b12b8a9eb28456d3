"""What dies is started again, what cannot run is told, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from deploy.supervisor import Child, StackError, Stopped, Supervisor, raise_on_signals
from tests.deploy.processes import alive

SLEEPER = "import time; print('ready', flush=True); time.sleep(60)"
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER


def child(folder: Path, code: str) -> Child:
    return Child([sys.executable, "-c", code], folder / "child.log", lambda logged: "ready" in logged, dict(os.environ))


def until_gone(pid: int) -> None:
    deadline = time.monotonic() + 10
    while alive(pid):
        assert time.monotonic() < deadline, "the process is still there"
        time.sleep(0.02)


@pytest.fixture
def supervisor() -> Supervisor:
    return Supervisor()


def test_a_killed_program_is_started_again(
    supervisor: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program = child(tmp_path, SLEEPER)
    supervisor.keep("Worker", program)
    supervisor.start("Worker", "takes work")
    first = program.pid
    assert first is not None

    def kill_then_stop() -> None:
        os.kill(first, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while program.pid in (None, first) and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGTERM)

    before = {one: signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    raise_on_signals()
    killer = threading.Thread(target=kill_then_stop)
    try:
        killer.start()
        with pytest.raises(Stopped):
            supervisor.watch()
        second = program.pid
        assert second not in (None, first)
    finally:
        killer.join()
        supervisor.stop()
        for one, handler in before.items():
            signal.signal(one, handler)
    assert program.pid is None
    said = capsys.readouterr().out
    assert "Worker ended unexpectedly; starting it again" in said
    assert "Worker is back after" in said


def test_a_program_that_cannot_run_is_told_with_its_last_words(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.keep("API", child(tmp_path, "raise SystemExit('no such setting')"))
    with pytest.raises(StackError, match=r"API cannot start: it ended while starting: no such setting \(log: "):
        supervisor.start("API", "")


def test_a_program_that_keeps_dying_is_given_up(
    supervisor: Supervisor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    supervisor.keep("Worker", child(tmp_path, "print('ready', flush=True)"))
    supervisor.start("Worker", "")
    with pytest.raises(StackError, match="Worker ended 6 times within 60 s"):
        supervisor.watch()
    assert capsys.readouterr().out.count("starting it again") == 5


def test_a_stubborn_program_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deploy.supervisor.STOP_SECONDS", 0.2)
    program = child(tmp_path, STUBBORN)
    program.start()
    pid = program.pid
    assert pid is not None
    program.stop()
    until_gone(pid)


def test_nothing_outlives_a_killed_supervisor(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from deploy.children import spawn\n"
        f"process, _ = spawn([sys.executable, '-c', {SLEEPER!r}], Path({str(tmp_path / 'child.log')!r}))\n"
        "print(process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert alive(pid)
        parent.kill()
    until_gone(pid)
