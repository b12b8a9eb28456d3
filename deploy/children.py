"""How does the local stack start and end a program? In a session of its own, logging to a file, never left behind."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

_PR_SET_PDEATHSIG = 1
_MAX_LOG = 10_000_000


def spawn(
    command: Sequence[str], log_file: Path, environment: Mapping[str, str] | None = None
) -> tuple[subprocess.Popen[bytes], int]:
    """Start a program with its output appended to `log_file`; the process, and where in the file its output begins.

    Its own session keeps Ctrl-C from it, so that the caller decides the order in which programs end. On Linux it
    gets SIGTERM when the thread that started it ends, even by `kill -9`: call this from the main thread.
    """
    log_file.parent.mkdir(parents=True, exist_ok=True)
    if log_file.exists() and log_file.stat().st_size > _MAX_LOG:
        log_file.replace(log_file.with_suffix(".log.old"))
    with log_file.open("ab") as log:
        start = log.tell()
        process = subprocess.Popen(  # noqa: S603  # our own programs and arguments
            list(command),
            env=None if environment is None else dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=_die_with_parent(),  # one C call, prepared before the fork
        )
    return process, start


def end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Ask the program to end, and end it after `seconds`."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def last_line(log_file: Path) -> str:
    """The last thing a log says, for a message about a program that did not start."""
    with log_file.open("rb") as log:
        log.seek(max(0, log_file.stat().st_size - 4000))
        lines = log.read().decode("utf-8", "replace").split("\n")
    return next((line.strip()[-500:] for line in reversed(lines) if line.strip()), "it said nothing")


def _die_with_parent() -> Callable[[], Any] | None:
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def ask() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died before we could ask
            os._exit(1)

    return ask
