"""The answer as a paper: what was decided, why, on which law, how to challenge it, and who signed."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.handling.for_applicant.story import Story
from qorgau.handling.for_applicant.wording import DECISIONS
from qorgau.lib.pdf import render
from qorgau.lib.speech import name_in, say_date
from qorgau.register.models import Answer


def answer_paper(story: Story) -> bytes | None:
    """The answer as a PDF, in the language it was written in; None while there is none."""
    answer = Answer.objects.select_related("sent_by").filter(appeal_id=story.row.id, sent_at__isnull=False).first()
    if answer is None:
        return None
    with override(answer.language):
        return _made(story, answer)


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
        "handling/typst/answer.typ",
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
