from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated
from qorgau.rules.limits import Limit


class HandlingLimit(Dated):
    """A limit of how desks work together, dated. `rules/limits.py` says what each of them means."""

    LIMITS = [
        (Limit.RETURNS.value, _("returns of an appeal, after which the desk above settles whose it is")),
        (Limit.TEMPORARY_NOTICE.value, _("days before a temporary status ends, when it is told")),
        (Limit.NEW_CODES.value, _("new access codes of an appeal within a day")),
    ]

    limit = models.CharField(_("what is limited"), max_length=20, choices=LIMITS)
    value = models.PositiveSmallIntegerField(_("how many"))
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("limit")
        verbose_name_plural = _("limits")
        ordering = ["limit", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__gte=1),
                name="limit_of_one_at_least",
                violation_error_message=_("The smallest limit is 1."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_limit_display()}: {self.value}"
