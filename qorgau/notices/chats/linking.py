"""Which appeals belong to a chat: those of the applicants whom the chat is known to be a channel of."""

from datetime import datetime

from django.db.models import QuerySet

from qorgau.people.models import ChannelIdentity
from qorgau.register.models import Appeal

TELEGRAM = "telegram"


def link(applicant_id: int, chat: int, at: datetime) -> None:
    """From now on the chat follows the appeals of this applicant, and hears of them, since one was registered there.
    Linking twice changes nothing; how a chat was linked before counts no longer.
    """
    ChannelIdentity.objects.bulk_create(
        [_known(applicant_id, chat, at, ChannelIdentity.REGISTERED)],
        update_conflicts=True,
        unique_fields=["applicant", "channel", "external_id"],
        update_fields=["came_by"],
    )


def link_by_code(appeal: Appeal, chat: int, at: datetime) -> bool:
    """The same for whoever said number and code of the appeal there: until the code is replaced (`new_code.py`). False,
    and nothing done, when it was replaced in this very moment. Must run inside a transaction.
    """
    # Held, so that whoever replaces the code waits and finds the chat that came by the old one.
    same_code = Appeal.objects.filter(pk=appeal.pk, code_version=appeal.code_version)
    if same_code.select_for_update(no_key=True).values_list("pk").first() is None:
        return False
    known = _known(appeal.applicant_id, chat, at, ChannelIdentity.CODE)
    ChannelIdentity.objects.bulk_create([known], ignore_conflicts=True)
    return True


def _known(applicant_id: int, chat: int, at: datetime, came_by: str) -> ChannelIdentity:
    return ChannelIdentity(
        applicant_id=applicant_id, channel=TELEGRAM, external_id=str(chat), proved_at=at, came_by=came_by
    )


def appeals_of(chat: int) -> QuerySet[Appeal]:
    """The appeals that this chat may read and go on with, and no others."""
    applicants = ChannelIdentity.objects.filter(channel=TELEGRAM, external_id=str(chat), proved_at__isnull=False)
    return Appeal.objects.filter(applicant__in=applicants.values("applicant"))
