"""The frame of the administration area: who comes in, how they sign in and out, what the first page shows."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from qorgau.directory.models import Change
from qorgau.people.gates import may_administer

_LATEST_CHANGES = 10


class Administration(AdminSite):
    """Open to administrators alone, with a second factor where it is required; signing in is that of all staff."""

    site_header = _("Qorgau: administration")
    site_title = _("Qorgau")
    index_title = _("Administration")
    index_template = "directory/administration/index.html"
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether the person of the request may be here now."""
        return may_administer(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The sign-in of all staff; somebody who is signed in already and may not be here is told so."""
        if request.user.is_authenticated:
            if self.has_permission(request):
                return HttpResponseRedirect(resolve_url(f"{self.name}:index"))
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next") or resolve_url(f"{self.name}:index"), settings.LOGIN_URL)

    def logout(  # type: ignore[override]  # a redirect is all we need
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Sign out as everywhere else."""
        if request.method == "POST":
            get_adapter(request).logout(request)
        return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))

    def password_change(  # type: ignore[override]  # a redirect is all we need
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page where all staff change their password."""
        return HttpResponseRedirect(resolve_url("account_change_password"))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The tables, and what people changed last."""
        latest = Change.objects.exclude(by=None).select_related("by")[:_LATEST_CHANGES]
        return super().index(request, {**(extra_context or {}), "latest_changes": latest})
