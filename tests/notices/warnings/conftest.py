from datetime import datetime
from typing import Any

from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.models import Subscription
from qorgau.insured.warnings.subscribing import Wish, subscribe
from tests.factories import ALMATY, NOON
from tests.insured.conftest import emptied, load, rows  # noqa: F401 - the register that is asked
from tests.insured.files import AIGUL, line, paid

JUNE = 2026 * 12 + 5
PHONE, EMAIL = "+77010000067", "erzhan@example.kz"
PAID_UNTIL_JUNE = paid((JUNE - 20, JUNE))
"""The example of the press: the right lasts until the end of September."""


def at(month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ALMATY)


def worked(iin: str = AIGUL, *, until: int = JUNE) -> str:
    """A line of somebody who was paid for in 21 months, up to this one."""
    return line(iin, paid=paid((until - 20, until)))


def subscribed(iin: str = AIGUL, address: str = PHONE, **more: Any) -> Subscription:
    said = {"channel": "email" if "@" in address else "sms", "language": "en", "consent_version": "2026-1"} | more
    return subscribe(Wish(person=person_key(iin), address=address, **said), at=NOON)
