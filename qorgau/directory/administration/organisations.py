from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import CharField, ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm, Lines
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.changes import record, values_of
from qorgau.directory.clinic_desks import clinic_desk
from qorgau.directory.models import Desk, Organisation
from qorgau.directory.organisation_search import find
from qorgau.lib.folding import fold
from qorgau.lib.speech import say
from qorgau.people.sign_in import signed_in
from qorgau.rules.identity import check_bin

_MEANT_AT_MOST = 100


class OrganisationForm(DatedForm):
    """A medical organisation."""

    aliases = Lines(label=_("other names"), help_text=_("One a line: what people call it, for example «ГП 4»."))

    # Longer than twelve signs, for the spaces people write between the digits.
    bin = CharField(label=_("BIN"), required=False, max_length=30)

    class Meta:
        model = Organisation
        fields = (
            *("name_kk", "name_ru", "name_en", "aliases", "bin", "ownership", "kind"),
            *("region", "district", "address", "source_key", "valid_from", "valid_to"),
        )
        help_texts = {
            "ownership": _(
                "A case about an organisation that is not known to be state-owned skips the health department."
            ),
            "source_key": _("The number in the list it comes from. An import finds the organisation by it."),
        }

    def clean_bin(self) -> str:
        if not self.cleaned_data["bin"].strip():
            return ""
        check = check_bin(self.cleaned_data["bin"])
        if not check.valid or check.value is None:
            raise ValidationError(say(check.problem))
        return check.value


class HasDesk(admin.SimpleListFilter):
    """Clinics that work here, and those that do not."""

    title = _("desk of its own")
    parameter_name = "has_desk"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("yes")), ("no", _("no"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(desk__isnull=self.value() == "no") if self.value() else queryset


@admin.register(Organisation)
class Organisations(Dated):
    """Medical organisations that people complain about, thank or are attached to."""

    form = OrganisationForm
    list_display = ("name_ru", "region", "ownership", "has_desk", "in_force", "district", "kind")
    list_filter = (InForce, "ownership", HasDesk, "region")
    list_select_related = ("region", "desk")
    search_fields = ("search_text",)
    search_help_text = _("Part of a name in any language, a BIN or the key in the source")
    fieldsets = (
        NAMES,
        (_("What it is called besides"), {"fields": ("aliases",)}),
        (_("What it is"), {"fields": ("bin", "ownership", "kind", "source_key", "own_desk")}),
        (_("Where it is"), {"fields": ("region", "district", "address")}),
        IN_FORCE,
    )
    readonly_fields = ("own_desk",)
    fixed = ("source_key",)

    @admin.display(description=_("desk"), boolean=True)
    def has_desk(self, organisation: Organisation) -> bool:
        return hasattr(organisation, "desk")

    @admin.display(description=_("desk of its patient support service"))
    def own_desk(self, organisation: Organisation) -> SafeString | str:
        """The desk, or the way to open one."""
        if organisation.pk is None:
            return gettext("Save the organisation first.")
        if hasattr(organisation, "desk"):
            address = reverse("admin:directory_desk_change", args=[organisation.desk.pk])
            return format_html('<a href="{}">{}</a>', address, organisation.desk)
        desk = clinic_desk(organisation)
        filled_in = {
            "kind": desk.kind, "organisation": organisation.pk,
            "name_kk": desk.name_kk, "name_ru": desk.name_ru, "name_en": desk.name_en,
        }  # fmt: skip
        address = f"{reverse('admin:directory_desk_add')}?{urlencode(filled_in)}"
        return format_html('<a href="{}">{}</a>', address, gettext("Open a desk"))

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """By BIN or key; by words that all stand in a name; and when nobody has them, by what people may mean."""
        term = search_term.strip()
        if not term:
            return queryset, False
        literally = Q()
        for word in fold(term).split():
            literally &= Q(search_text__contains=word)
        found = queryset.filter(literally | Q(bin=term) | Q(source_key=term))
        if not found.exists():
            found = queryset.filter(pk__in=[match.organisation_id for match in find(term, limit=_MEANT_AT_MOST)])
        return found, False

    def save_model(self, request: HttpRequest, obj: Organisation, form: ModelForm, change: bool) -> None:
        obj.source_key = obj.source_key or f"by-hand:{uuid4().hex}"
        super().save_model(request, obj, form, change)
        if change and "region" in form.changed_data:
            self._move_desk(request, obj)

    def _move_desk(self, request: HttpRequest, organisation: Organisation) -> None:
        """A clinic's desk is in the region of its clinic."""
        desk = Desk.objects.filter(organisation=organisation).first()
        if desk is not None:
            before = values_of(desk)
            desk.region = organisation.region
            desk.save(update_fields=["region"])
            record(desk, before=before, by=signed_in(request))

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "source_key" in form.base_fields:
            form.base_fields["source_key"].required = False
        return form
