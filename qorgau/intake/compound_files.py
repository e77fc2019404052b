"""Word and Excel files of 1997-2003, and locked ones of today: compound files, judged by the names of their streams."""

from pathlib import Path

from qorgau.intake.refused import LOCKED, MACROS, Refused

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

# Entries of the directory of a compound file are 128 bytes long and lie at multiples of that from its start.
_ENTRY = 128
_STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls"}


def look_into(path: Path) -> str:
    """Which it is, "doc" or "xls"; empty for other compound files, an installer for instance.

    Raises Refused for locks and macros.
    """
    content = path.read_bytes()
    if _has(content, "EncryptedPackage"):
        raise Refused(LOCKED)
    found = next((kind for stream, kind in _STREAMS.items() if _has(content, stream)), "")
    if found and any(_has(content, name) for name in ("Macros", "_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA")):
        raise Refused(MACROS)
    return found


def _has(content: bytes, name: str) -> bool:
    """Whether a directory entry of that name is there: the name in UTF-16, its end, its length at byte 64."""
    written = (name + "\0").encode("utf-16-le")
    place = content.find(written)
    while place >= 0:
        length = int.from_bytes(content[place + 64 : place + 66], "little")
        if place % _ENTRY == 0 and length == len(written):
            return True
        place = content.find(written, place + 1)
    return False
