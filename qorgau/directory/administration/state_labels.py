from typing import Any

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, Dated, InForce
from qorgau.directory.models import StateLabel
from qorgau.lib.clean_text import clean_line

_FOR_STAFF = ("staff_kk", "staff_ru", "staff_en")
_FOR_CITIZENS = ("citizen_kk", "citizen_ru", "citizen_en")


class StateLabelForm(DatedForm):
    """Own words for a state; for staff, for citizens, or for both, each in all three languages."""

    only_one_of = ("state", "desk_kind", "topic")

    class Meta:
        model = StateLabel
        fields = ("state", "desk_kind", "topic", *_FOR_STAFF, *_FOR_CITIZENS, "valid_from", "valid_to")
        help_texts = {
            "state": _("What it means and which clock runs stays as it is; staff see it beside your own words."),
            "desk_kind": _("Empty for any desk."),
            "topic": _("Empty for any topic; a group means all of its topics."),
        }

    def clean(self) -> dict[str, Any]:
        for name in (*_FOR_STAFF, *_FOR_CITIZENS):
            self.cleaned_data[name] = clean_line(self.cleaned_data.get(name) or "")
        cleaned = super().clean()
        for names in (_FOR_STAFF, _FOR_CITIZENS):
            missing = [name for name in names if not cleaned[name]]
            if missing and len(missing) < len(names):
                for name in missing:
                    self.add_error(name, gettext("Say it in all three languages, or in none."))
        if not any(cleaned[name] for name in (*_FOR_STAFF, *_FOR_CITIZENS)):
            self.add_error(None, gettext("Write own words for staff, for citizens, or for both."))
        return cleaned


@admin.register(StateLabel)
class StateLabels(Dated):
    """What an installation calls a state; without a row the built-in words are shown."""

    form = StateLabelForm
    list_display = ("state", "desk_kind", "topic", "staff_ru", "citizen_ru", "in_force")
    list_filter = (InForce, "state", "desk_kind")
    list_select_related = ("topic",)
    search_fields = (*_FOR_STAFF, *_FOR_CITIZENS)
    fixed = ("state", "desk_kind", "topic")
    fieldsets = (
        (_("Which state, where"), {"fields": ("state", "desk_kind", "topic")}),
        (_("What staff read"), {"fields": _FOR_STAFF}),
        (_("What citizens read"), {"fields": _FOR_CITIZENS}),
        IN_FORCE,
    )
