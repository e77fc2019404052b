from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.topic import Topic

FIELD_KINDS = [
    ("text", _("text")),
    ("number", _("number")),
    ("date", _("date")),
    ("choice", _("choice")),
    ("yes_no", _("yes or no")),
]


class OwnField(Named, Dated):
    """A question that an installation asks of appeals besides ours, answered by staff; never about a person.

    `options` of a choice are rows with `code`, `kk`, `ru`, `en` and `offered`: one that was offered once stays, so that
    what was chosen keeps its words. Empty `topic` and `desk_kinds` mean any.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=FIELD_KINDS)
    options = models.JSONField(_("options"), default=list, blank=True)
    required = models.BooleanField(_("must be filled in"), default=False)
    topic = models.ForeignKey(Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT)
    desk_kinds = models.JSONField(_("desks that see it"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("own field")
        verbose_name_plural = _("own fields")
        ordering = ["position", "code"]

    def option(self, code: str) -> dict[str, Any] | None:
        """The row of an option, also of one that is offered no longer."""
        return next((option for option in self.options if option["code"] == code), None)
