from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.desk import KIND_NAMES
from qorgau.rules.policies import Purpose

APPEAL_KIND_NAMES = [
    ("application", _("application")),
    ("complaint", _("complaint")),
    ("request", _("request for information")),
    ("proposal", _("proposal")),
    ("response", _("response")),
    ("message", _("message")),
]

OWN_TERMS = [(Purpose.ATTACHMENT.value, _("attaching somebody to a clinic"))]


class Topic(Named, Dated):
    """What an appeal is about: the Fund's reasons as a dated two-level tree (DOMAIN §6.4)."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("group"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    appeal_kind = models.CharField(_("kind of appeal"), max_length=12, choices=APPEAL_KIND_NAMES, blank=True)
    desk_kind = models.CharField(_("desk by default"), max_length=20, choices=KIND_NAMES, blank=True)
    # A term that runs beside the lawful one, instead of that of the desk.
    own_term = models.CharField(_("term of its own"), max_length=30, choices=OWN_TERMS, blank=True)
    sensitive = models.BooleanField(_("sensitive"), default=False)
    defect_codes = models.JSONField(_("codes of the classifier of defects"), default=list, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the list"), default=100)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "code"]
