from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.lib.kazakh_order import sort_key

_SORT_KEY_LENGTH = 100


class Region(Named, Dated):
    """An oblast or a city of republican significance (DOMAIN §2).

    ``latitude`` and ``longitude`` are those of its main town, in degrees, for whoever says by a place where they are.
    """

    kato = models.CharField(_("KATO code"), max_length=9, unique=True)
    iso = models.CharField(_("ISO 3166-2 code"), max_length=6, unique=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    latitude = models.FloatField(
        _("latitude of the main town"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude of the main town"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    sort_key = models.CharField(max_length=_SORT_KEY_LENGTH, editable=False, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["kato"]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = sort_key(self.name_kk)[:_SORT_KEY_LENGTH]
        super().save(*args, **kwargs)
