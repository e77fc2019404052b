from django.conf import settings
from django.db import models


class ManyRun(models.Model):
    """One press of a button that does something with several appeals.

    The key comes with the form, so a second press of the same form is the same run. What was typed is kept for a day,
    to stand in the form again for the appeals that were refused.
    """

    key = models.UUIDField(primary_key=True)
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=30)
    typed = models.JSONField()
    chosen = models.JSONField()
    at = models.DateTimeField()


class ManyOutcome(models.Model):
    """What became of one appeal in a run; written in the transaction of the change itself, so nothing is done twice."""

    run = models.ForeignKey(ManyRun, on_delete=models.CASCADE, db_index=False, related_name="outcomes")
    number = models.CharField(max_length=16)
    # A Sentence as JSON; empty when it was done.
    why = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="many_outcome_once")]
