from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, Dated, InForce, Recorded
from qorgau.directory.models import HolidayOverride, WorkingHours
from qorgau.directory.public_holidays import FIRST_YEAR, LAST_YEAR, published_days_off, published_working_days


class WorkingHoursForm(DatedForm):
    """When the working day begins and ends."""

    only_one_of = ()

    class Meta:
        model = WorkingHours
        fields = ("opens", "closes", "basis", "valid_from", "valid_to")


class HolidayOverrideForm(forms.ModelForm):
    """A day moved by decree."""

    class Meta:
        model = HolidayOverride
        fields = ("day", "is_working", "name_kk", "name_ru", "name_en", "basis")
        help_texts = {
            "is_working": _("Without the tick it is a day off."),
            "name_ru": _("Shown to people when they ask how a due date came about."),
        }

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                gettext("The calendar knows the years {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, adding = cleaned.get("day"), self.instance.pk is None
        if adding and day and cleaned.get("is_working") == _is_published_as_working(day):
            self.add_error("is_working", _("The published calendar says so already."))
        return cleaned


def _is_published_as_working(day: date) -> bool:
    return day in published_working_days() or (day.weekday() < 5 and day not in published_days_off())


@admin.register(HolidayOverride)
class DaysMovedByDecree(Recorded):
    """Days that differ from the published calendar. To take one back, set it as the published calendar has it."""

    form = HolidayOverrideForm
    list_display = ("day", "is_working", "name_ru", "basis")
    list_filter = ("is_working",)
    date_hierarchy = "day"
    search_fields = ("name_kk", "name_ru", "name_en", "basis")
    fixed = ("day",)
    fieldsets = (
        (
            None,
            {
                "fields": ("day", "is_working"),
                "description": _(
                    "Public holidays and the days moved up to 2025 are known. Add here what the Government moves "
                    "later, and the first day of Құрбан айт where it differs. To take a day back, set it as it was."
                ),
            },
        ),
        (_("Names"), {"fields": ("name_kk", "name_ru", "name_en", "basis")}),
    )


@admin.register(WorkingHours)
class HoursOfWork(Dated):
    """When the working day begins and ends. What arrives after its end is registered on the next working day."""

    form = WorkingHoursForm
    list_display = ("__str__", "basis", "valid_from", "valid_to", "in_force")
    list_filter = (InForce,)
    fieldsets = ((None, {"fields": ("opens", "closes", "basis")}), IN_FORCE)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        if obj and (obj.valid_from is None or obj.valid_from <= timezone.localdate()):
            return (*fields, "opens", "closes", "valid_from")
        return fields
