"""The page where readers choose contrast, size, spacing, typeface and pictures. Works without JavaScript."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from qorgau.lib.reading_aids import CHOICES, ORDINARY, chosen, keep, reading_aids

WORDS = {
    "contrast": (
        _("Colours"),
        {
            "normal": _("Ordinary"),
            "white": _("Black on white"),
            "black": _("White on black"),
            "blue": _("Yellow on blue"),
        },
    ),
    "size": (_("Size of letters"), {size: f"{size} %" for size in CHOICES["size"]}),
    "spacing": (
        _("Space between letters and lines"),
        {"normal": _("Ordinary"), "wide": _("Wide"), "widest": _("Widest")},
    ),
    "typeface": (
        _("Typeface"),
        {"sans": _("Plain"), "serif": _("With serifs"), "dyslexia": _("Easier with dyslexia")},
    ),
    "pictures": (_("Pictures"), {"on": _("Shown"), "off": _("Hidden")}),
}
"""How each setting and each of its values is called on the page."""


@require_http_methods(["GET", "HEAD", "POST"])
def aids(request: HttpRequest) -> HttpResponse:
    """Show the settings; on POST keep them in the cookie and show the page again in the new look.

    ``back`` is the page the reader came from; only addresses of this site are followed.
    """
    back = _back(request)
    if request.method == "POST":
        wanted = ORDINARY if "reset" in request.POST else chosen(request.POST.dict())
        again = f"{request.path}?{urlencode({'back': back})}"
        response = HttpResponseRedirect(back if "return" in request.POST else again)
        keep(response, wanted, secure=request.is_secure())
        return response
    now = reading_aids(request).as_dict()
    return render(request, "portal/aids.html", {"settings": WORDS, "now": now, "back": back})


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("back") or request.GET.get("back") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("portal:home")
