from django.conf import settings
from django.db import models

from qorgau.register.models.appeal import Appeal


class JournalLine(models.Model):
    """One change of one appeal. Append-only: the database refuses changes and deletions (migration 0002).

    `hash` covers the line and the hash before it, so that a changed or missing line is found
    (`register/journal.py`, `qorgau journal verify`).
    """

    ACTORS = [("staff", "staff"), ("applicant", "applicant"), ("clock", "clock"), ("door", "door")]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, db_index=False, related_name="journal")
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=10, choices=ACTORS)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    verb = models.CharField(max_length=30)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    # A Sentence as JSON: why, in words that people can read.
    because = models.JSONField(default=dict)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "sequence"], name="journal_in_order")]
        indexes = [
            models.Index(fields=["staff", "at"], condition=models.Q(staff__isnull=False), name="journal_of_staff"),
            # "For you" begins with these: few in a week, among all that happened in it.
            models.Index(fields=["at"], condition=models.Q(verb="unheard"), name="journal_unheard"),
        ]
