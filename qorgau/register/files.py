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
# A small picture lies beside the stored one and lives as long. It can be made again, so nothing waits for the disk.
_SMALL = "-small"
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


def keep_small(path: Path, stored_as: str) -> None:
    """Give the small picture of a stored file its place beside it."""
    path.rename(_place_of_small(stored_as))


def open_small(attachment: Attachment) -> BinaryIO | None:
    """The small picture of an attachment, open for reading; None when there is none yet."""
    try:
        return _place_of_small(attachment.stored_as).open("rb")
    except FileNotFoundError:
        return None


def open_attachment(attachment: Attachment) -> BinaryIO:
    """The file of an attachment, open for reading. Raises FileNotFoundError when the disk has lost it."""
    return place_of(attachment.stored_as).open("rb")


def place_of(stored_as: str) -> Path:
    """Where a stored file lies. Raises ValueError for anything that is not one of our names."""
    if not _PLACE.fullmatch(stored_as):
        raise ValueError(f"{stored_as!r} is not the name of a stored file")
    return _root() / stored_as


def remove(stored_as: str) -> None:
    """Remove a stored file and its small picture; nothing happens when they are gone already."""
    _place_of_small(stored_as).unlink(missing_ok=True)
    place_of(stored_as).unlink(missing_ok=True)


def _place_of_small(stored_as: str) -> Path:
    place = place_of(stored_as)
    return place.with_name(place.name + _SMALL)


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
    for path in (*_older(_root() / _INCOMING, before), *_small_ones_alone(before)):
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
    for folder in _folders():
        for path in _older(folder, before):
            name = path.relative_to(_root()).as_posix()
            if _PLACE.fullmatch(name):
                yield name


def _small_ones_alone(before: datetime) -> Iterator[Path]:
    """Small pictures that were made while somebody removed the file itself."""
    for folder in _folders():
        for path in _older(folder, before):
            if path.name.endswith(_SMALL) and not path.with_name(path.name.removesuffix(_SMALL)).exists():
                yield path


def _folders() -> list[Path]:
    return sorted(_root().glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]"))


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
