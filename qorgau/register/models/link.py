from django.db import models

from qorgau.register.models.appeal import Appeal


class Link(models.Model):
    """How one appeal belongs to another, which mostly came earlier.

    `part_of`: `appeal` was merged and is answered together with `earlier`, the leading one. `split_from`: `appeal`
    holds one of several questions that `earlier` asked.
    """

    TYPES = [
        ("repeat_of", "repeat_of"),
        ("duplicate_of", "duplicate_of"),
        ("related", "related"),
        ("stage_after", "stage_after"),
        ("part_of", "part_of"),
        ("split_from", "split_from"),
    ]

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="links")
    earlier = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="linked_from")
    type = models.CharField(max_length=15, choices=TYPES)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appeal", "earlier", "type"], name="link_once"),
            models.UniqueConstraint(fields=["earlier"], condition=models.Q(type="stage_after"), name="one_next_stage"),
            models.UniqueConstraint(fields=["appeal"], condition=models.Q(type="part_of"), name="part_of_one"),
        ]
        indexes = [
            models.Index(fields=["at"], condition=models.Q(type="part_of"), name="link_merged"),
        ]
