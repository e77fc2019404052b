"""People whom the register knows, put there row by row, and keys to ask about them. Nobody of them exists."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from qorgau.directory import reference
from qorgau.directory.insurance import missing_rows
from qorgau.directory.models import Desk
from qorgau.insured.models import Serving, TemporaryStatus
from qorgau.insured.payers import PaidBy
from qorgau.insured.person_key import person_key
from qorgau.insured.record import Held, MonthPaid, pack_categories, pack_last_months, pack_temporary
from qorgau.partners import keys, quotas
from qorgau.partners.models import PartnerKey
from qorgau.rules.months import month_of, set_of, span
from qorgau.rules.roles import Role
from tests import factories
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR

__all__ = ["AIGUL", "AIGUL_PAYS", "AS_OF", "DANA", "NOVEMBER", "PENSIONER", "STRANGER", "TIMUR", "make_key", "register"]

AS_OF = date(2026, 11, 28)
NOVEMBER = month_of(AS_OF)
PENSIONER = "470721400012"
AIGUL_PAYS = Decimal("4250.50")

MakeKey = Callable[..., str]


@pytest.fixture
def register(db: None) -> None:
    """As of 28 November 2026: Aigul is insured, Dana conditionally, Timur not, and one has a pension since 2019."""
    for row in missing_rows():
        row.save()
    reference.refresh()
    Serving.objects.create(as_of=AS_OF, people=4)
    sums = [MonthPaid(month, AIGUL_PAYS, PaidBy.SELF_PAYER) for month in range(NOVEMBER - 12, NOVEMBER)]
    _know(AIGUL, paid=span(NOVEMBER - 12, NOVEMBER - 1), last_months=pack_last_months(sums))
    _know(DANA, paid=span(NOVEMBER - 14, NOVEMBER - 3))
    _know(TIMUR, paid=set_of([NOVEMBER - 20]))
    _know(PENSIONER, categories=pack_categories([Held("C07", date(2019, 1, 15))]))


def count_at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let quotas be counted as if it were always this moment: neither minute nor day ends in the middle of a test."""
    for name in ("_TAKE", "_TAKE_ALONE"):
        counting = getattr(quotas, name).replace("clock_timestamp()", f"timestamptz '{moment.isoformat()}'")
        monkeypatch.setattr(quotas, name, counting)


@pytest.fixture
def make_key(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeKey]:
    """Make keys; what this process remembers of keys and quotas is forgotten afterwards."""
    count_at(timezone.now().replace(second=0), monkeypatch)

    def making(*scopes: str, partner: str = "city-clinic-4", **facts: Any) -> str:
        row = PartnerKey(partner=partner, name="City Clinic No. 4", scopes=list(scopes), **facts)
        return keys.create(row, by=None, at=timezone.now())

    keys.forget()
    quotas.forget()
    yield making
    keys.forget()
    quotas.forget()


def grant_temporary(iin: str, month: int) -> None:
    """Let a person have a temporary status in a month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE insured_person SET temporary = %s WHERE person = %s", [pack_temporary([month]), person_key(iin)]
        )


def grant_to_the_day(iin: str, since: date, until: date) -> None:
    """Let a person have a temporary status that a branch granted."""
    branch = Desk.objects.create(kind="branch", name_ru="Филиал")
    TemporaryStatus.objects.create(
        person=person_key(iin), category="C07", since=since, until=until, last_day=until, appeal_number="26-0000001-4",
        documents=[1], rules="long-grace-2026", granted_at=timezone.now(),
        granted_by=factories.staff(Role.BRANCH_SPECIALIST, branch),
    )  # fmt: skip


def _know(iin: str, *, paid: int = 0, last_months: bytes | None = None, categories: bytes | None = None) -> None:
    packed = paid.to_bytes((paid.bit_length() + 7) // 8, "little")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO insured_person (person, paid, last_months, categories) VALUES (%s, %s, %s, %s)",
            [person_key(iin), packed, last_months, categories],
        )
