"""The books that administrators read: sign-ins, history of accounts, texts of consents."""

from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.people.models import ConsentText, SignInEvent, Staff, StaffChange
from qorgau.people.staff_administration import StaffForm

NOTHING = "–"


class ReadOnly(admin.ModelAdmin):
    """A book that is read, never written, by people."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(SignInEvent)
class BookOfSignIns(ReadOnly):
    """Who signed in, failed to, was paused, when and from where."""

    list_display = ("at", "kind", "staff", "address")
    list_filter = ("kind", "at")
    list_select_related = ("staff",)
    search_fields = ("staff__username", "staff__last_name", "=address")


@admin.register(StaffChange)
class HistoryOfAccounts(ReadOnly):
    """Who changed whose account, before and after."""

    list_display = ("at", "staff", "action", "by", "what")
    list_filter = ("action", "at")
    list_select_related = ("staff", "by")
    search_fields = ("staff__username", "staff__last_name", "by__username")
    fields = ("at", "staff", "action", "by", "what")
    readonly_fields = ("what",)

    @admin.display(description=_("before and after"))
    def what(self, change: StaffChange) -> SafeString | str:
        names = [*change.before, *(name for name in change.after if name not in change.before)]
        rows = [(_name(name), _shown(change.before.get(name)), _shown(change.after.get(name))) for name in names]
        if change.action == StaffChange.Action.ADDED:
            rows = [row for row in rows if row[2] != NOTHING]
        return format_html_join(SafeString("<br>"), "{}: {} → {}", rows) or NOTHING


@admin.register(ConsentText)
class ConsentTexts(ReadOnly):
    """Texts of consents. A new wording is a new text with a later date; what people agreed to stays as it was."""

    list_display = ("purpose", "version", "valid_from")
    list_filter = ("purpose",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        tomorrow = timezone.localdate() + timedelta(days=1)
        return {"valid_from": tomorrow, "version": tomorrow.isoformat()}


def _name(field: str) -> str:
    if field == "second_factor":
        return gettext("second factor")
    of_the_model = Staff._meta.get_field(field)
    assert isinstance(of_the_model, Field)
    return str(StaffForm.Meta.labels.get(field, of_the_model.verbose_name))


def _shown(value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        kinds = dict(Authenticator.Type.choices)
        return ", ".join(str(kinds.get(kind, kind)) for kind in value)
    return str(value)
