"""Asking for a certificate. Only for a person who has proven who they are: that is for the caller to make sure of."""

from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from qorgau.insured.certificate.period import Period, refuse_other_periods
from qorgau.insured.certificate.tasks import make_certificate
from qorgau.insured.models import Certificate
from qorgau.insured.person_key import person_key
from qorgau.lib.sealed import seal
from qorgau.lib.speech import LANGUAGES
from qorgau.rules.certificate_numbers import make_certificate_number
from qorgau.rules.identity import check_iin
from qorgau.rules.months import first_day
from qorgau.rules.problems import Problem


def request_certificate(iin: str, period: Period, language: str, at: datetime, *, who: str) -> Certificate:
    """Give a number and leave the making to the worker; `Certificate.state` tells how far it is.

    ``who`` is how the door is called in the journal of look-ups, never a person's name. Raises what `order` raises.
    """
    with transaction.atomic():
        certificate = order(iin, period, language, at, who=who)
        make_certificate.defer(certificate_id=certificate.pk)
    return certificate


def order(iin: str, period: Period, language: str, at: datetime, *, who: str) -> Certificate:
    """The row of a certificate that waits to be made.

    Raises Problem (field ``iin`` or ``period``) for what cannot be an identity number, and for months that it cannot
    tell of; ValueError for another language than ours.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no certificate in {language!r}")
    check = check_iin(iin)
    if not check.valid or check.value is None:
        assert check.problem is not None
        raise Problem(check.problem, "iin")
    day = timezone.localdate(at)
    refuse_other_periods(period, day)
    return Certificate.objects.create(
        number=make_certificate_number(day.year, _next_serial()),
        person=person_key(check.value),
        iin_sealed=seal(check.value),
        asked_at=at,
        asked_by=who,
        language=language,
        first_month=first_day(period.first),
        last_month=first_day(period.last),
    )


def _next_serial() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('insured_certificate_serial')")
        return int(cursor.fetchone()[0])
