from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import (
    ContributionRate,
    InsuranceCategory,
    InsuranceRules,
    InsuranceWarnings,
    OfficialAmount,
)

SOURCE = ("basis_kk", "basis", "basis_en", "source_mark")
WHERE_FROM: Any = (_("Where it comes from"), {"fields": SOURCE})
NAMED = ("name_kk", "name_ru", "name_en")
_DATED = ("valid_from", "valid_to")
ONCE_IN_FORCE = _(
    "What has been in force stays as it was, because people were told by it. To change it, give the row its last day "
    "and add a new one from the next day on."
)


class Counted(Dated):
    """Rows by which people are told what they have and owe: what has been in force only ever gets its last day."""

    counted: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        if obj and (obj.valid_from is None or obj.valid_from <= timezone.localdate()):
            return (*fields, *self.counted, "valid_from")
        return fields

    @admin.display(description=_("how sure"), ordering="source_mark")
    def sure(self, row: Any) -> SafeString | str:
        """What nobody has read in the act stands out."""
        if row.source_mark in ("M", "V2"):
            return format_html('<strong class="unverified">{}</strong>', row.get_source_mark_display())
        return str(row.get_source_mark_display())


class InsuranceRulesForm(DatedForm):
    """What gives the right to care. The rules of a day are one row."""

    only_one_of = ()

    class Meta:
        model = InsuranceRules
        fields = (
            *(*NAMED, "everybody", "past_months", "future_months", "grace_months"),
            *("long_grace_months", "unbroken_months", "temporary_months", *SOURCE, *_DATED),
        )
        help_texts = {
            "everybody": _("Then nothing else of the row is asked."),
            "future_months": _("0: nobody can pay ahead."),
            "long_grace_months": _("0: there is no longer term."),
            "temporary_months": _("0: no temporary status is granted. How the months are counted is our own reading."),
        }

    def clean_past_months(self) -> int:
        months: int = self.cleaned_data["past_months"]
        if months < 1:
            raise ValidationError(_("At least one month."))
        return months


@admin.register(InsuranceRules)
class RulesOfStatus(Counted):
    """What gives the right to care, from one day to another."""

    form = InsuranceRulesForm
    list_display = ("name_ru", "valid_from", "valid_to", "in_force", "sure")
    list_filter = (InForce, "source_mark")
    counted = (
        *("everybody", "past_months", "future_months", "grace_months"),
        *("long_grace_months", "unbroken_months", "temporary_months"),
    )
    fieldsets = (
        NAMES,
        (_("What is asked"), {"fields": counted, "description": ONCE_IN_FORCE}),
        WHERE_FROM,
        IN_FORCE,
    )


class InsuranceCategoryForm(DatedForm):
    """People for whom the state pays."""

    only_one_of = ("code",)

    class Meta:
        model = InsuranceCategory
        fields = ("code", *NAMED, "budget", *SOURCE, *_DATED)
        help_texts = {"code": _("Files about insured people name the category by it.")}


@admin.register(InsuranceCategory)
class Categories(Counted):
    """People for whom the state pays."""

    form = InsuranceCategoryForm
    list_display = ("code", "name_ru", "budget", "valid_from", "valid_to", "in_force", "sure")
    list_filter = (InForce, "budget", "source_mark")
    search_fields = ("code", *NAMED)
    fixed = ("code",)
    counted = ("budget",)
    fieldsets = (NAMES, (None, {"fields": ("code", "budget")}), WHERE_FROM, IN_FORCE)


class ContributionRateForm(DatedForm):
    """A share that a payer owes."""

    only_one_of = ("payer",)

    class Meta:
        model = ContributionRate
        fields = ("payer", "percent", "base", "multiple", "cap", "cap_group", *SOURCE, *_DATED)
        help_texts = {
            "multiple": _("1.4 for 1.4 minimum wages."),
            "cap": _("Empty: all income counts."),
            "cap_group": _("One word for incomes that count together; empty: each by itself."),
        }


@admin.register(ContributionRate)
class Rates(Counted):
    """Rates of contributions and deductions."""

    form = ContributionRateForm
    list_display = ("payer", "percent", "base", "multiple", "cap", "valid_from", "valid_to", "in_force", "sure")
    list_filter = (InForce, "payer", "source_mark")
    counted = ("payer", "percent", "base", "multiple", "cap", "cap_group")
    fieldsets = ((None, {"fields": counted, "description": ONCE_IN_FORCE}), WHERE_FROM, IN_FORCE)


class OfficialAmountForm(DatedForm):
    """An amount of the budget law."""

    only_one_of = ("base",)

    class Meta:
        model = OfficialAmount
        fields = ("base", "tenge", *SOURCE, *_DATED)


@admin.register(OfficialAmount)
class Amounts(Counted):
    """Minimum wage, monthly calculation index, average wage."""

    form = OfficialAmountForm
    list_display = ("base", "tenge", "valid_from", "valid_to", "in_force", "sure")
    list_filter = (InForce, "base", "source_mark")
    counted = ("base", "tenge")
    fieldsets = ((None, {"fields": counted, "description": ONCE_IN_FORCE}), WHERE_FROM, IN_FORCE)


class InsuranceWarningsForm(DatedForm):
    """How long before the end people are warned. The days in force are one row."""

    only_one_of = ()

    class Meta:
        model = InsuranceWarnings
        fields = ("first_days", "last_days", "kept_days", *SOURCE, *_DATED)
        help_texts = {
            "last_days": _("0: there is one warning only."),
            "kept_days": _("Then the contact and whom it was about are deleted."),
        }


@admin.register(InsuranceWarnings)
class Warnings(Counted):
    """Warnings before insurance ends, for whoever left a contact."""

    form = InsuranceWarningsForm
    list_display = ("first_days", "last_days", "kept_days", "valid_from", "valid_to", "in_force", "sure")
    list_filter = (InForce, "source_mark")
    counted = ("first_days", "last_days", "kept_days")
    fieldsets = ((None, {"fields": counted, "description": ONCE_IN_FORCE}), WHERE_FROM, IN_FORCE)
