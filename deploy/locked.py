"""Do the lock files fit pyproject.toml? `python -m deploy.locked` compares them without a network."""

import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def pins(lines: Iterable[str]) -> dict[str, str]:
    """Version by normalised name of every `name==version` line."""
    found = (_PIN.match(line) for line in lines)
    return {_name(one[1]): one[2] for one in found if one}


def differences(root: Path) -> list[str]:
    """One sentence for each requirement that the lock files do not hold as pyproject.toml asks."""
    project = tomllib.loads((root / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    runtime = project["dependencies"]
    wanted = {"runtime": runtime, "dev": [*runtime, *extras["local"], *extras["dev"]], "node": extras["node"]}
    locked = {name: (root / "requirements" / f"{name}.txt").read_text() for name in wanted}
    found = [line for name, asked in wanted.items() for line in _missing(name, asked, pins(locked[name].splitlines()))]
    found += [line for name, text in locked.items() for line in _without_hash(name, text)]
    dev = pins(locked["dev"].splitlines())
    for name, version in pins(locked["runtime"].splitlines()).items():
        if dev.get(name) != version:
            found.append(f"runtime.txt has {name} {version}, dev.txt has {dev.get(name, 'none')}")
    return found


def _missing(lock: str, asked: list[str], held: dict[str, str]) -> list[str]:
    unpinned = [f"pyproject.toml does not pin {one!r} with ==" for one in asked if not _PIN.match(one)]
    return unpinned + [
        f"pyproject.toml asks for {name} {version}, {lock}.txt has {held.get(name, 'none')}"
        for name, version in pins(asked).items()
        if held.get(name) != version
    ]


def _without_hash(lock: str, text: str) -> list[str]:
    entries = re.sub(r"\\\n\s*", " ", text).splitlines()
    return [
        f"{lock}.txt has no hash for {one.split()[0]}" for one in entries if _PIN.match(one) and "--hash=" not in one
    ]


def _name(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def main() -> int:
    """Print every difference; the exit code says whether there are any."""
    found = differences(Path(__file__).parent.parent)
    for line in found:
        sys.stderr.write(f"{line}; `make lock` writes the lock files anew\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
