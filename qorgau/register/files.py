"""Where the files of appeals lie: under random names in two levels of folders, complete before any row knows of them.

A file is written under `incoming/`, brought to the disk, and only then given its place; so whatever is killed, a row
never points to half a file. What no row points to is swept away later.
"""

import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from qorgau.register.models import Attachment

_INCOMING = "incoming"
_PLACE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}")
_AT_A_TIME = 500


@contextmanager
def incoming() -> Iterator[Path]:
    """A fresh path to write a file to. What was not kept by the end is removed."""
    folder = _root() / _INCOMING
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / secrets.token_hex(16)
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(path: Path) -> str:
    """Bring an incoming file to the disk and give it its place; says the name under which it is stored."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    name = secrets.token_hex(16)
    stored_as = f"{name[:2]}/{name[2:4]}/{name}"
    place = _root() / stored_as
    place.parent.mkdir(parents=True, exist_ok=True)
    path.rename(place)
    for folder in (place.parent, place.parent.parent, _root()):
        _bring_to_disk(folder)
    return stored_as


def copy_of(stored_as: str) -> str:
    """A copy of a stored file under a name of its own. Raises FileNotFoundError when the disk has lost it."""
    with incoming() as path:
        shutil.copyfile(place_of(stored_as), path)
        return keep(path)


def open_attachment(attachment: Attachment) -> BinaryIO:
    """The file of an attachment, open for reading. Raises FileNotFoundError when the disk has lost it."""
    return place_of(attachment.stored_as).open("rb")


def place_of(stored_as: str) -> Path:
    """Where a stored file lies. Raises ValueError for anything that is not one of our names."""
    if not _PLACE.fullmatch(stored_as):
        raise ValueError(f"{stored_as!r} is not the name of a stored file")
    return _root() / stored_as


def remove(stored_as: str) -> None:
    """Remove a stored file; nothing happens when it is gone already."""
    place_of(stored_as).unlink(missing_ok=True)


def free_space() -> int:
    """Bytes left on the disk of the files."""
    root = _root()
    root.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(root).free


def sweep(*, before: datetime, known: Callable[[Sequence[str]], set[str]]) -> int:
    """Remove files written before that moment to which no row points; says how many there were.

    `known` says which of some stored names a row points to. `before` must lie well in the past: a file is stored a
    moment earlier than its row is committed.
    """
    removed = 0
    for names in _in_batches(_stored(before)):
        pointed_to = known(names)
        for name in names:
            if name not in pointed_to:
                remove(name)
                removed += 1
    for path in _older(_root() / _INCOMING, before):
        path.unlink(missing_ok=True)
        removed += 1
    return removed


def _root() -> Path:
    return Path(settings.MEDIA_ROOT)


def _bring_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _stored(before: datetime) -> Iterator[str]:
    root = _root()
    for folder in sorted(root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]")):
        for path in _older(folder, before):
            name = path.relative_to(root).as_posix()
            if _PLACE.fullmatch(name):
                yield name


def _older(folder: Path, before: datetime) -> Iterator[Path]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < before.timestamp():
                yield Path(entry.path)


def _in_batches(names: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for name in names:
        batch.append(name)
        if len(batch) == _AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch
