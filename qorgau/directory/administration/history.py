"""What was changed in the directory, in words: names of fields and rows instead of columns and numbers."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Field, ForeignKey, Model
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.changes import field_name
from qorgau.directory.models import Change
from qorgau.people.books_administration import ReadOnly

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class ChangedField:
    """One field of a change as people read it."""

    name: str
    before: str
    after: str


def lines_of(change: Change) -> list[ChangedField]:
    """The fields of a change. A new row tells only what it holds."""
    model = _model_of(change)
    if model is None:
        return []
    fields = [
        ChangedField(
            name=field_name(model, attname),
            before=_shown(model, attname, change.before.get(attname)),
            after=_shown(model, attname, value),
        )
        for attname, value in change.after.items()
    ]
    return [field for field in fields if change.before or field.after != NOTHING]


def _model_of(change: Change) -> type[Model] | None:
    try:
        return apps.get_model(change.model)
    except LookupError:
        return None


def _shown(model: type[Model], attname: str, value: Any) -> str:
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    field = next((field for field in model._meta.concrete_fields if field.attname == attname), None)
    if isinstance(field, ForeignKey):
        return str(field.related_model._default_manager.filter(pk=value).first() or value)
    if isinstance(field, Field) and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


@admin.register(Change)
class HistoryOfTheDirectory(ReadOnly):
    """Who changed what in the directory, before and after."""

    list_display = ("at", "table", "row_name", "author", "fields_changed")
    list_filter = ("at", "model")
    list_select_related = ("by",)
    search_fields = ("row_name", "by__username", "by__last_name")
    fields = ("at", "author", "table", "row", "what")
    readonly_fields = fields
    date_hierarchy = "at"

    @admin.display(description=_("table"), ordering="model")
    def table(self, change: Change) -> str:
        model = _model_of(change)
        return str(model._meta.verbose_name_plural) if model else change.model

    @admin.display(description=_("by"), ordering="by")
    def author(self, change: Change) -> str:
        return str(change.by) if change.by else gettext("a command")

    @admin.display(description=_("fields"))
    def fields_changed(self, change: Change) -> str:
        if not change.before:
            return gettext("new row")
        return ", ".join(line.name for line in lines_of(change))

    @admin.display(description=_("row"))
    def row(self, change: Change) -> SafeString | str:
        try:
            address = reverse(f"admin:{change.model.replace('.', '_')}_change", args=[change.row_id])
        except NoReverseMatch:
            return change.row_name
        return format_html('<a href="{}">{}</a>', address, change.row_name)

    @admin.display(description=_("before and after"))
    def what(self, change: Change) -> SafeString | str:
        lines = [(line.name, line.before, line.after) for line in lines_of(change)]
        return format_html_join(SafeString("<br>"), "{}: {} → {}", lines) or NOTHING
