from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Named


class HolidayOverride(Named):
    """A day that differs from the published calendar: moved by decree, or missing in the package of holidays."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("is a working day"))
    basis = models.CharField(_("legal basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("day moved by decree")
        verbose_name_plural = _("days moved by decree")
        ordering = ["-day"]
