"""The sheet of all keys: a page of its own, and the part of it that opens over any page."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.keyboard.keys import SHEET
from qorgau.workplace.showing import show

SHEET_ONLY = "key-sheet"
"""Id of the place in which the sheet opens; a request for it alone names it in HX-Target."""


@staff_page
@require_safe
def key_sheet(request: HttpRequest) -> HttpResponse:
    """Every key and what it does."""
    only_sheet = request.headers.get("HX-Target") == SHEET_ONLY
    context = {"groups": SHEET, "single_keys": staff_of(request).single_keys, "section": "keys"}
    response = show(request, "keyboard/keys.html" if only_sheet else "keyboard/keys_page.html", context)
    response["Vary"] = "HX-Target"
    return response
