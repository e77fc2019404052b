"""Sending a one-time code: to the telephone known for a person, or to an address that somebody left just now."""

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
        _send(made, Topic.ONE_TIME_CODE, SMS, phone, language, at)
    return made


@transaction.atomic
def send_code_to(address: str, *, way: str, about: str, language: str, at: datetime) -> OneTimeCode:
    """Make a code and let it leave to an address that somebody left, so that they show that they read it.

    ``about`` is what the code confirms, and nothing else (`people/one_time_codes.py`). It leaves as quickly.
    """
    made = make_code(about, at=at)
    _send(made, Topic.WARNING_CODE, way, address, language, at)
    return made


def _send(made: OneTimeCode, topic: Topic, way: str, address: str, language: str, at: datetime) -> None:
    Notice.objects.create(
        appeal_number="",
        topic=topic.value,
        facts={"one_time_code": made.pk},
        language=language,
        transport=way,
        address=address,
        created_at=at,
        due_at=at,
        awaited_until=at + LASTS,
    )
