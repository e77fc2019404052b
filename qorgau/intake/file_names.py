"""Names of files as people may safely see and save them."""

import re

from qorgau.intake.file_kinds import ALL, FileKind
from qorgau.lib.clean_text import clean_line

LONGEST = 120
_NOT_IN_NAMES = re.compile(r'[<>:"|?*]')
_WITHOUT_WIDTH = re.compile(r"[\u00ad\u200c\u200d\ufe00-\ufe0f]")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\..*)?", re.IGNORECASE)
_PROGRAMS = (
    "exe scr com pif bat cmd ps1 vbs vbe js jse wsf wsh msi msp jar apk dll lnk url hta cpl reg sh py php "
    "htm html xhtml mht svg xml swf zip rar 7z gz iso rtf docm xlsm pptm"
)
_ENDINGS = frozenset(_PROGRAMS.split()) | {ending for kind in ALL for ending in kind.endings}


def clean_name(name: str, kind: FileKind) -> str:
    """The name without path, hidden characters and false endings, with the ending of the file's true kind.

    At most 120 characters; never one that Windows keeps for itself. `scan.pdf.exe` that is a picture becomes
    `scan.jpg`.
    """
    line = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1])
    stem = _NOT_IN_NAMES.sub("_", _WITHOUT_WIDTH.sub("", line)).strip(" .")
    stem, ending = _without_endings(stem)
    if ending not in kind.endings:
        ending = kind.endings[0]
    stem = stem[: LONGEST - len(ending) - 1].strip(" .") or "file"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}.{ending}"[:LONGEST]


def ending_of(name: str) -> str:
    """What stands after the last dot, in small letters."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _without_endings(stem: str) -> tuple[str, str]:
    """The name without every ending that programs go by, and the last of those."""
    last = ""
    while (ending := ending_of(stem)) in _ENDINGS:
        last = last or ending
        stem = stem[: -len(ending) - 1].rstrip(" .")
    # A name that was nothing but an ending.
    return ("", stem.lower()) if not last and stem.lower() in _ENDINGS else (stem, last)
