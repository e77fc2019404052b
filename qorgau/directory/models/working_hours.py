from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated


class WorkingHours(Dated):
    """When the working day begins and ends; what comes later is received on the next one (Art. 64; DOMAIN §4.3)."""

    opens = models.TimeField(_("the working day begins"))
    closes = models.TimeField(_("the working day ends"))
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens__lt=models.F("closes")),
                name="working_day_ends_after_it_begins",
                violation_error_message=_("The working day ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}–{self.closes:%H:%M}"
