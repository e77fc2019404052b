"""The page on which each person at a desk chooses their language, keys and letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qorgau.people.own_settings import OwnSettings
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.showing import show


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def own_settings(request: HttpRequest) -> HttpResponse:
    """One's own choices; saving them shows the page again, in the language chosen."""
    staff = staff_of(request)
    if request.method != "POST":
        return show(request, "own_settings.html", {"form": OwnSettings(instance=staff)})
    form = OwnSettings(request.POST, instance=staff)
    if not form.is_valid():
        return show(request, "own_settings.html", {"form": form}, status=422)
    form.save()
    with translation.override(form.cleaned_data["language"]):
        messages.success(request, _("Your settings are saved."))
    return redirect("desk:settings")
