from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class TemporaryStatus(models.Model):
    """A temporary status that the Fund granted: to whom (by hash), for which category, from which day to which.

    ``until`` is what was decided, ``last_day`` what came of it: the same, or the day before it was revoked, which may
    lie before ``since``; then it never held. Append-only: the database lets nothing be changed but the marks of
    revoking and of telling that it ends, each once, and refuses two statuses of one person for the same day.
    ``documents`` are attachments of the appeal that it rests on; ``rules`` is the code of the row that said how long.
    """

    person = models.UUIDField()
    category = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    last_day = models.DateField()
    appeal_number = models.CharField(max_length=16)
    documents = ArrayField(models.BigIntegerField())
    rules = models.CharField(max_length=60)
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["since", "pk"]
        indexes = [
            models.Index(fields=["person"], name="temporary_of_person"),
            # For the clock: those whose end was not told of yet.
            models.Index(fields=["last_day"], condition=models.Q(told_at__isnull=True), name="temporary_to_tell"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True, revoked_by__isnull=True, last_day=models.F("until"))
                | models.Q(revoked_at__isnull=False, revoked_by__isnull=False, last_day__lte=models.F("until")),
                name="temporary_whole_or_revoked",
            ),
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="temporary_has_days"),
        ]
