"""The kinds of files that are taken, told by their content: never by a name, never by what a browser says."""

from dataclasses import dataclass
from pathlib import Path

from qorgau.intake import compound_files, plain_texts, zipped_files
from qorgau.intake.refused import Refused
from qorgau.rules.sentences import N_, Sentence

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is served as, and which endings its name may have (the first is given to others)."""

    media_type: str
    endings: tuple[str, ...]


JPEG = FileKind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
PNG = FileKind("image/png", ("png", "apng"))
WEBP = FileKind("image/webp", ("webp",))
GIF = FileKind("image/gif", ("gif",))
TIFF = FileKind("image/tiff", ("tif", "tiff"))
HEIC = FileKind("image/heic", ("heic", "heif"))
PDF = FileKind("application/pdf", ("pdf",))
DOCX = FileKind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = FileKind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
PPTX = FileKind("application/vnd.openxmlformats-officedocument.presentationml.presentation", ("pptx",))
ODT = FileKind("application/vnd.oasis.opendocument.text", ("odt",))
ODS = FileKind("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
DOC = FileKind("application/msword", ("doc",))
XLS = FileKind("application/vnd.ms-excel", ("xls",))
TEXT = FileKind("text/plain", ("txt",))
CSV = FileKind("text/csv", ("csv",))
MP3 = FileKind("audio/mpeg", ("mp3",))
M4A = FileKind("audio/mp4", ("m4a",))
OGG = FileKind("audio/ogg", ("ogg", "oga", "opus"))
WAV = FileKind("audio/wav", ("wav",))
AMR = FileKind("audio/amr", ("amr",))
MP4 = FileKind("video/mp4", ("mp4", "m4v"))
MOV = FileKind("video/quicktime", ("mov",))
THREE_GP = FileKind("video/3gpp", ("3gp", "3gpp"))

PICTURES = frozenset({JPEG, PNG, WEBP, GIF, TIFF, HEIC})
BOXED_MEDIA = frozenset({M4A, MP4, MOV, THREE_GP})
ALL = (*PICTURES, *BOXED_MEDIA, PDF, DOCX, XLSX, PPTX, ODT, ODS, DOC, XLS, TEXT, CSV, MP3, OGG, WAV, AMR)

_ZIPPED = {"docx": DOCX, "xlsx": XLSX, "pptx": PPTX, "odt": ODT, "ods": ODS}
_COMPOUND = {"doc": DOC, "xls": XLS}

_AT_THE_START: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"ID3", MP3),
    (b"#!AMR", AMR),
)
_BRANDS: dict[bytes, FileKind] = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"), HEIC),
    **dict.fromkeys((b"M4A ", b"M4B "), M4A),
    **dict.fromkeys((b"qt  ",), MOV),
    **dict.fromkeys((b"3gp4", b"3gp5", b"3gp6", b"3gp7", b"3gp8", b"3gp9", b"3g2a", b"3g2b", b"3gr6"), THREE_GP),
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"mmp4"),
        MP4,
    ),
}
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"PK\x05\x06", b"MSCF")
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n", b"#!")

ARCHIVE = Sentence(N_("archives are not taken; add the files one by one."))
PROGRAM = Sentence(N_("programs are not taken."))
RICH_TEXT = Sentence(N_("rich-text files are not taken; save it as PDF or DOCX and add that."))
OTHER = Sentence(
    N_("this kind of file is not taken. Send a picture, a PDF, an office document, a text, a recording or a video.")
)


def recognise(path: Path) -> FileKind:
    """The kind of a file by what is in it. Raises Refused for every kind that is not taken."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = _by_signature(head)
    if kind is not None:
        return kind
    if head.startswith(zipped_files.SIGNATURE):
        return _known(_ZIPPED, zipped_files.look_into(path), ARCHIVE)
    if head.startswith(compound_files.SIGNATURE):
        return _known(_COMPOUND, compound_files.look_into(path), OTHER)
    if head.startswith(_ARCHIVES):
        raise Refused(ARCHIVE)
    if head.startswith(_PROGRAMS):
        raise Refused(PROGRAM)
    if head.startswith(b"{\\rtf"):
        raise Refused(RICH_TEXT)
    if plain_texts.is_plain_text(path):
        return TEXT
    raise Refused(OTHER)


def _by_signature(head: bytes) -> FileKind | None:
    for signature, kind in _AT_THE_START:
        if head.startswith(signature):
            return kind
    if head.lstrip(b"\xef\xbb\xbf\x00\t\r\n ").startswith(b"%PDF-"):
        return PDF
    if head[4:8] == b"ftyp":
        return _by_brand(head)
    if head.startswith(b"RIFF"):
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head.startswith(b"OggS") and any(codec in head[:128] for codec in (b"OpusHead", b"\x01vorbis", b"Speex   ")):
        return OGG
    return MP3 if _begins_like_mpeg_audio(head) else None


def _by_brand(head: bytes) -> FileKind | None:
    """The kind that the first known brand stands for. AVIF is none of ours, though it names HEIC's brands too."""
    brands = [head[at : at + 4] for at in (8, *range(16, min(int.from_bytes(head[:4]), 256), 4))]
    if brands[0] in (b"avif", b"avis"):
        return None
    return next((_BRANDS[brand] for brand in brands if brand in _BRANDS), None)


def _begins_like_mpeg_audio(head: bytes) -> bool:
    """A frame header of MPEG layer III, with a bit rate and a sampling rate that exist."""
    return (
        len(head) > 3
        and head[0] == 0xFF
        and head[1] & 0xE6 == 0xE2
        and head[1] & 0x18 != 0x08
        and head[2] & 0xF0 not in (0x00, 0xF0)
        and head[2] & 0x0C != 0x0C
    )


def _known(kinds: dict[str, FileKind], found: str, otherwise: Sentence) -> FileKind:
    kind = kinds.get(found)
    if kind is None:
        raise Refused(otherwise)
    return kind
