from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named

COLOURS = [
    ("plain", _("grey")),
    ("info", _("turquoise")),
    ("good", _("green")),
    ("wait", _("pale gold")),
    ("soon", _("gold")),
    ("late", _("red")),
]
"""Tones of a badge (`components/appeals.html`): colours by meaning, so that a reader's own contrast holds here too."""


class Label(Named, Dated):
    """A word that staff put on appeals to find them again: an installation's own, not the law's."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    colour = models.CharField(_("colour"), max_length=8, choices=COLOURS, default="plain")
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering = ["position", "code"]
