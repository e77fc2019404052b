from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.lib.speech import name_in


class DatedQuerySet(models.QuerySet):
    """Rows that hold for a time."""

    def in_force(self, on: date) -> "DatedQuerySet":
        """Those that hold on this day; both ends belong to the interval, an open end never ends."""
        begun = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=on)
        not_over = models.Q(valid_to__isnull=True) | models.Q(valid_to__gte=on)
        return self.filter(begun & not_over)


class Dated(models.Model):
    """A row of reference data that holds from one day to another; rows are ended, never deleted."""

    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(_("in force to"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row; raises RuntimeError for one of the snapshot, which all threads share and which may be old."""
        if getattr(self._state, "shared", False):
            raise RuntimeError(f"{self!r} belongs to the snapshot of the directory; read the row to change it")
        super().save(*args, **kwargs)

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


class Named(models.Model):
    """A name in three languages; `qorgau.lib.speech.name_in` picks one."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=400, blank=True)
    name_ru = models.CharField(_("name in Russian"), max_length=400)
    name_en = models.CharField(_("name in English"), max_length=400, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return name_in(self)
