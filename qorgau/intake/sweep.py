"""Clearing away what was added to forms that never came, and files that no row points to."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from qorgau.intake.models import StagedFile
from qorgau.register import files
from qorgau.register.models import Attachment

_A_FORM_WAITS = timedelta(hours=24)
# Far longer than any transaction takes between storing a file and committing its row.
_ORPHAN_AFTER = timedelta(hours=48)
_AT_A_TIME = 500


def forget_old(at: datetime) -> int:
    """Forget files that were staged more than a day ago; says how many. One being attached right now is left alone."""
    forgotten = 0
    while names := _forget_some(at - _A_FORM_WAITS):
        for name in names:
            files.remove(name)
        forgotten += len(names)
    return forgotten


def sweep_files(at: datetime) -> int:
    """Remove stored files that neither an attachment nor a staged file points to; says how many."""
    return files.sweep(before=at - _ORPHAN_AFTER, known=_known)


def _forget_some(before: datetime) -> list[str]:
    """Delete some rows and say where their files lie. The files go once this is committed, never before."""
    with transaction.atomic():
        rows = list(
            StagedFile.objects.select_for_update(skip_locked=True)
            .filter(staged_at__lt=before)
            .order_by("pk")[:_AT_A_TIME]
        )
        StagedFile.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return [row.stored_as for row in rows]


def _known(names: Sequence[str]) -> set[str]:
    # Staged files are asked first: one that is attached in between is then found among the attachments.
    staged = StagedFile.objects.filter(stored_as__in=names).values_list("stored_as", flat=True)
    return set(staged) | set(Attachment.objects.filter(stored_as__in=names).values_list("stored_as", flat=True))
