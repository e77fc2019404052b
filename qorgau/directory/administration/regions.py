from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm, Lines
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import Region


class RegionForm(DatedForm):
    """A region with its codes and names."""

    aliases = Lines(
        label=_("other names"), help_text=_("One a line: old names, short ones, as people and files say it.")
    )

    class Meta:
        model = Region
        fields = (
            *("name_kk", "name_ru", "name_en", "kato", "iso", "aliases"),
            *("latitude", "longitude", "valid_from", "valid_to"),
        )
        help_texts = {
            "latitude": _("In degrees, like 51.13. Whoever sends a place to the bot is offered the nearest regions."),
            "longitude": _("In degrees, like 71.43."),
        }

    def clean_kato(self) -> str:
        kato: str = self.cleaned_data["kato"]
        if not (len(kato) == 9 and kato.isdecimal() and kato.endswith("0000000")):
            raise ValidationError(_("The KATO code of a region is two digits and seven noughts, like 710000000."))
        return kato

    def clean_iso(self) -> str:
        iso: str = self.cleaned_data["iso"].upper()
        if not (len(iso) == 5 and iso.startswith("KZ-") and iso[3:].isdecimal()):
            raise ValidationError(_("The ISO code of a region looks like KZ-71."))
        return iso

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            raise ValidationError(_("A place needs both, latitude and longitude."))
        return cleaned


@admin.register(Region)
class Regions(Dated):
    """The oblasts and the cities of republican significance."""

    form = RegionForm
    list_display = ("name_ru", "name_kk", "name_en", "kato", "iso", "in_force")
    list_filter = (InForce,)
    search_fields = ("name_kk", "name_ru", "name_en", "kato", "iso", "aliases")
    fixed = ("kato", "iso")
    fieldsets = (
        NAMES,
        (_("Codes"), {"fields": ("kato", "iso", "aliases")}),
        (_("Where it is"), {"fields": ("latitude", "longitude")}),
        IN_FORCE,
    )
