"""Tables of the directory as administrators edit them: every change with its history, nothing ever deleted."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory import reference
from qorgau.directory.administration.history import lines_of
from qorgau.directory.changes import record, values_of
from qorgau.directory.models import Change
from qorgau.people.sign_in import signed_in


class InForce(admin.SimpleListFilter):
    """Rows that hold today, that are over, and that are to come."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("today", _("today")), ("over", _("no longer")), ("later", _("later"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        today = timezone.localdate()
        match self.value():
            case "today":
                begun = Q(valid_from__isnull=True) | Q(valid_from__lte=today)
                return queryset.filter(begun).exclude(valid_to__lt=today)
            case "over":
                return queryset.filter(valid_to__lt=today)
            case "later":
                return queryset.filter(valid_from__gt=today)
        return queryset


class Recorded(admin.ModelAdmin):
    """A table with history. Rows are ended by a date and never deleted, because appeals name them."""

    actions = None
    list_per_page = 50
    # Fields that stay as they were once the row exists.
    fixed: tuple[str, ...] = ()

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*super().get_readonly_fields(request, obj), *(self.fixed if obj else ()))

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save the row and write its line, in the transaction of the page."""
        before = values_of(type(obj)._default_manager.get(pk=obj.pk)) if change else {}
        super().save_model(request, obj, form, change)
        record(obj, before=before, by=signed_in(request))
        transaction.on_commit(reference.refresh)

    # Our own history knows before and after; Django's would be a second, poorer one.

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Nothing: `save_model` has written the line."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Nothing: `save_model` has written the line."""

    def changes_of(self, row: Any) -> QuerySet[Change]:
        """The lines that belong to the history of a row."""
        return Change.objects.filter(model=row._meta.label_lower, row_id=row.pk)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Everything that was changed in one row, the latest first."""
        row = self.get_object(request, object_id)
        if row is None:
            raise Http404
        changes = self.changes_of(row).select_related("by")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("History: {name}").format(name=row),
            "opts": self.opts,
            "object": row,
            "changes": [(change, lines_of(change)) for change in changes],
            "of_several_rows": len({(change.model, change.row_id) for change in changes}) > 1,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "directory/administration/history.html", context)


class Dated(Recorded):
    """A table whose rows hold from one day to another."""

    @admin.display(description=_("in force"), boolean=True)
    def in_force(self, row: Any) -> bool:
        return row.holds_on(timezone.localdate())


NAMES: Any = (_("Names"), {"fields": ("name_kk", "name_ru", "name_en")})
IN_FORCE: Any = (
    _("In force"),
    {
        "fields": ("valid_from", "valid_to"),
        "description": _(
            "Both days belong to the time in force; an empty one leaves it open. Rows are never deleted: to take one "
            "out of use, give it its last day."
        ),
    },
)
