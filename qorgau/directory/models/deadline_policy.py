from django.db import models
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models.dated import Dated, Named
from qorgau.directory.models.desk import KIND_NAMES
from qorgau.directory.models.sourced import Sourced
from qorgau.directory.models.topic import APPEAL_KIND_NAMES
from qorgau.rules.policies import Purpose


class DeadlinePolicy(Named, Dated, Sourced):
    """A lawful term or a promise of ours, dated (DOMAIN §4.4). `rules/deadlines.py` interprets it."""

    PURPOSES = [
        (Purpose.CONSIDERATION.value, _("considering an appeal")),
        (Purpose.SUPPORT_SERVICE.value, _("considering an appeal at a clinic's own desk")),
        (Purpose.CONSULTATION.value, _("answering a question in the contact centre")),
        (Purpose.REDIRECTION.value, _("passing an appeal to the body that is competent for it")),
        (Purpose.EXTENSION_NOTICE.value, _("telling the applicant of an extension")),
        (Purpose.INFORMATION_REQUEST.value, _("a clinic's reply to a request for information")),
        (Purpose.RATING.value, _("the applicant's time to rate an answer")),
        (Purpose.NEXT_STAGE.value, _("the applicant's time to go to a higher desk")),
        (Purpose.PUBLIC_SERVICE.value, _("a complaint about a public service")),
        (Purpose.ATTACHMENT.value, _("attaching somebody to a clinic")),
    ]
    UNITS = [("working_days", _("working days")), ("calendar_days", _("calendar days")), ("months", _("months"))]
    COUNTING = [("next_day", _("from the next day")), ("same_day", _("from the same day"))]

    # Names a row of the supplied reference data, so that loading it again finds it; rows added by hand need none.
    code = models.CharField(_("code"), max_length=60, blank=True)
    purpose = models.CharField(_("what the term is for"), max_length=30, choices=PURPOSES)
    appeal_kind = models.CharField(_("kind of appeal"), max_length=12, choices=APPEAL_KIND_NAMES, blank=True)
    procedure = models.CharField(
        _("procedure"), max_length=12, blank=True, choices=[("full", _("full")), ("simplified", _("simplified"))]
    )
    desk_kind = models.CharField(_("desk"), max_length=20, choices=KIND_NAMES, blank=True)
    term = models.PositiveSmallIntegerField(_("term"))
    unit = models.CharField(_("unit"), max_length=15, choices=UNITS)
    counts_from = models.CharField(_("counted"), max_length=10, choices=COUNTING, default="next_day")
    rolls_forward = models.BooleanField(_("a last day off moves to the next working day"), default=True)
    # For a service that is given for a part of the day only; empty for the whole of the working hours.
    taken_until = models.TimeField(_("taken until"), null=True, blank=True)
    extension_months = models.PositiveSmallIntegerField(_("can be extended by, months"), default=0)
    notice_days = models.PositiveSmallIntegerField(_("working days to tell of an extension"), default=0)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["purpose", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~models.Q(code=""), name="one_term_of_a_code"),
        ]
