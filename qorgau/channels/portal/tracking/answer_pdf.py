"""The answer as a PDF: what was decided, why, on which law, how to challenge it, and who signed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.tracking.acting import opened_story
from qorgau.channels.portal.tracking.asking import ask_again
from qorgau.channels.portal.tracking.story import Story
from qorgau.channels.portal.tracking.wording import DECISIONS
from qorgau.lib.pdf import render
from qorgau.lib.speech import name_in, say_date
from qorgau.register.models import Answer


@never_cache
@require_safe
def answer_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The answer, in the language it was written in."""
    story = opened_story(request, number)
    if story is None:
        return ask_again(request, number, "", None)
    answer = Answer.objects.select_related("sent_by").filter(appeal_id=story.row.id, sent_at__isnull=False).first()
    if answer is None:
        raise Http404
    with override(answer.language):
        made = _made(story, answer)
    disposition = f'attachment; filename="{story.number}-answer.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _made(story: Story, answer: Answer) -> bytes:
    signed = answer.sent_by
    rows = [
        (_("Appeal"), story.number),
        (_("Received"), say_date(timezone.localdate(story.row.received_at))),
        (_("Answered on"), say_date(timezone.localdate(answer.sent_at))),
        (_("Decision"), str(DECISIONS[answer.decision])),
        (_("Answered by"), name_in(story.holder)),
        (_("Signed by"), ", ".join(part for part in (signed.short_name, signed.post) if part) if signed else ""),
    ]
    return render(
        "channels/portal/typst/answer.typ",
        {
            "language": answer.language,
            "title": _("Answer to an appeal"),
            "fund": _("Social Health Insurance Fund"),
            "rows": [list(row) for row in rows if row[1]],
            "text": answer.text,
            "legal_basis_title": _("On the basis of"),
            "legal_basis": answer.legal_basis,
            "how_to_appeal_title": _("If you do not agree"),
            "how_to_appeal": answer.how_to_appeal,
        },
    )
