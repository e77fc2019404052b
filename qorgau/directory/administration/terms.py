from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import DeadlinePolicy

_WHAT_IT_IS_FOR = ("purpose", "appeal_kind", "procedure", "desk_kind")
_HOW_IT_COUNTS = ("term", "unit", "counts_from", "rolls_forward", "taken_until", "extension_months", "notice_days")


class DeadlinePolicyForm(DatedForm):
    """A term of the law or a promise of ours."""

    only_one_of = ("purpose", "appeal_kind", "procedure", "desk_kind")

    class Meta:
        model = DeadlinePolicy
        fields = (
            *("name_kk", "name_ru", "name_en", "purpose", "appeal_kind", "procedure", "desk_kind"),
            *("term", "unit", "counts_from", "rolls_forward", "taken_until"),
            *("extension_months", "notice_days"),
            *("basis_kk", "basis", "basis_en", "source_mark", "valid_from", "valid_to"),
        )
        help_texts = {
            "appeal_kind": _("Empty for any."),
            "procedure": _("Empty for any."),
            "desk_kind": _("Empty for any. Of several rows that fit, the narrowest is used."),
            "extension_months": _("0 forbids extension."),
            "rolls_forward": _("For terms in calendar days and months."),
            "taken_until": _("For a service of a part of the day: what comes later counts as of the next working day."),
        }

    def clean_term(self) -> int:
        term: int = self.cleaned_data["term"]
        if term < 1:
            raise ValidationError(_("The shortest term is 1."))
        return term

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("notice_days") and not cleaned.get("extension_months"):
            self.add_error("notice_days", _("There is nothing to tell of when the term cannot be extended."))
        return cleaned


@admin.register(DeadlinePolicy)
class Terms(Dated):
    """Terms of the law and promises of ours. One that has been in force stays as it was; a new row takes its place."""

    form = DeadlinePolicyForm
    list_display = ("name_ru", "length", "sure", "in_force", "valid_from", "valid_to", "narrowed")
    list_filter = (InForce, "source_mark", "purpose", "desk_kind")
    search_fields = ("name_kk", "name_ru", "name_en", "basis", "code")
    readonly_fields = ("successor",)
    fieldsets = (
        NAMES,
        (_("What it is for"), {"fields": _WHAT_IT_IS_FOR}),
        (
            _("How it counts"),
            {
                "fields": (*_HOW_IT_COUNTS, "successor"),
                "description": _(
                    "A term that has been in force stays as it was, because appeals were counted by it. To change it, "
                    "give it its last day and add a new row from the next day on."
                ),
            },
        ),
        (_("Where it comes from"), {"fields": ("basis_kk", "basis", "basis_en", "source_mark")}),
        IN_FORCE,
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        fields = super().get_readonly_fields(request, obj)
        if obj and (obj.valid_from is None or obj.valid_from <= timezone.localdate()):
            return (*fields, *_WHAT_IT_IS_FOR, *_HOW_IT_COUNTS, "valid_from")
        return fields

    @admin.display(description=_("term"), ordering="term")
    def length(self, policy: DeadlinePolicy) -> str:
        return f"{policy.get_unit_display()}: {policy.term}"

    @admin.display(description=_("only for"))
    def narrowed(self, policy: DeadlinePolicy) -> str:
        said = (policy.get_appeal_kind_display(), policy.get_procedure_display(), policy.get_desk_kind_display())
        return ", ".join(str(word) for word in said if word)

    @admin.display(description=_("how sure"), ordering="source_mark")
    def sure(self, policy: DeadlinePolicy) -> SafeString | str:
        """What nobody has read in the act stands out."""
        if policy.source_mark in ("M", "V2"):
            return format_html('<strong class="unverified">{}</strong>', policy.get_source_mark_display())
        return policy.get_source_mark_display()

    @admin.display(description=_("to change it"))
    def successor(self, policy: DeadlinePolicy) -> SafeString | str:
        if policy.pk is None:
            return "–"
        values = {name: getattr(policy, name) for name in DeadlinePolicyForm.Meta.fields}
        filled_in = {name: "" if value in (None, "") or value is False else value for name, value in values.items()}
        filled_in |= {"valid_from": _day_after(policy.valid_to), "valid_to": ""}
        address = f"{reverse('admin:directory_deadlinepolicy_add')}?{urlencode(filled_in)}"
        return format_html('<a href="{}">{}</a>', address, _("Add the row that takes its place"))


def _day_after(day: date | None) -> date:
    return (day or timezone.localdate()) + timedelta(days=1)
