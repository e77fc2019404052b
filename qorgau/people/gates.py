"""What stands between signing in and working: a password of one's own, and a second factor where it is required."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django_htmx.http import HttpResponseClientRedirect

from qorgau.lib.for_staff import is_public
from qorgau.people.models import Staff
from qorgau.people.second_factor import lacks_second_factor
from qorgau.rules.roles import Role

NEW_PASSWORD = "account_change_password"  # noqa: S105 - the name of a page
SECOND_FACTOR = "mfa_activate_totp"

ALWAYS_OPEN = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "account_inactive",
        "staff_language",
        "desk:language",
    }
)
"""Pages that somebody on the way to one of the above may need."""


def page_to_see_first(staff: Staff) -> str | None:
    """The name of the page where this person has to do something before anything else; None when nothing is left."""
    if staff.password_is_temporary:
        return NEW_PASSWORD
    if lacks_second_factor(staff):
        return SECOND_FACTOR
    return None


def may_administer(user: Staff | AnonymousUser) -> bool:
    """Whether the administration area is open to this person now."""
    return (
        isinstance(user, Staff)
        and user.role == Role.ADMINISTRATOR
        and user.works_today
        and page_to_see_first(user) is None
    )


class SetUpFirst:
    """Sends signed-in staff to what they have to set up first, from every page that is not public.

    Public pages look at nobody's session, so a request without one, or for a page in a language of its own, passes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/staff/"):
            add_never_cache_headers(response)  # recovery codes and secrets must not wait behind the Back button
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or is_public(request.path_info):
            return None
        if not request.user.is_authenticated:
            return None
        page = page_to_see_first(request.user)
        asked_for = request.resolver_match.view_name if request.resolver_match else None
        if page is None or asked_for == page or asked_for in ALWAYS_OPEN:
            return None
        return _go_to(page, request)


def _go_to(page: str, request: HttpRequest) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse(page))
    return HttpResponseRedirect(reverse(page))
