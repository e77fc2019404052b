"""Compiling the catalogues of translated texts, so that nobody needs gettext's own programs."""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a .mo beside every .po under `folder` that is newer than its .mo; returns those written.

    Entries marked fuzzy are guesses nobody has looked at: they stay out and the source text is shown.
    Raises babel.messages.pofile.PoFileError, naming the line, for a file that cannot be read.
    """
    stale = [source for source in sorted(folder.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3], abort_invalid=True)
        # Written beside and moved into place: a process starting meanwhile reads a whole file, or makes its own.
        unfinished = source.with_suffix(f".{os.getpid()}.mo")
        with unfinished.open("wb") as compiled:
            write_mo(compiled, catalogue)
        unfinished.replace(source.with_suffix(".mo"))
    return stale


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime
