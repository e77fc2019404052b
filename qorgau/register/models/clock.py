from django.db import models

from qorgau.directory.models import DeadlinePolicy
from qorgau.register.models.appeal import Appeal


class Clock(models.Model):
    """A term that runs on an appeal: from when, until when, how it was computed, and what came of it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="clocks")
    purpose = models.CharField(max_length=30)
    policy = models.ForeignKey(DeadlinePolicy, on_delete=models.PROTECT, db_index=False, related_name="+")
    started_at = models.DateTimeField()
    due_on = models.DateField()
    # The computation sheet (`rules/deadlines.Sheet`), the same for citizen, staff and auditor.
    sheet = models.JSONField()
    stopped_at = models.DateTimeField(null=True)
    # Working days taken and over, written when the clock stops.
    days_taken = models.PositiveSmallIntegerField(null=True)
    days_over = models.PositiveSmallIntegerField(default=0)
    extended_from = models.DateField(null=True)
    extension_reason = models.TextField(blank=True)
    reminded_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "purpose"], condition=models.Q(stopped_at__isnull=True), name="one_running_clock"
            ),
        ]
        indexes = [
            models.Index(fields=["due_on"], condition=models.Q(stopped_at__isnull=True), name="clock_running"),
        ]
