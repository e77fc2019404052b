"""Which chat reaches a person, and that it no longer does."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Chat
from qorgau.people.models import ChannelIdentity

TELEGRAM = "telegram"
"""How the channel is called among a person's identities, and the way among notices."""


def chats_reaching(applicant_id: int | None) -> list[str]:
    """The numbers of the chats that are linked to this applicant and still open, the one that was linked last first."""
    if applicant_id is None or not settings.TELEGRAM_TOKEN:
        return []
    linked = ChannelIdentity.objects.filter(
        applicant_id=applicant_id, channel=TELEGRAM, proved_at__isnull=False
    ).order_by("-pk")
    chats = list(linked.values_list("external_id", flat=True))
    if not chats:
        return []
    opened = {str(chat) for chat in _open().filter(pk__in=chats).values_list("pk", flat=True)}
    return [chat for chat in chats if chat in opened]


def follows(chat: int, appeal_number: str) -> bool:
    """Whether this chat is linked to the applicant of the appeal, open or not."""
    linked = ChannelIdentity.objects.filter(channel=TELEGRAM, external_id=str(chat), proved_at__isnull=False)
    return linked.filter(applicant__appeals__number=appeal_number).exists()


def is_open(chat: int) -> bool:
    """Whether the person wants news here: has begun the chat, and neither blocked the bot nor said /stop since."""
    return _open().filter(pk=chat).exists()


def mute(chat: int, at: datetime | None) -> None:
    """From now on no news goes into this chat; with None it does again."""
    Chat.objects.filter(pk=chat).update(muted_at=at)


def is_muted(chat: int) -> bool:
    """Whether the person said that they want no news here."""
    return Chat.objects.filter(pk=chat, muted_at__isnull=False).exists()


def _open() -> QuerySet[Chat]:
    return Chat.objects.filter(blocked_at=None, muted_at=None)


def has_gone(chat: int, at: datetime) -> None:
    """Telegram says that nothing reaches this chat any more: what waits for it is dropped."""
    Chat.objects.filter(pk=chat, blocked_at=None).update(blocked_at=at)
    queue.drop_all(chat, at)


def has_come_back(chat: int) -> None:
    """The person let the bot in again."""
    Chat.objects.filter(pk=chat).update(blocked_at=None)


def language_of(chat: int) -> str:
    """The language in which the bot speaks in this chat; "" when it knows none."""
    return Chat.objects.filter(pk=chat).values_list("language", flat=True).first() or ""


def other_chats(applicant_id: int, chat: int) -> list[int]:
    """The open chats of an applicant besides this one."""
    linked = ChannelIdentity.objects.filter(applicant_id=applicant_id, channel=TELEGRAM).exclude(external_id=str(chat))
    numbers = [int(number) for number in linked.values_list("external_id", flat=True)]
    return list(_open().filter(pk__in=numbers).values_list("pk", flat=True))


def unlink(applicant_id: int, chat: int) -> None:
    """The chat no longer follows the appeals of this applicant."""
    ChannelIdentity.objects.filter(applicant_id=applicant_id, channel=TELEGRAM, external_id=str(chat)).delete()
