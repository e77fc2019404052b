"""The answer as a PDF: what was decided, why, on which law, how to challenge it, and who signed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.channels.portal.tracking.acting import Typed, opened_page
from qorgau.channels.portal.tracking.wording import DECISIONS
from qorgau.lib.pdf import render
from qorgau.lib.speech import name_in, say_date
from qorgau.register.models import Answer, Appeal


@opened_page("answer_pdf")
def answer_pdf(request: HttpRequest, appeal: Appeal, typed: Typed | None) -> HttpResponse:
    """The answer, in the language it was written in."""
    answer = Answer.objects.select_related("sent_by").filter(appeal=appeal, sent_at__isnull=False).first()
    if answer is None or typed is not None:
        raise Http404
    with override(answer.language):
        made = _made(appeal, answer)
    disposition = f'attachment; filename="{appeal.number}-answer.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})


def _made(appeal: Appeal, answer: Answer) -> bytes:
    signed = answer.sent_by
    rows = [
        (_("Appeal"), appeal.number),
        (_("Received"), say_date(timezone.localdate(appeal.received_at))),
        (_("Answered on"), say_date(timezone.localdate(answer.sent_at))),
        (_("Decision"), str(DECISIONS[answer.decision])),
        (_("Answered by"), name_in(appeal.holder)),
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
