"""Which appeals belong to a chat: those of the applicants whom the chat is known to be a channel of."""

from datetime import datetime

from django.db.models import QuerySet

from qorgau.people.models import ChannelIdentity
from qorgau.register.models import Appeal

TELEGRAM = "telegram"


def link(applicant_id: int, chat: int, at: datetime) -> None:
    """From now on the chat follows the appeals of this applicant, and hears of them. Linking twice changes nothing."""
    known = ChannelIdentity(applicant_id=applicant_id, channel=TELEGRAM, external_id=str(chat), proved_at=at)
    ChannelIdentity.objects.bulk_create([known], ignore_conflicts=True)


def appeals_of(chat: int) -> QuerySet[Appeal]:
    """The appeals that this chat may read and go on with, and no others."""
    applicants = ChannelIdentity.objects.filter(channel=TELEGRAM, external_id=str(chat), proved_at__isnull=False)
    return Appeal.objects.filter(applicant__in=applicants.values("applicant"))
