"""The answer as a PDF to keep or print."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.tracking.acting import opened_story
from qorgau.channels.portal.tracking.asking import ask_again
from qorgau.handling.for_applicant.answer_paper import answer_paper


@never_cache
@require_safe
def answer_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The answer, in the language it was written in."""
    story = opened_story(request, number)
    if story is None:
        return ask_again(request, number, "", None)
    made = answer_paper(story)
    if made is None:
        raise Http404
    disposition = f'attachment; filename="{story.number}-answer.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})
