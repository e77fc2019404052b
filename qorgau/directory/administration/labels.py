from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import Label


class LabelForm(DatedForm):
    """A label: its name in three languages and its colour."""

    class Meta:
        model = Label
        fields = ("name_kk", "name_ru", "name_en", "code", "colour", "position", "valid_from", "valid_to")
        help_texts = {
            "code": _("Latin letters, digits and hyphens. It stands in addresses and exports and does not change."),
            "colour": _("A colour never speaks alone: the name stands beside it."),
            "position": _("Smaller numbers come first."),
        }


@admin.register(Label)
class Labels(Dated):
    """Words that staff put on appeals to find them again."""

    form = LabelForm
    list_display = ("name_ru", "code", "colour", "position", "in_force")
    list_filter = (InForce, "colour")
    search_fields = ("name_kk", "name_ru", "name_en", "code")
    fixed = ("code",)
    fieldsets = (
        (
            NAMES[0],
            {
                "fields": NAMES[1]["fields"],
                "description": _(
                    "A label is about the appeal, never about a person: no names, numbers or diagnoses. Everybody who "
                    "sees the appeal sees it; the applicant does not."
                ),
            },
        ),
        (_("How it looks"), {"fields": ("code", "colour", "position")}),
        IN_FORCE,
    )
