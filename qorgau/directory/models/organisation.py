from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.region import Region
from qorgau.lib.folding import fold
from qorgau.rules.ladder import Ownership

OWNERSHIP_NAMES = [
    (Ownership.STATE.value, _("state")),
    (Ownership.PRIVATE.value, _("private")),
    (Ownership.UNKNOWN.value, _("not known")),
]


class Organisation(Named, Dated):
    """A medical organisation that people complain about, thank or are attached to."""

    # The number in the source it came from: what makes an import safe to repeat.
    source_key = models.CharField(_("key in the source"), max_length=80, unique=True)
    bin = models.CharField(_("BIN"), max_length=12, blank=True)
    aliases = models.JSONField(_("other names"), default=list, blank=True)
    ownership = models.CharField(
        _("ownership"), max_length=10, choices=OWNERSHIP_NAMES, default=Ownership.UNKNOWN.value
    )
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    region = models.ForeignKey(Region, verbose_name=_("region"), on_delete=models.PROTECT, related_name="organisations")
    district = models.CharField(_("district or city"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    # Every name and alias folded (`lib/folding.py`), so that search needs no extension of the database.
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("medical organisation")
        verbose_name_plural = _("medical organisations")
        ordering = ["name_ru"]
        indexes = [models.Index(fields=["region"]), models.Index(fields=["bin"], name="organisation_bin")]

    @property
    def names(self) -> list[str]:
        """Every name people may know it by."""
        return [name for name in (self.name_kk, self.name_ru, self.name_en, *self.aliases) if name]

    def make_searchable(self) -> None:
        """Fold the names into `search_text`; `save` does it by itself, saving many rows at once does not."""
        self.search_text = fold(" ".join(self.names))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.make_searchable()
        super().save(*args, **kwargs)
