"""The answer of an appeal as its card shows it."""

from typing import Any

from django.conf import settings

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.workplace.discretion import sees_draft, words_for
from qorgau.workplace.wording import DECISIONS

ANSWER = KeptQuery(
    lambda: Answer.objects.filter(appeal_id=given("appeal")).select_related("author", "approved_by", "sent_by")
)


def answer_of(appeal: Appeal) -> Answer | None:
    """The answer, sent or still a draft, with the people who had to do with it."""
    return ANSWER.first(appeal=appeal.pk)


def answer_for(appeal: Appeal, staff: Staff) -> dict[str, Any] | None:
    """The answer, sent or still a draft, if there is one that this person may read."""
    return shown_to(staff, appeal, answer_of(appeal))


def shown_to(staff: Staff, appeal: Appeal, answer: Answer | None) -> dict[str, Any] | None:
    """An answer that was read already, as far as this person may read it."""
    if answer is None or (answer.sent_at is None and not sees_draft(appeal, staff)):
        return None
    return {
        "decision": str(DECISIONS[answer.decision]),
        "text": words_for(staff, answer.text),
        "legal_basis": answer.legal_basis,
        "how_to_appeal": answer.how_to_appeal,
        "language": answer.language,
        "language_name": dict(settings.LANGUAGES)[answer.language],
        "author": answer.author.short_name,
        "drafted_at": answer.drafted_at,
        "submitted_at": answer.submitted_at,
        "approved_by": answer.approved_by.short_name if answer.approved_by else "",
        "approved_at": answer.approved_at,
        "sent_back_reason": answer.sent_back_reason,
        "sent_at": answer.sent_at,
        "sent_by": answer.sent_by.short_name if answer.sent_by else "",
    }
