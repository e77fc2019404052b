"""The applicant downloads their own files, and those sent to them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.tracking.acting import opened_story
from qorgau.channels.portal.tracking.asking import ask_again
from qorgau.register.files import open_attachment
from qorgau.register.models import Attachment

_NEVER_SHOWN_BY_THE_BROWSER = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@never_cache
@require_safe
def file(request: HttpRequest, number: str, file_id: int) -> HttpResponseBase:
    """A file, always as a download: what people send is never opened as a page of ours."""
    story = opened_story(request, number)
    if story is None:
        return ask_again(request, number, "", None)
    if not story.has_file(file_id):
        raise Http404
    attachment = Attachment.objects.get(pk=file_id)
    try:
        content = open_attachment(attachment)
    except FileNotFoundError:
        return _lost(request)
    return FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.media_type,
        headers=_NEVER_SHOWN_BY_THE_BROWSER,
    )


def _lost(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/tracking/file_lost.html", status=404)
