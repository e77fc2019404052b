"""Office documents that are ZIP archives, judged by the list of their parts. Nothing is ever unpacked."""

import struct
import zipfile
from pathlib import Path

from qorgau.intake.refused import DAMAGED, LOCKED, MACROS, PACKED_TOO_TIGHTLY, Refused
from qorgau.rules.sentences import N_, Sentence

SIGNATURE = b"PK\x03\x04"

# A list of parts is read whole: a document of hundreds of pages has one of some hundred kilobytes.
_LONGEST_LIST = 2_000_000
_MOST_UNPACKED = 300_000_000
_HIGHEST_RATIO = 200
_ALWAYS_FINE = 10_000_000
_END_OF_LIST = struct.Struct("<4s4H2LH")
# Of the longer form for big archives: its pointer stands before the record above, the record itself before that.
_POINTER, _LONG_RECORD, _LENGTH_IN_LONG_RECORD = 20, 56, 40
_LONGEST_REMARK = 65_535
_ENCRYPTED = 0x1
_PROGRAMS = (".exe", ".dll", ".scr", ".js", ".vbs", ".bat", ".cmd", ".ps1", ".jar", ".hta", ".msi", ".lnk")
_HIDES_A_PROGRAM = Sentence(N_("a program is hidden in the document, so it is not taken."))
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}


def look_into(path: Path) -> str:
    """Which it is, "docx", "xlsx", "pptx", "odt" or "ods"; empty for any other archive.

    Raises Refused for what is not safe.
    """
    _refuse_endless_list(path)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            found = _kind(archive, {part.filename for part in parts})
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError, struct.error, OverflowError) as error:
        raise Refused(DAMAGED) from error
    except RuntimeError as error:  # zipfile says so when a part wants a password
        raise Refused(LOCKED) from error
    if found:
        _refuse_what_is_not_safe(parts, path.stat().st_size)
    return found


def _refuse_endless_list(path: Path) -> None:
    """The list of parts is read into memory, so its length is looked at first, in the record at the end of the file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _LONG_RECORD - _POINTER - _END_OF_LIST.size - _LONGEST_REMARK))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    if place < 0 or len(tail) - place < _END_OF_LIST.size:
        raise Refused(DAMAGED)
    length: int = _END_OF_LIST.unpack_from(tail, place)[5]
    if tail[max(0, place - _POINTER) : place].startswith(b"PK\x06\x07"):
        start = max(0, place - _POINTER - _LONG_RECORD + _LENGTH_IN_LONG_RECORD)
        length = int.from_bytes(tail[start : start + 8], "little")
    if length > _LONGEST_LIST:
        raise Refused(PACKED_TOO_TIGHTLY)


def _kind(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _MAIN_PARTS.items() if part in names), "")
    if "mimetype" not in names or "content.xml" not in names:
        return ""
    part = archive.getinfo("mimetype")
    if part.compress_type != zipfile.ZIP_STORED or part.file_size > 100:
        return ""
    return _OPEN_DOCUMENTS.get(archive.read(part).strip(), "")


def _refuse_what_is_not_safe(parts: list[zipfile.ZipInfo], size: int) -> None:
    unpacked = sum(part.file_size for part in parts)
    if unpacked > _MOST_UNPACKED or (unpacked > _ALWAYS_FINE and unpacked > size * _HIGHEST_RATIO):
        raise Refused(PACKED_TOO_TIGHTLY)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise Refused(LOCKED)
    for part in parts:
        name = part.filename.lower()
        if name.endswith("vbaproject.bin") or name.startswith(("basic/", "scripts/")):
            raise Refused(MACROS)
        if name.endswith(_PROGRAMS):
            raise Refused(_HIDES_A_PROGRAM)
