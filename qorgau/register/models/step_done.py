from django.conf import settings
from django.db import models

from qorgau.directory.models import ChecklistStep
from qorgau.register.models.appeal import Appeal


class StepDone(models.Model):
    """A step of a checklist that was done with an appeal. Unticked, its row goes; the journal keeps who did what."""

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, db_index=False, related_name="steps_done")
    step = models.ForeignKey(ChecklistStep, on_delete=models.PROTECT, db_index=False, related_name="+")
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, db_index=False, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["appeal", "step"], name="one_step_once")]
