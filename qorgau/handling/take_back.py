"""Taking back what was offered to another desk and not accepted yet."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import custody
from qorgau.register.models import Appeal
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def take_back(appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None) -> None:
    """Take back an offer that was made by mistake, or that the other desk leaves lying.

    1. The desk that holds the appeal goes on holding it and may offer it to another one.
    2. The other desk is told and may read why; the appeal it reads no longer, unless it held it before. This counts as
       no return.

    Raises Problem (field `reason`) when no reason is given.
    """
    reason = require_reason(reason)
    move(
        Verb.TAKE_BACK,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("Taken back: {reason}"), {"reason": reason}),
    )
    handover = custody.open_handover(appeal)
    assert handover is not None, "permission found the hand-over in this transaction"
    custody.settle(handover, "taken_back", staff=staff, at=at, return_reason=reason)
    custody.let_go(appeal, handover.receiver_id, at=at)
    tell_desk(
        topic=Topic.TAKEN_BACK,
        appeal_number=appeal.number,
        desk=handover.receiver,
        facts={"desk": names_of(handover.giver)},
        at=at,
    )
