from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm, Lines
from qorgau.directory.administration.recorded import IN_FORCE, NAMES, Dated, InForce
from qorgau.directory.models import Topic
from qorgau.rules.ladder import DeskKind


class TopicForm(DatedForm):
    """A topic or a group of topics."""

    defect_codes = Lines(
        label=_("codes of the classifier of defects"), help_text=_("One a line, for example 14.0. Only for topics.")
    )

    class Meta:
        model = Topic
        fields = (
            *("name_kk", "name_ru", "name_en", "code", "parent", "position", "appeal_kind", "desk_kind", "sensitive"),
            *("own_term", "defect_codes", "valid_from", "valid_to"),
        )
        help_texts = {
            "parent": _("Empty for a group. Groups and topics are the only two levels."),
            "position": _("Smaller numbers come first."),
            "appeal_kind": _("Empty when the person says it."),
            "desk_kind": _("Empty for the usual way: the clinic, if it has a desk here, or the Fund's branch."),
            "sensitive": _("Corruption, harm, complaints about staff: never shown to the organisation it is about."),
            "own_term": _("It runs beside the lawful term, for appeals of the kind above; see Terms."),
        }

    def clean_parent(self) -> Topic | None:
        parent: Topic | None = self.cleaned_data["parent"]
        if parent is None:
            return None
        if parent == self.instance or parent.parent_id is not None:
            raise ValidationError(_("Choose a group: a topic cannot stand under another topic."))
        if self.instance.pk and self.instance.children.exists():
            raise ValidationError(_("This group has topics of its own and cannot stand under another one."))
        return parent

    def clean_defect_codes(self) -> list[str]:
        codes: list[str] = self.cleaned_data["defect_codes"]
        for code in codes:
            whole, dot, part = code.partition(".")
            if not (dot and whole.isdecimal() and part.isdecimal() and len(whole) <= 2 and len(part) == 1):
                raise ValidationError(
                    gettext("“{code}” is no code of the classifier; they look like 14.0.").format(code=code)
                )
        return codes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("sensitive") and cleaned.get("desk_kind") == DeskKind.CLINIC.value:
            self.add_error("desk_kind", _("A sensitive appeal never goes to the organisation it is about."))
        return cleaned


@admin.register(Topic)
class Topics(Dated):
    """What appeals are about: groups and their topics."""

    form = TopicForm
    list_display = ("name_ru", "code", "parent", "appeal_kind", "desk_kind", "sensitive", "position", "in_force")
    list_filter = (InForce, "appeal_kind", "desk_kind", "sensitive", ("parent", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("parent",)
    list_per_page = 100
    search_fields = ("name_kk", "name_ru", "name_en", "code", "defect_codes")
    fixed = ("code",)
    fieldsets = (
        NAMES,
        (_("Place in the list"), {"fields": ("code", "parent", "position")}),
        (_("What follows from it"), {"fields": ("appeal_kind", "desk_kind", "own_term", "sensitive", "defect_codes")}),
        IN_FORCE,
    )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "parent":
            kwargs["queryset"] = Topic.objects.filter(parent=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
