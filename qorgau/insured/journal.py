"""The journal of look-ups: who asked about whose insurance, when and what for.

Lines are kept for as long as those about who opened whose appeal (QORGAU_OPENINGS_KEPT_YEARS); the database refuses to
delete one before five years are over.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone

from qorgau.insured.models import LookUp
from qorgau.insured.person_key import person_key

_AT_A_TIME = 5_000


class Purpose(StrEnum):
    """What somebody asks for."""

    OWN_STATUS = "own_status"
    """Somebody who says to be the person asks through a public door."""
    CERTIFICATE = "certificate"
    """The person asks for a certificate."""
    ATTACHMENT = "attachment"
    """The person asks to be attached, or where they are attached."""
    APPEAL = "appeal"
    """Staff work on an appeal of the person."""
    CARE = "care"
    """A medical organisation asks before it treats the person."""
    WARNING = "warning"
    """The system looks whether the person must be warned of losing the insurance."""


def write(iin: str, *, purpose: Purpose, who: str, answer: str) -> None:
    """Write one look-up down, for registers that cannot do so while they answer."""
    LookUp.objects.create(person=person_key(iin), at=timezone.now(), purpose=purpose.value, who=who, answer=answer)


def who_looked(
    iin: str, *, at_most: int = 50, before: datetime | None = None, but: Purpose | None = None
) -> Sequence[LookUp]:
    """The look-ups of a person, the newest first, for the page "who looked at my status"; those for one purpose may be
    left out."""
    lines = LookUp.objects.filter(person=person_key(iin))
    if before is not None:
        lines = lines.filter(at__lt=before)
    if but is not None:
        lines = lines.exclude(purpose=but.value)
    return list(lines.order_by("-at")[:at_most])


def looked_to_warn(iin: str) -> tuple[int, datetime | None]:
    """How often the system looked by itself whether the person must be warned, and when it did so last.

    It does so every day, so that line by line it would hide who else looked.
    """
    lines = LookUp.objects.filter(person=person_key(iin), purpose=Purpose.WARNING.value)
    counted = lines.aggregate(often=Count("pk"), last=Max("at"))
    return counted["often"], counted["last"]


def sweep(at: datetime) -> int:
    """Delete lines that were kept as long as this installation keeps them; how many there were."""
    old = LookUp.objects.filter(at__lt=at - timedelta(days=366 * settings.OPENINGS_KEPT_YEARS)).order_by("at")
    swept = 0
    while lot := list(old.values_list("pk", flat=True)[:_AT_A_TIME]):
        swept += LookUp.objects.filter(pk__in=lot).delete()[0]
    return swept
