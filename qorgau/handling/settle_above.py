"""An appeal that desks return to each other goes to the rung above, which has to take it and say whose it is."""

from datetime import datetime

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.permission import rung_above
from qorgau.handling.together import part_of, show_to
from qorgau.lib.speech import names_of
from qorgau.notices.outbox import tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register import custody
from qorgau.register.actors import CLOCK
from qorgau.register.change import change
from qorgau.register.models import Appeal, Handover
from qorgau.rules.limits import Limit
from qorgau.rules.sentences import N_, Sentence

ESCALATE_RETURN = "settle_above"
"""The verb of the journal line."""


def settle_above(appeal: Appeal, *, staff: Staff, at: datetime) -> None:
    """Offer the appeal to the rung above once it was returned as often as the directory allows; otherwise nothing.

    1. The desk above may only accept it: it cannot be returned once more.
    2. At the Fund's centre there is nothing above: the centre itself says whose it is.
    """
    reference = current()
    allowed = reference.limit(Limit.RETURNS, on=reference.calendar.local(at).date())
    above = _desk_above(appeal)
    if appeal.returns < allowed or above is None:
        return
    why = Sentence(
        N_("Returned {times} times: the desk above settles whose it is."),
        {"times": appeal.returns},
    )
    change(appeal, verb=ESCALATE_RETURN, actor=CLOCK, at=at, because=why, details={"offered_to": above.pk})
    Handover.objects.create(
        appeal=appeal,
        giver=appeal.holder,
        receiver=above,
        reason=str(why),
        offered_at=at,
        offered_by=staff,
        escalated=True,
    )
    custody.bring_in(appeal, above)
    show_to(part_of(appeal), above)
    tell_desk(
        topic=Topic.HANDOVER_OFFERED,
        appeal_number=appeal.number,
        desk=above,
        facts={"desk": names_of(appeal.holder)},
        at=at,
    )


def _desk_above(appeal: Appeal) -> Desk | None:
    kind = rung_above(appeal)
    if kind is None:
        return None
    return current().desk_of(kind, region_id=appeal.region_id, organisation_id=appeal.organisation_id)
