"""Running a program without the rights of root, when we are root ourselves: some servers refuse anything else."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class NoPlainAccount(Exception):
    """Root could not make, or could not open a path to, the account that the program is to run as."""


@dataclass(frozen=True)
class PlainAccount:
    """The account a program runs as; `uid` None means: as whoever we are."""

    uid: int | None = None
    gid: int | None = None

    def for_subprocess(self) -> dict[str, Any]:
        """Arguments for `subprocess` that drop every right of root, group memberships too."""
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path) -> None:
        """Give a file or folder to the account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)

    def open_way_to(self, path: Path) -> list[Path]:
        """Let the account pass through the folders above `path` (pass, not look inside); returns those it changed."""
        if self.uid is None:
            return []
        opened = []
        for folder in path.resolve().parents:
            facts = folder.stat()
            passable = facts.st_mode & (stat.S_IXUSR if facts.st_uid == self.uid else stat.S_IXOTH)
            if not passable:
                _change_mode(folder, facts.st_mode | stat.S_IXOTH)
                opened.append(folder)
        return opened

    def open_tree(self, top: Path) -> None:
        """Let the account read all that lies under `top` and run what can be run, after a strict umask unpacked it."""
        if self.uid is None:
            return
        for path in (top, *top.rglob("*")):
            if path.is_symlink():
                continue
            mode = path.stat().st_mode
            runs = stat.S_IXGRP | stat.S_IXOTH if mode & stat.S_IXUSR else 0
            _change_mode(path, mode | stat.S_IRGRP | stat.S_IROTH | runs)


def plain_account(name: str, *, owner_of: Path | None = None) -> PlainAccount:
    """The account for a program: ourselves, or, for root, the owner of `owner_of`, else the system account `name`.

    The system account is made when there is none. Raises NoPlainAccount with a hint when that fails.
    """
    if os.geteuid() != 0:
        return PlainAccount()
    if owner_of is not None and owner_of.exists() and (facts := owner_of.stat()).st_uid != 0:
        return PlainAccount(facts.st_uid, facts.st_gid)
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        _create(name)
        entry = pwd.getpwnam(name)
    return PlainAccount(entry.pw_uid, entry.pw_gid)


def left_empty_by_an_account_that_is_gone(folder: Path) -> bool:
    """Whether nothing lies in a folder whose owner this machine does not know, as after its accounts were made anew."""
    if not folder.is_dir() or any(folder.iterdir()):
        return False
    try:
        pwd.getpwuid(folder.stat().st_uid)
    except KeyError:
        return True
    return False


def _create(name: str) -> None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise NoPlainAccount(f"Root needs the system account {name!r} to run the program, and there is no `useradd`.")
    made = subprocess.run(  # noqa: S603 - our own arguments
        [useradd, "--system", "--no-create-home", "--user-group", "--shell", "/usr/sbin/nologin", name],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise NoPlainAccount(f"Root could not make the system account {name!r}: {made.stderr.strip()}")


def _change_mode(path: Path, mode: int) -> None:
    try:
        path.chmod(stat.S_IMODE(mode))
    except OSError as error:
        raise NoPlainAccount(
            f"{path} must let other accounts pass, and cannot be changed: {error.strerror}."
        ) from error
