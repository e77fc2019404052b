"""The receipt of what was just sent: its number travels in a signed cookie; neither it nor the code is in an address.

The cookie lasts an hour and is sent to the receipt pages only, whose paths differ by language: one cookie for each.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import override

from qorgau.lib.speech import current_language

_SALT = "qorgau.receipt"
_SECONDS = 3600


def remember_receipt(response: HttpResponse, number: str) -> None:
    """Let this browser see the receipt of an appeal for an hour, in the language of the present page."""
    _set(response, current_language(), reverse("portal:receipt"), signing.dumps(number, salt=_SALT))


def remembered_receipt(request: HttpRequest) -> str | None:
    """The number whose receipt this browser may see."""
    try:
        number = signing.loads(request.COOKIES.get(_name(current_language()), ""), salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return number if isinstance(number, str) else None


def share_with_other_languages(request: HttpRequest, response: HttpResponse) -> None:
    """Let the receipt that is being shown be read in the other languages too."""
    shown = request.COOKIES.get(_name(current_language()), "")
    for language, _own_name in settings.LANGUAGES:
        if language != current_language():
            with override(language):
                _set(response, language, reverse("portal:receipt"), shown)


def _name(language: str) -> str:
    return f"receipt-{language}"


def _set(response: HttpResponse, language: str, path: str, value: str) -> None:
    response.set_cookie(
        _name(language),
        value,
        max_age=_SECONDS,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
