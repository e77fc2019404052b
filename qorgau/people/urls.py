"""Pages of sign-in. Only what staff need of allauth is mounted: no sign-up, no management of addresses."""

from allauth.account import views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import include, path, re_path

from qorgau.people import own_language
from qorgau.people.sign_in import first_page_of, signed_in


@login_required
def begin(request: HttpRequest) -> HttpResponse:
    """The bare address leads to where one works."""
    return HttpResponseRedirect(first_page_of(signed_in(request)))


urlpatterns = [
    path("", begin, name="staff_begin"),
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("again/", views.reauthenticate, name="account_reauthenticate"),
    path("password/", views.password_change, name="account_change_password"),
    path("password/forgotten/", views.password_reset, name="account_reset_password"),
    path("password/forgotten/sent/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/new/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/new/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("second-factor/", include("allauth.mfa.urls")),
    path("language/", own_language.choose, name="staff_language"),
]
