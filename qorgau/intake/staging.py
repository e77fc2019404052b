"""Files of a form before it is sent. They are checked and kept when they first arrive, so that no error loses them."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from qorgau.intake import boxed_media, pictures
from qorgau.intake.file_kinds import BOXED_MEDIA, CSV, PICTURES, TEXT, FileKind, recognise
from qorgau.intake.file_names import clean_name, ending_of
from qorgau.intake.models import StagedFile
from qorgau.intake.refused import Refused
from qorgau.lib.clean_text import clean_line
from qorgau.register.files import free_space, incoming, keep, keep_small, remove
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

_MEGABYTE = 1_000_000
# The database lives on a disk too, perhaps on this one: it must never be files that fill it.
_LEFT_FREE = 1_000 * _MEGABYTE
_BITS_OF_A_TOKEN = 128
_SHOWN_OF_A_NAME = 60
_EMPTY = Sentence(N_("the file is empty."))
_NO_ROOM = Sentence(N_("files cannot be taken at the moment. Send the text now and add the file later."))


def stage(upload: UploadedFile, *, at: datetime) -> StagedFile:
    """Check an uploaded file, clean it, keep it, and give it a token under which a form can name it.

    What is kept has no metadata of pictures or videos. Raises Problem (field "files") for a file that is empty, too
    large, damaged, or of a kind that is not taken.
    """
    name = upload.name or ""
    try:
        return _stage(upload, name, at)
    except Refused as refused:
        raise Problem(
            Sentence(N_("“{name}”: {reason}"), {"name": _short(name), "reason": refused.reason}), "files"
        ) from refused


def staged(tokens: Iterable[str]) -> list[StagedFile]:
    """The files under these tokens, in their order; tokens that are not known any more are left out."""
    wanted = list(dict.fromkeys(tokens))
    rows = {row.token: row for row in StagedFile.objects.filter(token__in=wanted)} if wanted else {}
    return [rows[token] for token in wanted if token in rows]


def discard(token: str) -> None:
    """Forget a staged file, because the person took it off the form; nothing happens when it is gone already."""
    row = StagedFile.objects.filter(token=token).first()
    if row is not None and StagedFile.objects.filter(pk=row.pk).delete()[0]:
        remove(row.stored_as)


def _stage(upload: UploadedFile, name: str, at: datetime) -> StagedFile:
    if free_space() < _LEFT_FREE:
        raise Refused(_NO_ROOM)
    with incoming() as raw, incoming() as cleaned, incoming() as small:
        _receive(upload, raw)
        kind = recognise(raw)
        if kind == TEXT and ending_of(name) in CSV.endings:
            kind = CSV  # only a name tells these two apart, and both are plain text
        ready, kind = _clean(raw, cleaned, small, kind)
        sha256, size = _digest(ready)
        stored_as = keep(ready)
        if small.exists():
            keep_small(small, stored_as)
    try:
        return StagedFile.objects.create(
            token=secrets.token_hex(_BITS_OF_A_TOKEN // 8),
            name=clean_name(name, kind),
            media_type=kind.media_type,
            size=size,
            sha256=sha256,
            stored_as=stored_as,
            staged_at=at,
        )
    except BaseException:
        remove(stored_as)
        raise


def _receive(upload: UploadedFile, path: Path) -> None:
    """Write the upload to the disk chunk by chunk; its real length counts, not the one that was announced."""
    limit = settings.ATTACHMENT_LIMIT_MB * _MEGABYTE
    size = 0
    with path.open("wb") as file:
        for chunk in upload.chunks():
            size += len(chunk)
            if size > limit:
                raise Refused(
                    Sentence(N_("the file is larger than {limit} MB."), {"limit": settings.ATTACHMENT_LIMIT_MB})
                )
            file.write(chunk)
    if size == 0:
        raise Refused(_EMPTY)


def _clean(raw: Path, cleaned: Path, small: Path, kind: FileKind) -> tuple[Path, FileKind]:
    if kind in PICTURES:
        return cleaned, pictures.write_clean(raw, cleaned, kind, small=small)
    if kind in BOXED_MEDIA:
        boxed_media.blank_metadata(raw)
    return raw, kind


def _digest(path: Path) -> tuple[bytes, int]:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest(), path.stat().st_size


def _short(name: str) -> str:
    line = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1])
    return line if len(line) <= _SHOWN_OF_A_NAME else f"{line[: _SHOWN_OF_A_NAME - 1]}…"
