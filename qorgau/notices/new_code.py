"""Letting a new access code leave to a contact that the applicant left with the appeal; never to one named since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from qorgau.notices.chats.new_code import keep_old_code_unsaid, linked_to
from qorgau.notices.chats.reaching import TELEGRAM, chats_reaching
from qorgau.notices.leaving import REPLACED
from qorgau.notices.models import Notice
from qorgau.notices.outbox import tell_by, ways_to
from qorgau.notices.topics import WITH_ACCESS_CODE, Topic
from qorgau.register.models import Appeal

_WAITED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Destination:
    """By which way a code goes, and where to: several places only where several chats of the person are open."""

    way: str
    addresses: tuple[str, ...]


def destination_of_code(appeal: Appeal, *, staying: Collection[str]) -> Destination | None:
    """Where a new code of the appeal goes once no other chats follow it than those that came in these ways
    (`ChannelIdentity.came_by`); None when no message reaches the applicant.
    """
    chats = linked_to(appeal).filter(came_by__in=staying).values_list("external_id", flat=True)
    open_chats = tuple(chat for chat in chats_reaching(appeal.applicant_id) if chat in set(chats))
    if open_chats:
        return Destination(TELEGRAM, open_chats)
    return next((Destination(way, (address,)) for way, address in ways_to(appeal.applicant, "")), None)


def overtake_old_code(appeal: Appeal, *, at: datetime) -> None:
    """What waits to leave with a code that opens nothing any longer does not leave; the bot does not say it either."""
    waiting = Notice.objects.filter(appeal_number=appeal.number, state="waiting", topic__in=WITH_ACCESS_CODE)
    # What somebody is sending just now is theirs to write down.
    waiting.filter(Q(claimed_until=None) | Q(claimed_until__lte=at)).update(
        state="overtaken", error=REPLACED, claimed_until=None
    )
    keep_old_code_unsaid(appeal, at=at)


def send_new_code(appeal: Appeal, to: Destination, *, at: datetime) -> list[Notice]:
    """Let the code in force leave. The person has just asked for it and waits, so it leaves in quiet hours too."""
    return tell_by(
        to.way,
        to.addresses,
        topic=Topic.NEW_CODE,
        appeal_number=appeal.number,
        applicant=appeal.applicant,
        facts={"code_version": appeal.code_version},
        at=at,
        awaited_until=at + _WAITED_FOR,
    )
