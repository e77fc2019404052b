from django.conf import settings
from django.db import models

from qorgau.register.models import Appeal


class CaseFile(models.Model):
    """A whole case that somebody takes as one file: how far it is, and where it lies for a day.

    That it was taken, by whom and what for stands in the journal of the appeal.
    """

    PDF, ZIP = "pdf", "zip"
    FORMATS = [(PDF, PDF), (ZIP, ZIP)]
    WAITING, READY, FAILED, CLEARED = "waiting", "ready", "failed", "cleared"
    STATES = [(state, state) for state in (WAITING, READY, FAILED, CLEARED)]

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    format = models.CharField(max_length=3, choices=FORMATS)
    purpose = models.CharField(max_length=20)
    # Contacts and IIN as they are, not masked.
    in_full = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=STATES, default=WAITING)
    finished_at = models.DateTimeField(null=True)
    stored_as = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["finished_at"], condition=~models.Q(stored_as=""), name="case_file_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id}, {self.format}, {self.asked_at:%Y-%m-%d %H:%M}"
