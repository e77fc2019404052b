"""Sending a draft back to its author."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def send_back(appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None) -> None:
    """Send the draft back with what must change; the appeal is in work again."""
    reason = require_reason(reason)
    move(
        Verb.SEND_BACK,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("The draft was sent back: {reason}"), {"reason": reason}),
    )
    Answer.objects.filter(appeal=appeal).update(sent_back_reason=reason, submitted_at=None)
