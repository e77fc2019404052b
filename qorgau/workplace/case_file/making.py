"""Making a case file: at once when it is small, by the worker when it is large. Taking it is written down first."""

from typing import IO

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import override

from qorgau.register.actors import Actor
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.evidence import TAKEN
from qorgau.register.models import Appeal, Attachment
from qorgau.register.scope import appeals_for
from qorgau.workplace.case_file.contents import contents
from qorgau.workplace.case_file.document import document
from qorgau.workplace.case_file.evidence_files import write_evidence
from qorgau.workplace.models import CaseFile

LARGEST_AT_ONCE = 20_000_000
"""Bytes of attachments that somebody waits for; the worker packs larger cases."""
_LINES_AT_ONCE = 300
_TRIES = 3


def is_large(appeal: Appeal, format: str) -> bool:
    """Whether it takes longer than somebody should wait."""
    if appeal.version > _LINES_AT_ONCE:
        return True
    size = Attachment.objects.filter(appeal=appeal).aggregate(bytes=Sum("size"))["bytes"] or 0
    return format == CaseFile.ZIP and size > LARGEST_AT_ONCE


def make(asked: CaseFile, appeal: Appeal, file: IO[bytes]) -> None:
    """Write the file, and into the journal of the appeal who took the case out and what for.

    Of an archive the journal keeps the hash of the manifest: what was fixed here can be proved later.
    """
    with override(asked.language):
        if asked.format == CaseFile.ZIP:
            manifest = write_evidence(file, asked, appeal)
        else:
            file.write(document(contents(asked, appeal)))
            manifest = ""
    _write_down(asked, appeal, manifest)


def make_in_background(case_file_id: int) -> None:
    """The file of a case that waits. Nothing is made for somebody who may not see the appeal any longer."""
    asked = CaseFile.objects.select_related("staff__desk").get(pk=case_file_id)
    if not asked.goes_on:
        return
    appeal = whole_appeal(asked) if asked.staff.works_today else None
    if appeal is None:
        asked.end(CaseFile.FAILED)
        return
    with asked.being_written() as file:
        make(asked, appeal, file)
    asked.end(CaseFile.READY)


def whole_appeal(asked: CaseFile) -> Appeal | None:
    """The appeal with all that the document names, if whoever asked may see it."""
    related = ("applicant", "patient", "taken_by", "holder", "organisation", "region", "topic")
    return appeals_for(asked.staff).select_related(*related).filter(pk=asked.appeal_id).first()


def _write_down(asked: CaseFile, appeal: Appeal, manifest: str) -> None:
    """Taking a case out changes nothing of it, so it is written after whoever does."""
    details = {"format": asked.format, "case_for": asked.purpose, "in_full": asked.in_full, "manifest": manifest}
    for tries_left in reversed(range(_TRIES)):
        try:
            with transaction.atomic():
                change(appeal, verb=TAKEN, actor=Actor.of(asked.staff), at=timezone.now(), details=details)
            return
        except SomebodyWasFaster:
            if not tries_left:
                raise
            appeal.refresh_from_db(fields=["version", "journal_head"])
