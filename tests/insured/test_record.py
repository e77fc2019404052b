"""A row unpacked is the record that was packed."""

from datetime import date
from decimal import Decimal

from qorgau.insured.payers import PaidBy
from qorgau.insured.record import (
    Advance,
    Held,
    MonthPaid,
    Record,
    pack_ahead,
    pack_categories,
    pack_last_months,
    pack_temporary,
    unpack,
)
from qorgau.rules.months import FIRST, set_of, span

MONTHS = tuple(MonthPaid(FIRST + place, Decimal(place * 100) / 8, PaidBy.EMPLOYER) for place in range(12))


def test_a_record_comes_back_as_it_was() -> None:
    record = Record(
        paid=span(FIRST, FIRST + 40),
        last_months=MONTHS,
        categories=(Held("C07", date(2020, 5, 1), date(2024, 4, 30)), Held("C12", date(1990, 1, 1))),
        ahead=(Advance(FIRST + 30, FIRST + 41, FIRST + 29),),
        temporary=set_of([FIRST + 7, FIRST + 9]),
    )
    unpacked = unpack(
        record.paid.to_bytes(8, "little"),
        pack_last_months(MONTHS),
        pack_categories(record.categories),
        pack_ahead(record.ahead),
        pack_temporary([FIRST + 7, FIRST + 9]),
    )

    assert unpacked == record and record == unpacked
    assert hash(unpacked) == hash(record)


def test_the_months_may_be_looked_at_as_any_twelve() -> None:
    months = unpack(b"", pack_last_months(MONTHS)).last_months

    assert (len(months), tuple(months), months[3], tuple(months[-2:])) == (12, MONTHS, MONTHS[3], MONTHS[-2:])
    assert MONTHS[5] in months
    other = (*MONTHS[:-1], MonthPaid(FIRST + 11, Decimal(1), PaidBy.STATE))
    assert months not in (unpack(b"", pack_last_months(other)).last_months, other)
    assert unpack(b"").last_months == ()
