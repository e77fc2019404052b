"""Letting a new access code leave to a contact that the applicant left with the appeal; never to one named since."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from qorgau.notices.chats.new_code import linked_to
from qorgau.notices.chats.reaching import TELEGRAM, chats_reaching
from qorgau.notices.models import Notice
from qorgau.notices.outbox import SMS, tell_by, ways_to
from qorgau.notices.topics import Topic
from qorgau.people.contacts import takes_messages
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
    for way, address in ways_to(appeal.applicant, ""):
        if way != SMS or takes_messages(address):
            return Destination(way, (address,))
    return None


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
