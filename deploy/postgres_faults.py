"""What keeps PostgreSQL from starting? Each answer is one line that a person can act on."""

import shutil
import socket
import subprocess
from pathlib import Path

HOST = "127.0.0.1"
FREE_BYTES = 200 * 1024 * 1024


class PostgresError(RuntimeError):
    """PostgreSQL could not be started; the message is one line that says why."""


def refuse_taken_port(port: int) -> None:
    """Raise `PostgresError` when something listens on the loopback port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            message = f"port {port} on {HOST} is taken by another program; PostgreSQL needs it"
            raise PostgresError(message) from None


def refuse_full_disk(folder: Path) -> None:
    """Raise `PostgresError` when the disk of `folder` has less room than a cluster takes."""
    free = shutil.disk_usage(folder).free
    if free < FREE_BYTES:
        message = f"no disk space: {folder} has {free >> 20} MB free, PostgreSQL needs {FREE_BYTES >> 20} MB"
        raise PostgresError(message)


def command_of(pid: int) -> str:
    """Command line of a running process; empty when there is none (or only its unreaped remains)."""
    linux = Path(f"/proc/{pid}/cmdline")
    if linux.parent.parent.joinpath("self").exists():
        try:
            return linux.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    listing = ["/bin/ps", "-p", str(pid), "-o", "command="]
    listed = subprocess.run(listing, capture_output=True, text=True, check=False)  # noqa: S603  (fixed program)
    return listed.stdout.strip()


def explain(output: str, port: int) -> str:
    """One line out of what PostgreSQL printed."""
    if "No space left on device" in output:
        return "no disk space: PostgreSQL could not write its data"
    if "Address already in use" in output:
        return f"port {port} on {HOST} is taken by another program; PostgreSQL needs it"
    for line in output.splitlines():
        for level in ("FATAL:", "PANIC:", "error:"):
            if level in line:
                return f"PostgreSQL could not start: {line.split(level, 1)[1].strip()}"
    return "PostgreSQL did not start in time" if not output else f"PostgreSQL could not start: {output.strip()[-200:]}"
