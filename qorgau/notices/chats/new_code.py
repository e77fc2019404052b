"""What a new access code does to chats: those that were linked by the old one follow the appeal no longer."""

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.lib.telegram.says import Message
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import GivenReceipt, Saying
from qorgau.notices.chats.reaching import TELEGRAM, is_open, language_of
from qorgau.people.models import ChannelIdentity
from qorgau.register.models import Appeal, Link

OF_THE_PERSON = frozenset({ChannelIdentity.REGISTERED, ChannelIdentity.CARRIED})
REGISTERING = frozenset({ChannelIdentity.REGISTERED})
"""Ways in which chats come to an appeal other than by its code (`ChannelIdentity.came_by`)."""

_TOOK_CHATS_ALONG = ("stage_after", "split_from")


def take_from_chats(appeal: Appeal, *, staying: Collection[str], at: datetime) -> int:
    """Unlink the chats that came to the appeal in no other way than these (`ChannelIdentity.came_by`), also from what
    grew out of it, where they came along; each that is open is told so in its language. How many they were.
    """
    lost = set(linked_to(appeal).exclude(came_by__in=staying).values_list("external_id", flat=True))
    linked_to(appeal).filter(external_id__in=lost).delete()
    came_along = ChannelIdentity.objects.filter(channel=TELEGRAM, external_id__in=lost)
    came_along = came_along.exclude(came_by=ChannelIdentity.REGISTERED)
    came_along.filter(applicant__appeals__in=grown_out_of(appeal)).delete()
    for chat in sorted(map(int, lost)):
        if settings.TELEGRAM_TOKEN and is_open(chat):
            _tell(chat, appeal.number, at)
    return len(lost)


def linked_to(appeal: Appeal) -> QuerySet[ChannelIdentity]:
    """How the chats that follow the appeal are known."""
    return ChannelIdentity.objects.filter(applicant_id=appeal.applicant_id, channel=TELEGRAM)


def grown_out_of(appeal: Appeal) -> list[Appeal]:
    """Next stages and questions that were split off, of this appeal and of one another: chats came along to them."""
    found: list[Appeal] = []
    reached = [appeal.pk]
    while reached:
        links = Link.objects.filter(earlier__in=reached, type__in=_TOOK_CHATS_ALONG).select_related("appeal")
        next_ones = [link.appeal for link in links.order_by("appeal_id")]
        found += next_ones
        reached = [one.pk for one in next_ones]
    return found


def keep_old_code_unsaid(appeal: Appeal, *, at: datetime) -> None:
    """What the bot has not said yet of the receipt is not said: its code opens nothing."""
    unsaid = GivenReceipt.objects.filter(appeal_number=appeal.number, said_at=None)
    Saying.objects.filter(receipt__in=unsaid).delete()
    unsaid.filter(left_at=None).update(failed_at=at, left_at=at)


def _tell(chat: int, number: str, at: datetime) -> None:
    with override(language_of(chat)):
        text = _(
            "The appeal %(number)s has a new access code, so it is no longer linked to this chat, and nothing about it "
            "is told here any more. Whoever has the new code can link it again: /link."
        ) % {"number": number}
        queue.put(chat, [Message(text=text)], at)
