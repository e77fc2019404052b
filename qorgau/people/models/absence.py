from django.conf import settings
from django.db import models


class Absence(models.Model):
    """Somebody is away from one day to another, both included, and a colleague of the same desk stands in for them."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in")
    since = models.DateField()
    until = models.DateField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    # Taken back, or over sooner than it was said.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(since__lte=models.F("until")), name="absence_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~models.Q(staff=models.F("substitute")), name="nobody_stands_in_for_oneself"
            ),
        ]
