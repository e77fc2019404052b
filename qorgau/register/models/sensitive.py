from django.conf import settings
from django.db import models

from qorgau.register.models.appeal import Appeal


class NamedReader(models.Model):
    """Somebody who was named to read one sensitive appeal: by whom, why, from when to when."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="named_readers")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")
    reason = models.TextField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "appeal"], condition=models.Q(ended_at__isnull=True), name="named_once"
            ),
        ]


class Concerned(models.Model):
    """Somebody of our own staff whom a sensitive appeal is about: they never read it, nor hear that it exists."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="concerned")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "appeal"], name="concerned_once")]
