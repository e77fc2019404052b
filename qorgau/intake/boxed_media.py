"""Recordings and videos of the MP4 family, without the blocks in which telephones write where they were made.

Such a file is a tree of boxes: four bytes of length, four of type, content. The boxes `udta`, `meta` and `uuid` hold
place, device and names; they are blanked where they lie, since the other boxes point to places in the file.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from qorgau.intake.refused import DAMAGED, Refused

_TELL_ABOUT_THE_MAKER = frozenset({b"udta", b"meta", b"uuid"})
_LOOKED_INTO = frozenset({b"moov", b"trak", b"moof", b"traf", b"mdia", b"minf"})
_MOST_BOXES = 20_000
_CHUNK = 65_536


def blank_metadata(path: Path) -> None:
    """Blank them in the file itself. Raises Refused when its boxes do not fit into one another."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        for start, length in list(_to_blank(file, 0, size, [0])):
            file.seek(start + 4)
            file.write(b"free")
            file.seek(start + 8)
            _write_zeros(file, length - 8)


def _to_blank(file: BinaryIO, start: int, end: int, seen: list[int]) -> Iterator[tuple[int, int]]:
    while end - start >= 8:
        seen[0] += 1
        length, kind, header = _box(file, start, end)
        if length < header or length > end - start or seen[0] > _MOST_BOXES:
            raise Refused(DAMAGED)
        if kind in _TELL_ABOUT_THE_MAKER:
            yield start, length
        elif kind in _LOOKED_INTO:
            yield from _to_blank(file, start + header, start + length, seen)
        start += length


def _box(file: BinaryIO, start: int, end: int) -> tuple[int, bytes, int]:
    file.seek(start)
    header = file.read(16)
    length, kind = int.from_bytes(header[:4]), header[4:8]
    if length == 1:  # a longer length follows
        return int.from_bytes(header[8:16]), kind, 16
    return (end - start if length == 0 else length), kind, 8


def _write_zeros(file: BinaryIO, count: int) -> None:
    while count > 0:
        file.write(bytes(min(count, _CHUNK)))
        count -= _CHUNK
