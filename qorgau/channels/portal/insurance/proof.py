"""Who has proved, in this browser, to be the person with an identity number: a sealed cookie, for half an hour.

The number lies in it encrypted, and it cannot be made or changed by anybody else. There is no session.
"""

import base64
import binascii
import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qorgau.lib.sealed import CannotUnseal, seal, unseal

COOKIE = "proven"
PROVE, AGAIN, NO_WARNINGS = "prove", "again", "no-warnings"
"""In the address of the page that asks for the number: why somebody was led there."""
_MARK = "proven"


def proven_iin(request: HttpRequest) -> str | None:
    """The number that whoever sends the request has proved to be theirs; None when they have not, or not lately."""
    try:
        mark, at, iin = unseal(base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, "").encode())).split("\n")
    except (CannotUnseal, binascii.Error, ValueError):
        return None
    if mark != _MARK or not 0 <= time.time() - int(at) <= settings.PROOF_MINUTES * 60:
        return None
    return iin


def prove_first(request: HttpRequest, why: str = PROVE) -> HttpResponse:
    """Lead to where the number is asked for, which says why. A part that a page asks for takes the whole page along."""
    there = f"{reverse('portal:status')}?{why}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": there})
    return HttpResponseRedirect(there)


def remember_proof(response: HttpResponse, iin: str) -> None:
    """Let this browser see everything about the person for a while."""
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(seal(f"{_MARK}\n{int(time.time())}\n{iin}")).decode(),
        max_age=settings.PROOF_MINUTES * 60,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )


def forget_proof(response: HttpResponse) -> None:
    """The browser forgets who proved what."""
    response.delete_cookie(COOKIE, samesite="Lax")
