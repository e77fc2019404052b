"""Staff pages speak the language of the person who signed in, not that of the browser or the address."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from qorgau.people.models import Staff
from qorgau.people.sign_in import first_page_of

STAFF_PAGES = ("/desk/", "/staff/", "/administration/")


class OwnLanguage:
    """Turns the language of staff pages to the person's own. Stands after authentication; others' pages it leaves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.path_info.startswith(STAFF_PAGES)
        if signed_in and request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return self.get_response(request)


def speak(staff: Staff, language: str) -> bool:
    """Let a person's pages and letters be in this language from now on; False when we don't speak it."""
    if language not in dict(settings.LANGUAGES):
        return False
    Staff.objects.filter(pk=staff.pk).update(language=language)
    staff.language = language
    return True


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Change the language of one's own pages and go back to where one was (POST ``language``, ``next``).

    Before signing in, when nobody can know who comes, the choice is kept by the browser alone.
    """
    language = request.POST.get("language", "")
    spoken = language in dict(settings.LANGUAGES)
    if spoken and isinstance(request.user, Staff):
        speak(request.user, language)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = first_page_of(request.user) if isinstance(request.user, Staff) else reverse("account_login")
    response = HttpResponseRedirect(back)
    if spoken:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, language, max_age=31_536_000, samesite="Lax", secure=settings.HTTPS
        )
    return response
