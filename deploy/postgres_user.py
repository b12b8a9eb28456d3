"""Which system user runs the embedded PostgreSQL, and what may it reach? PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

EXISTING = "postgres"
CREATED = "thread-postgres"
LAST_RESORT = "nobody"


def system_user(data_dir: Path) -> pwd.struct_passwd | None:
    """The account PostgreSQL runs as; None when the current one will do, that is when we are not root."""
    if os.geteuid() != 0:
        return None
    if data_dir.exists() and data_dir.stat().st_uid != 0:
        return pwd.getpwuid(data_dir.stat().st_uid)
    return _find(EXISTING) or _find(CREATED) or _create() or pwd.getpwnam(LAST_RESORT)


def run_as(user: pwd.struct_passwd | None) -> dict[str, Any]:
    """Arguments for `subprocess` that start a program as that account, without root's supplementary groups."""
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def own(path: Path, user: pwd.struct_passwd | None) -> None:
    """Give one file or folder to the account."""
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def let_through(path: Path, user: pwd.struct_passwd | None) -> None:
    """Let the account walk to `path`: adds the search bit, and no other, to those parents that lack it.

    A search bit does not allow listing a folder. Parents that can be passed already are not touched.
    """
    if user is None:
        return
    for folder in path.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def let_read(folders: Iterable[Path], user: pwd.struct_passwd | None) -> None:
    """Let the account read program folders that were installed under a closed umask."""
    if user is None:
        return
    for folder in folders:
        let_through(folder, user)
        if folder.exists() and not folder.stat().st_mode & stat.S_IROTH:
            for path in (folder, *folder.rglob("*")):
                _open(path)


def _open(path: Path) -> None:
    if path.is_symlink():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    searchable = stat.S_IXOTH if mode & stat.S_IXUSR else 0
    path.chmod(mode | stat.S_IROTH | searchable)


def _find(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _create() -> pwd.struct_passwd | None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is not None:
        command = [program, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", CREATED]
        subprocess.run(command, check=False, capture_output=True)  # noqa: S603  (fixed arguments)
    return _find(CREATED)
