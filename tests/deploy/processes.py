"""Is a process still running?"""

from pathlib import Path


def alive(pid: int) -> bool:
    """Whether it runs; the unreaped remains of one that ended (containers often keep those) do not count."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
