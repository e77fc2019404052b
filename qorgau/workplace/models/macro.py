from django.db import models
from django.db.models import Q

from qorgau.workplace.models.own_text import Belonging


class Macro(Belonging):
    """A few verbs in their order, done with one press; `steps` in the form of `workplace/macros/steps.py`."""

    steps = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(owner__isnull=True, desk__isnull=False) | Q(owner__isnull=False, desk__isnull=True),
                name="macro_has_one_owner",
            )
        ]
