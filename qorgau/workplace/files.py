"""The files of an appeal, for those who may see it. A file is downloaded, never opened as a page of ours."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from qorgau.register.files import open_attachment
from qorgau.register.models import Attachment
from qorgau.workplace.access import get_attachment, staff_of, staff_page
from qorgau.workplace.discretion import sees_personal_data

log = logging.getLogger(__name__)

# What browsers draw without running anything. SVG can run scripts, so it is not among them.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
LARGEST_PREVIEW = 5_000_000
"""Bytes; a larger picture is downloaded instead of being drawn on the card."""

PDF = "application/pdf"

# Whatever the file is, it runs nothing and reaches nothing, even when somebody opens it in a tab.
_RUNS_NOTHING = "default-src 'none'; sandbox"
# Browsers show no PDF in a sandbox; their viewers are one by themselves, without our cookies or pages.
_VIEWED = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@staff_page
@require_safe
def download(request: HttpRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """The file, to be saved under the name the person gave it."""
    return _served(_attachment(request, number, attachment_id), as_attachment=True)


@staff_page
@require_safe
def preview(request: HttpRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """A picture to be drawn on the card, or a PDF for the browser's own viewer. Anything else is not here."""
    attachment = _attachment(request, number, attachment_id)
    if not has_preview(attachment):
        raise Http404
    return _served(attachment, as_attachment=False)


def has_preview(attachment: Attachment) -> bool:
    """Whether it can be looked at without saving it first."""
    return attachment.media_type == PDF or is_picture(attachment)


def is_picture(attachment: Attachment) -> bool:
    """Whether the card draws it."""
    return attachment.media_type in PICTURES and attachment.size <= LARGEST_PREVIEW


def _attachment(request: HttpRequest, number: str, attachment_id: int) -> Attachment:
    if not sees_personal_data(staff_of(request)):
        raise Http404
    return get_attachment(request, number, attachment_id)


def _served(attachment: Attachment, *, as_attachment: bool) -> FileResponse:
    try:
        file = open_attachment(attachment)
    except FileNotFoundError:
        log.error("the file of attachment %s is missing on the disk", attachment.pk)
        raise Http404 from None
    media_type = attachment.media_type if has_preview(attachment) else "application/octet-stream"
    response = FileResponse(file, as_attachment=as_attachment, filename=attachment.name, content_type=media_type)
    response["X-Content-Type-Options"] = "nosniff"
    viewed = media_type == PDF and not as_attachment
    response["Content-Security-Policy"] = _VIEWED if viewed else _RUNS_NOTHING
    return response
