"""Writing an answer."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_words
from qorgau.lib.clean_text import clean
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

DECISIONS = tuple(code for code, _ in Answer.DECISIONS if code != "redirected")
"""What an answer may decide. "Not ours" is no answer: an appeal is redirected or handed over by a step of its own."""


@transaction.atomic
def draft(
    appeal: Appeal,
    *,
    staff: Staff,
    decision: str,
    text: str,
    legal_basis: str,
    how_to_appeal: str,
    language: str,
    at: datetime,
    seen_version: int | None = None,
) -> None:
    """Save the draft of the answer.

    1. Who saves it last is its author: another person must approve it.
    2. An approval given before holds no longer, because the words have changed.

    Raises Problem when there is no text (field `text`) or no such decision (field `decision`).
    """
    text = require_words(text, "text", Sentence(N_("Write the answer.")))
    if decision not in DECISIONS:
        raise Problem(Sentence(N_("Choose what was decided.")), "decision")
    move(Verb.DRAFT, appeal, by=staff, at=at, seen_version=seen_version, details={"decision": decision})
    Answer.objects.update_or_create(
        appeal=appeal,
        defaults={
            "decision": decision,
            "text": text,
            "legal_basis": clean(legal_basis),
            "how_to_appeal": clean(how_to_appeal),
            "language": language,
            "author": staff,
            "drafted_at": at,
            "submitted_at": None,
            "approved_at": None,
            "approved_by": None,
            "sent_back_reason": "",
        },
    )
