from django.conf import settings
from django.db import models

from qorgau.lib.file_in_background import FileInBackground
from qorgau.register.models import Appeal


class CaseFile(FileInBackground):
    """A whole case that somebody takes as one file: how far it is, and where it lies for a day.

    That it was taken, by whom and what for stands in the journal of the appeal.
    """

    FOLDER = "case-files"
    PDF, ZIP = "pdf", "zip"
    FORMATS = [(PDF, PDF), (ZIP, ZIP)]

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    format = models.CharField(max_length=3, choices=FORMATS)
    purpose = models.CharField(max_length=20)
    # Contacts and IIN as they are, not masked.
    in_full = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["finished_at"], condition=~models.Q(stored_as=""), name="case_file_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}, {self.format}, {self.asked_at:%Y-%m-%d %H:%M}"
