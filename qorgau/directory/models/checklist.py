from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.topic import APPEAL_KIND_NAMES, Topic


class Checklist(Named, Dated):
    """A list of steps that an installation wants done with appeals of a topic and a kind; empty means any.

    It belongs to the appeals that were registered while it was in force.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    topic = models.ForeignKey(
        Topic, verbose_name=_("topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    appeal_kind = models.CharField(_("kind of appeal"), max_length=12, choices=APPEAL_KIND_NAMES, blank=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["code"]


class ChecklistStep(Named, Dated):
    """One step of a checklist. It is ended, never deleted: appeals keep who did it."""

    checklist = models.ForeignKey(
        Checklist, verbose_name=_("checklist"), on_delete=models.PROTECT, related_name="steps"
    )
    must = models.BooleanField(_("must be done before the answer"), default=False)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("step of a checklist")
        verbose_name_plural = _("steps of checklists")
        ordering = ["position", "pk"]
