from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.insurance import NAMED, ONCE_IN_FORCE, SOURCE, WHERE_FROM, Counted
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, InForce
from qorgau.directory.models import AttachmentReason, ChoiceCampaign


class ChoiceCampaignForm(DatedForm):
    """The days in which a clinic is chosen freely. Two campaigns never share a day."""

    only_one_of = ()

    class Meta:
        model = ChoiceCampaign
        fields = (*NAMED, "valid_from", "valid_to", "serves_from", *SOURCE)
        help_texts = {"serves_from": _("The day on which whoever chose in these days begins to be served there.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name in ("valid_from", "valid_to"):
            if not cleaned.get(name) and name not in self.errors and name in self.fields:
                self.add_error(name, _("Write the first and the last day: people are told both."))
        closes, serves_from = self._said("valid_to"), cleaned.get("serves_from")
        if closes and serves_from and serves_from <= closes:
            self.add_error("serves_from", _("The new clinic serves only after the last day of choosing."))
        return cleaned


@admin.register(ChoiceCampaign)
class Campaigns(Counted):
    """Days in which everybody may choose a clinic."""

    form = ChoiceCampaignForm
    list_display = ("name_ru", "valid_from", "valid_to", "serves_from", "in_force", "sure")
    list_filter = (InForce, "source_mark")
    counted = ("serves_from",)
    fieldsets = (
        NAMES,
        (
            _("Days of choosing"),
            {"fields": ("valid_from", "valid_to", "serves_from"), "description": _("Both days belong to them.")},
        ),
        WHERE_FROM,
    )


class AttachmentReasonForm(DatedForm):
    """Why somebody asks to be attached."""

    only_one_of = ("code",)

    class Meta:
        model = AttachmentReason
        fields = (
            *("code", *NAMED, "position", "bound", "once_a_year"),
            *("papers_kk", "papers_ru", "papers_en", *SOURCE, "valid_from", "valid_to"),
        )
        help_texts = {
            "bound": _("Without a tick it holds on any day of the year."),
            "once_a_year": _("With a tick people are told when they have chosen in this year already."),
            "papers_ru": _(
                "Ends the sentence “Have ready: …”. Copies of identity documents must not be asked for: "
                "the law forbids collecting them."
            ),
            "position": _("Smaller numbers come first."),
        }


@admin.register(AttachmentReason)
class AttachmentReasons(Counted):
    """Why people ask to be attached to a clinic."""

    form = AttachmentReasonForm
    list_display = ("name_ru", "code", "bound", "once_a_year", "position", "in_force", "sure")
    list_filter = (InForce, "bound", "source_mark")
    search_fields = ("code", *NAMED)
    fixed = ("code",)
    counted = ("bound", "once_a_year")
    fieldsets = (
        NAMES,
        (None, {"fields": ("code", "position")}),
        (_("What it means"), {"fields": ("bound", "once_a_year"), "description": ONCE_IN_FORCE}),
        (_("What to have ready"), {"fields": ("papers_kk", "papers_ru", "papers_en")}),
        WHERE_FROM,
        IN_FORCE,
    )
