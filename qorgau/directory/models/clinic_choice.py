from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.sourced import Sourced


class ChoiceCampaign(Named, Dated, Sourced):
    """Days in which everybody may choose a clinic of primary care (DOMAIN §3.6): the first and the last day in force.

    `rules/attachment.py` interprets it.
    """

    serves_from = models.DateField(_("the new clinic serves from"))

    class Meta:
        verbose_name = _("days of choosing a clinic")
        verbose_name_plural = _("days of choosing a clinic")
        ordering = ["-valid_from"]


class AttachmentReason(Named, Dated, Sourced):
    """Why somebody asks to be attached to a clinic (DOMAIN §3.6). `rules/attachment.py` interprets it."""

    code = models.SlugField(_("code"), max_length=40)
    bound = models.BooleanField(_("only in the days of choosing"), default=False)
    once_a_year = models.BooleanField(_("once a year"), default=False)
    papers_kk = models.CharField(_("what to have ready, in Kazakh"), max_length=300, blank=True)
    papers_ru = models.CharField(_("what to have ready, in Russian"), max_length=300, blank=True)
    papers_en = models.CharField(_("what to have ready, in English"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("reason for attachment")
        verbose_name_plural = _("reasons for attachment")
        ordering = ["position", "code", "-valid_from"]
