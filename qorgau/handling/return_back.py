"""Returning an appeal that was offered."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.handling.settle_above import settle_above
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import custody
from qorgau.register.models import Appeal
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def return_back(appeal: Appeal, *, staff: Staff, reason: str, at: datetime, seen_version: int | None = None) -> None:
    """Return an offered appeal to the desk that still holds it, with the reason.

    1. The hand-over is settled as returned; it counts as a return on the card.
    2. The giver goes on holding the appeal and is told; the desk that returned it reads it no longer.
    3. After as many returns as the directory says, it is offered to the rung above, which has to take it.
    """
    reason = require_reason(reason)
    move(
        Verb.RETURN_BACK,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=Sentence(N_("Returned: {reason}"), {"reason": reason}),
        details={"returned_by": staff.desk_id},
        returns=appeal.returns + 1,
    )
    handover = custody.open_handover(appeal)
    assert handover is not None, "permission found the hand-over in this transaction"
    custody.settle(handover, "returned", staff=staff, at=at, return_reason=reason)
    custody.let_go(appeal, handover.receiver_id, at=at)
    tell_desk(
        topic=Topic.RETURNED,
        appeal_number=appeal.number,
        desk=handover.giver,
        facts={"desk": names_of(handover.receiver)},
        at=at,
    )
    settle_above(appeal, staff=staff, at=at)
