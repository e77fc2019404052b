from django.conf import settings
from django.db import models

from qorgau.directory.models import Desk
from qorgau.register.models.appeal import Appeal


class Opening(models.Model):
    """Somebody of the staff opened what we know of a person: who, when, of which appeal, which part, what for.

    Append-only: the database refuses changes, and deletions before five years are over. `desk` is where
    that person worked then, as the applicant reads it. `outside` says that the desk took no part in the appeal, and
    `off_hours` that it was not working time. Rows are written by `register/openings.py` alone.
    """

    PARTS = [
        ("card", "card"),
        ("form", "form"),
        ("contacts", "contacts"),
        ("file", "file"),
        ("person", "person"),
        ("status", "status"),
        ("export", "export"),
    ]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, db_index=False, related_name="openings")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")
    desk = models.ForeignKey(Desk, null=True, on_delete=models.PROTECT, db_index=False, related_name="+")
    at = models.DateTimeField()
    part = models.CharField(max_length=10, choices=PARTS)
    purpose = models.CharField(max_length=30)
    outside = models.BooleanField(default=False)
    off_hours = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["appeal", "at"], name="opening_of_appeal"),
            models.Index(fields=["staff", "at"], name="opening_of_staff"),
            # The page of the security officer reads by time; so does whoever sweeps out what is too old.
            models.Index(fields=["at", "id"], name="opening_in_time"),
        ]
