"""Can the local stack run here? Each obstacle is one line that a person can act on."""

import fcntl
import json
import os
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from deploy.supervisor import StackError
from settings import LocalPorts

HOST = "127.0.0.1"
FREE_BYTES = 500 * 1024 * 1024
_ENDING_SECONDS = 10.0


def shifted(ports: LocalPorts, offset: int) -> LocalPorts:
    """Every port moved by `offset`, so that two stacks can run beside each other."""
    moved = {name: port + offset for name, port in ports.model_dump().items()}
    wrong = [f"{port} ({name})" for name, port in moved.items() if not 1 <= port <= 65535]
    if wrong:
        msg = f"no such port: {', '.join(wrong)}"
        raise StackError(msg)
    return LocalPorts(**moved)


def refuse_taken_ports(ports: LocalPorts, *, after_kill: bool = False) -> None:
    """Raise `StackError` naming the first port that something listens on, and how to use another.

    `after_kill` waits for the programs of a killed stack to end. Its PostgreSQL does not: starting ends that one.
    """
    deadline = time.monotonic() + (_ENDING_SECONDS if after_kill else 0)
    for name, port in ports.model_dump().items():
        if after_kill and name == "postgres_port":
            continue
        while not _free(port):
            if time.monotonic() >= deadline:
                what = (LocalPorts.model_fields[name].description or name).rstrip(".")
                msg = (
                    f"port {port} ({what}) is taken by another program: stop it, set THREAD_{name.upper()}, "
                    "or move all ports with `make run PORT_OFFSET=100`"
                )
                raise StackError(msg)
            time.sleep(0.1)


def _free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def refuse_full_disk(folder: Path) -> None:
    """Raise `StackError` when the disk has less room than the databases need to grow."""
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES:
        msg = f"no disk space: {folder.absolute()} has {free >> 20} MB free, Thread needs {FREE_BYTES >> 20} MB"
        raise StackError(msg)


@contextmanager
def running_alone(home: Path, ports: LocalPorts) -> Iterator[bool]:
    """Hold `home` for this process and note in it who runs and where; raise `StackError` when it is held.

    Gives whether the last stack here was killed, and so did not take its note away.
    """
    home.mkdir(parents=True, exist_ok=True)
    with (home / "run.lock").open("a") as lock:
        if not _locked(lock.fileno(), patience=0.3):  # somebody who only looks holds it for a moment
            running = running_here(home) or {}
            msg = f"Thread is already running in {home} (process {running.get('pid', '?')}); `make stop` stops it"
            raise StackError(msg)
        note = home / "run.json"
        was_killed = note.exists()
        note.write_text(json.dumps({"pid": os.getpid(), "ports": ports.model_dump()}))
        try:
            yield was_killed
        finally:
            note.unlink(missing_ok=True)


def running_here(home: Path) -> dict[str, Any] | None:
    """Process id and ports of the stack that runs in `home`, or None."""
    try:
        with (home / "run.lock").open("a") as lock:
            if _locked(lock.fileno()):
                return None  # nobody held it; closing the file lets go of it again
        note: dict[str, Any] = json.loads((home / "run.json").read_text())
    except (OSError, ValueError):
        return None
    return note


def stop_running(home: Path, seconds: float = 40) -> str:
    """Stop the stack that runs in `home`, and say what happened."""
    running = running_here(home)
    if running is None:
        return f"Thread is not running in {home}."
    os.kill(running["pid"], signal.SIGTERM)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if running_here(home) is None:
            return f"Thread (process {running['pid']}) is stopped."
        time.sleep(0.1)
    msg = f"Thread (process {running['pid']}) did not stop within {seconds:.0f} s"
    raise StackError(msg)


def _locked(file: int, patience: float = 0) -> bool:
    deadline = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.05)
        else:
            return True
