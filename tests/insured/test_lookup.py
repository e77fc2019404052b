"""From a line of a file to what a person is told."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.journal import Purpose, sweep, who_looked
from qorgau.insured.lookup import look_up
from qorgau.insured.models import LookUp
from qorgau.insured.payers import PaidBy
from qorgau.insured.record import Advance, Attached, Held, MonthPaid
from qorgau.insured.verdicts import standing, verdict
from qorgau.rules.insured_status import Ground, Status
from qorgau.rules.months import FIRST, span
from qorgau.rules.problems import Problem
from qorgau.rules.ways_to_insurance import Way
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, NOW, STRANGER, TIMUR, line, paid

TODAY = date(2026, 11, 28)


def ask(iin: str) -> Insured:
    answer = look_up(iin, purpose=Purpose.OWN_STATUS, who="portal")
    assert isinstance(answer, Insured)
    return answer


def test_everything_a_line_says_comes_back(load: Loader) -> None:
    load(
        [
            line(
                AIGUL,
                sum="4250.50",
                payers="EEEEEEEEESM-",
                paid=paid((NOW - 40, NOW - 1)),
                categories="C01:2008-05-05/2026-05-04 C13:2024-09-01",
                ahead="2026-12/2027-11@2026-11",
                temporary="2026-10 2026-11",
                organisation="demo-71-gp1",
                attached_since="2025-01-01",
            )
        ]
    )
    answer = ask(AIGUL)
    record = answer.record

    assert answer.as_of == TODAY
    assert record.paid == span(NOW - 40, NOW - 1)
    assert record.last_months[0] == MonthPaid(NOW - 12, Decimal("4250.50"), PaidBy.EMPLOYER)
    assert [one.paid_by.value for one in record.last_months] == list("EEEEEEEEESM-")
    assert record.categories == (
        Held("C01", date(2008, 5, 5), date(2026, 5, 4)),
        Held("C13", date(2024, 9, 1), None),
    )
    assert record.ahead == (Advance(NOW + 1, NOW + 12, NOW),)
    assert record.temporary == span(NOW - 1, NOW)
    assert record.attached == Attached("demo-71-gp1", date(2025, 1, 1))


def test_a_person_of_whom_little_is_known_has_little(load: Loader) -> None:
    load([line(AIGUL, paid="")])

    record = ask(AIGUL).record
    assert (record.paid, record.last_months, record.categories, record.attached) == (0, (), (), None)
    assert verdict(ask(AIGUL), TODAY).status == Status.NOT_INSURED


@pytest.mark.parametrize(
    ("cells", "status", "ground"),
    [
        ({"paid": paid((NOW - 12, NOW - 1))}, Status.INSURED, Ground.PAST_MONTHS),
        ({"paid": paid((NOW - 14, NOW - 3))}, Status.CONDITIONALLY_INSURED, Ground.GRACE),
        ({"paid": paid((NOW - 80, NOW - 5))}, Status.CONDITIONALLY_INSURED, Ground.LONG_GRACE),
        ({"paid": paid((NOW - 20, NOW - 5))}, Status.NOT_INSURED, Ground.NOTHING),
        ({"paid": "", "categories": "C07:2019-01-15"}, Status.INSURED, Ground.CATEGORY),
        ({"paid": "", "categories": "C13:2024-09-01/2026-06-30"}, Status.NOT_INSURED, Ground.NOTHING),
        ({"paid": "", "categories": "C01:2008-11-05/2026-11-04"}, Status.INSURED, Ground.CATEGORY),
        ({"paid": "", "temporary": "2026-11"}, Status.TEMPORARILY_INSURED, Ground.TEMPORARY),
        ({"paid": "", "ahead": "2026-11/2027-10@2026-10"}, Status.INSURED, Ground.FUTURE_MONTHS),
        ({"paid": "", "ahead": "2026-12/2027-11@2026-11"}, Status.NOT_INSURED, Ground.NOTHING),
    ],
)
def test_each_kind_of_life_has_its_status(load: Loader, cells: dict[str, str], status: Status, ground: Ground) -> None:
    load([line(AIGUL, **cells)])

    found = verdict(ask(AIGUL), TODAY)
    assert (found.status, found.ground, found.rules.code) == (status, ground, "long-grace-2026")


def test_who_lost_the_insurance_is_told_until_when_it_was_and_what_to_pay(load: Loader) -> None:
    load([line(AIGUL, paid=paid((NOW - 20, NOW - 5)))])

    known = standing(ask(AIGUL), TODAY)
    assert known.covered_until == date(2026, 10, 31)
    cheapest = next(way for way in known.ways if way.cheapest)
    assert (cheapest.way, cheapest.tenge) == (Way.PAY_MISSING_MONTHS, 4 * 4250)


def test_a_pensioner_has_no_last_day_and_needs_no_way(load: Loader) -> None:
    load([line(AIGUL, paid="", categories="C07:2019-01-15")])

    known = standing(ask(AIGUL), TODAY)
    assert (known.covered_until, known.ways) == (None, ())


def test_a_stranger_is_unknown_and_not_uninsured(load: Loader) -> None:
    load([line(AIGUL)])

    assert look_up(STRANGER, purpose=Purpose.CARE, who="partner:x") == Unknown(TODAY)


def test_before_anything_was_loaded_nobody_can_say(rows: None) -> None:
    assert look_up(AIGUL, purpose=Purpose.CARE, who="partner:x") == NotAnswering("no register was ever loaded")


@pytest.mark.parametrize("typed", ["900101 300106", "900101-300106", "٩٠٠١٠١٣٠٠١٠٦"])
def test_numbers_are_found_as_people_type_them(load: Loader, typed: str) -> None:
    load([line(AIGUL)])

    assert ask(typed).record.paid == span(FIRST, NOW)


@pytest.mark.parametrize("typed", ["", "900101300107", "000000000000", "90010130010", "9001013001066", "90010130010a"])
def test_what_is_no_number_is_told_and_neither_asked_nor_written_down(rows: None, typed: str) -> None:
    with pytest.raises(Problem) as told:
        look_up(typed, purpose=Purpose.OWN_STATUS, who="portal")

    assert told.value.field == "iin"
    assert LookUp.objects.count() == 0


def test_every_look_up_is_written_down_by_hash_with_its_purpose(load: Loader) -> None:
    load([line(AIGUL), line(DANA)])
    look_up(AIGUL, purpose=Purpose.OWN_STATUS, who="portal")
    look_up(AIGUL, purpose=Purpose.APPEAL, who="staff:17")
    look_up(TIMUR, purpose=Purpose.CARE, who="partner:clinic-4")

    assert [(one.purpose, one.who, one.answer) for one in who_looked(AIGUL)] == [
        ("appeal", "staff:17", "found"),
        ("own_status", "portal", "found"),
    ]
    assert [(one.purpose, one.answer) for one in who_looked(TIMUR)] == [("care", "unknown")]
    assert who_looked(DANA) == []


def test_a_look_up_is_one_trip_to_the_database(load: Loader, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load([line(AIGUL)])

    with django_assert_num_queries(0):  # Django counts its own cursors; ours goes past them
        ask(AIGUL)
    assert LookUp.objects.count() == 1


def test_the_journal_cannot_be_changed_and_loses_nothing_for_five_years(load: Loader) -> None:
    load([line(AIGUL)])
    ask(AIGUL)

    for forbidden in (LookUp.objects.all().delete, lambda: LookUp.objects.update(who="nobody")):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            forbidden()
    assert sweep(who_looked(AIGUL)[0].at) == 0


def test_the_register_holds_no_identity_number(load: Loader) -> None:
    load([line(AIGUL, sum="4250", payers="E" * 12, organisation="demo-71-gp1")])

    with connection.cursor() as cursor:
        cursor.execute("SELECT p::text FROM insured_person p")
        assert AIGUL not in cursor.fetchone()[0]
