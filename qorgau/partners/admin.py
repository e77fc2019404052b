"""Keys of partners in the administration area: made and shown once, changed, revoked; never deleted."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qorgau.directory.administration.dated_form import DatedForm
from qorgau.directory.administration.recorded import IN_FORCE, InForce, Recorded
from qorgau.partners.keys import create, revoke
from qorgau.partners.models import PartnerKey
from qorgau.partners.scopes import Scope
from qorgau.people.sign_in import signed_in


class PartnerKeyForm(DatedForm):
    """What a key is for; the key itself is made when the form is saved for the first time."""

    scopes = forms.MultipleChoiceField(
        label=_("Scopes"),
        choices=lambda: [(scope.value, f"{scope.value}: {scope.label}") for scope in Scope],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PartnerKey
        fields = ("partner", "name", "scopes", "purpose", "per_minute", "per_day", "valid_from", "valid_to")
        help_texts = {
            "partner": _("It stands in the journal of look-ups and does not change: city-clinic-4."),
            "name": _("What people read when they ask who looked at their data."),
            "purpose": _("As agreed with the partner; it stands in the journal beside every look-up."),
            "per_minute": _("What is over is refused until the next minute."),
            "per_day": _("What is over is refused until midnight."),
        }


@admin.register(PartnerKey)
class PartnerKeys(Recorded):
    """Who may ask by a program, what, how much, until when, and when they did so last."""

    form = PartnerKeyForm
    list_display = ("name", "key", "asks", "opens", "last_used", "used_today")
    list_filter = (InForce, "purpose")
    list_select_related = ("use",)
    search_fields = ("partner", "name", "beginning")
    fixed = ("partner",)
    fieldsets = (
        (_("Partner"), {"fields": ("partner", "name")}),
        (_("What it may ask"), {"fields": ("scopes", "purpose", "per_minute", "per_day")}),
        IN_FORCE,
    )

    @admin.display(description=_("Key"), ordering="partner")
    def key(self, row: PartnerKey) -> str:
        return str(row)

    @admin.display(description=_("may ask"))
    def asks(self, row: PartnerKey) -> str:
        return ", ".join(row.scopes)

    @admin.display(description=_("opens today"), boolean=True)
    def opens(self, row: PartnerKey) -> bool:
        return row.opens_on(timezone.localdate())

    @admin.display(description=_("last used"), ordering="use__last_used_at")
    def last_used(self, row: PartnerKey) -> Any:
        return row.use.last_used_at

    @admin.display(description=_("used today"))
    def used_today(self, row: PartnerKey) -> int:
        return row.use.in_day if row.use.day == timezone.localdate() else 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[PartnerKey]:
        return super().get_queryset(request).select_related("use")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A revoked key stays as it was."""
        if obj is not None and obj.revoked_at is not None:
            return PartnerKeyForm.Meta.fields
        return super().get_readonly_fields(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = path("<int:pk>/revoke/", view(self.revoke), name="partners_partnerkey_revoke")
        return [own, *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: PartnerKey, form: ModelForm, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        # Shown once by `response_add`, kept nowhere.
        obj.shown_once = create(obj, by=signed_in(request), at=timezone.now())  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: PartnerKey, post_url_continue: str | None = None) -> HttpResponse:
        response = self._page(request, "new_key.html", obj, title=gettext("New key"), key=obj.shown_once)  # type: ignore[attr-defined]
        add_never_cache_headers(response)
        return response

    def revoke(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask, then let the key open nothing any more."""
        row = self.get_object(request, str(pk))
        if row is None or not self.has_change_permission(request, row):
            raise PermissionDenied
        if request.method != "POST":
            return self._page(request, "revoke.html", row, title=gettext("Revoke the key?"))
        if revoke(row, by=signed_in(request), at=timezone.now()):
            messages.success(request, gettext("The key is revoked."))
        else:
            messages.info(request, gettext("The key was revoked already."))
        return HttpResponseRedirect(reverse(f"{self.admin_site.name}:partners_partnerkey_changelist"))

    def _page(self, request: HttpRequest, template: str, row: PartnerKey, **facts: Any) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "row": row, **facts}
        return TemplateResponse(request, f"partners/administration/{template}", context)
