from django.db import models

from qorgau.register.models.appeal import Appeal


class Link(models.Model):
    """How one appeal belongs to an earlier one."""

    TYPES = [("repeat_of", "repeat_of"), ("duplicate_of", "duplicate_of"), ("stage_after", "stage_after")]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="links")
    earlier = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="linked_from")
    type = models.CharField(max_length=15, choices=TYPES)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "earlier", "type"], name="link_once"),
            models.UniqueConstraint(fields=["earlier"], condition=models.Q(type="stage_after"), name="one_next_stage"),
        ]
