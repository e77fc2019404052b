"""The files of an appeal, for those who may see it. A file is downloaded, never opened as a page of ours."""

import logging
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from qorgau.intake.pictures import write_small
from qorgau.intake.refused import Refused
from qorgau.register.files import incoming, keep_small, open_attachment, open_small, place_of
from qorgau.register.models import Attachment
from qorgau.workplace.access import get_attachment, staff_of, staff_page
from qorgau.workplace.discretion import sees_personal_data

log = logging.getLogger(__name__)

# What browsers draw without running anything. SVG can run scripts, so it is not among them.
PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
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
    """A picture in a tab, or a PDF for the browser's own viewer. Anything else is not here."""
    attachment = _attachment(request, number, attachment_id)
    if not has_preview(attachment):
        raise Http404
    return _served(attachment, as_attachment=False)


@staff_page
@require_safe
def small(request: HttpRequest, number: str, attachment_id: int) -> HttpResponseBase:
    """The small picture that the card draws. One that was stored without is given its own when first looked at."""
    attachment = _attachment(request, number, attachment_id)
    if not is_picture(attachment):
        raise Http404
    file = open_small(attachment) or _made_now(attachment)
    if file is None:
        return _served(attachment, as_attachment=False)
    return _running_nothing(FileResponse(file, content_type="image/jpeg"))


def _made_now(attachment: Attachment) -> BinaryIO | None:
    """None for a picture that cannot be made small: the browser may draw it all the same."""
    with incoming() as path:
        try:
            write_small(place_of(attachment.stored_as), path)
        except (Refused, FileNotFoundError) as fault:
            log.warning("no small picture of attachment %s: %s", attachment.pk, type(fault).__name__)
            return None
        keep_small(path, attachment.stored_as)
    return open_small(attachment)


def has_preview(attachment: Attachment) -> bool:
    """Whether it can be looked at without saving it first."""
    return attachment.media_type == PDF or is_picture(attachment)


def is_picture(attachment: Attachment) -> bool:
    """Whether the card draws it."""
    return attachment.media_type in PICTURES


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
    _running_nothing(response)
    if media_type == PDF and not as_attachment:
        response["Content-Security-Policy"] = _VIEWED
    return response


def _running_nothing(response: FileResponse) -> FileResponse:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _RUNS_NOTHING
    return response
