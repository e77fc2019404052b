from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import Desk
from qorgau.rules.ladder import DeskKind


class DeskForm(DatedForm):
    """A desk: what it belongs to depends on its kind."""

    class Meta:
        model = Desk
        fields = ("kind", "region", "organisation", "name_kk", "name_ru", "name_en", "email", "valid_from", "valid_to")
        help_texts = {
            "region": _("For a health department and a Fund branch. A clinic's desk is in the region of its clinic."),
            "organisation": _("For the patient support service of a clinic."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, region, organisation = self._said("kind"), self._said("region"), self._said("organisation")
        if kind == DeskKind.CLINIC.value:
            if organisation is None:
                self.add_error("organisation", _("Say of which organisation it is the desk."))
            else:
                cleaned["region"] = organisation.region
        elif organisation is not None:
            self.add_error("organisation", _("Only the desk of a clinic belongs to an organisation."))
        if kind in (DeskKind.HEALTH_DEPARTMENT.value, DeskKind.BRANCH.value) and region is None:
            self.add_error("region", _("Say of which region it is the desk."))
        if kind in (DeskKind.CONTACT_CENTRE.value, DeskKind.CENTRE.value) and region is not None:
            self.add_error("region", _("This desk serves the whole country."))
        return cleaned


@admin.register(Desk)
class Desks(Dated):
    """Who can hold an appeal: the contact centre, clinics, health departments, branches, the Fund's centre."""

    form = DeskForm
    list_display = ("name_ru", "kind", "region", "in_force")
    list_filter = (InForce, "kind", "region")
    list_select_related = ("region",)
    search_fields = ("name_kk", "name_ru", "name_en", "organisation__search_text")
    autocomplete_fields = ("organisation",)
    fixed = ("kind", "region", "organisation")
    fieldsets = (
        (_("What it belongs to"), {"fields": ("kind", "region", "organisation")}),
        NAMES,
        (_("Contact"), {"fields": ("email",)}),
        IN_FORCE,
    )
