"""From the status of somebody who is not insured to the application for a temporary one, with the IIN filled in."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.insurance.asked_about import FIELD, asked_about
from qorgau.channels.portal.writing.view import write_prepared


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def temporary(request: HttpRequest) -> HttpResponse:
    """The form of the application; nothing is sent yet. Whoever comes without an IIN finds the form without it."""
    iin = asked_about(request.POST.get(FIELD, ""))
    if iin is None:
        return HttpResponseRedirect(reverse("portal:temporary"))
    return write_prepared(request, "temporary", {"iin": iin})
