from django.conf import settings
from django.db import models

from qorgau.lib.file_in_background import FileInBackground


class Export(FileInBackground):
    """One table of appeals that left the register: who took it, with which filters, what for, how many rows.

    These lines are the journal of exports: the database lets none be deleted, nor what was asked be changed. The file
    of a large one lies on the disk for a day.
    """

    FOLDER = "exports"
    WAITING, RUNNING, READY, GIVEN, FAILED, CLEARED = "waiting", "running", "ready", "given", "failed", "cleared"
    STATES = [(state, state) for state in (WAITING, RUNNING, READY, GIVEN, FAILED, CLEARED)]
    UNFINISHED = (WAITING, RUNNING)

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The query part of the queue's address, without the page.
    query = models.TextField(blank=True)
    format = models.CharField(max_length=15)
    purpose = models.CharField(max_length=20)
    # Contacts and IIN as they are, not masked.
    in_full = models.BooleanField(default=False)
    # How many appeals passed the filters, and how many of them are written.
    rows = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=STATES)
    size = models.PositiveBigIntegerField(null=True)
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["staff", "-asked_at"], name="export_of_staff"),
            models.Index(fields=["finished_at"], condition=~models.Q(stored_as=""), name="export_kept"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id}, {self.asked_at:%Y-%m-%d %H:%M}, {self.rows}"
