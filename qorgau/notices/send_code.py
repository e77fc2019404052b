"""Sending a one-time code to the telephone known for a person."""

from datetime import datetime

from django.db import transaction

from qorgau.notices.models import Notice
from qorgau.notices.outbox import SMS
from qorgau.notices.topics import Topic
from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import LASTS, make_code
from qorgau.register.known_phones import phone_known_for


@transaction.atomic
def send_code(iin: str, *, language: str, at: datetime) -> OneTimeCode:
    """Make a code and let it leave by SMS in a language, if a telephone is known; who asked can't tell whether one is.

    The person waits for it at a screen: it leaves in quiet hours too, and not at all once it has run out.
    """
    made = make_code(iin, at=at)
    if phone := phone_known_for(iin):
        Notice.objects.create(
            appeal_number="",
            topic=Topic.ONE_TIME_CODE.value,
            facts={"one_time_code": made.pk},
            language=language,
            transport=SMS,
            address=phone,
            created_at=at,
            due_at=at,
            awaited_until=at + LASTS,
        )
    return made
