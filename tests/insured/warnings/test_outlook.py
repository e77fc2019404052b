"""From what the register knows to the last day of cover, and to what somebody hears of it that day."""

from datetime import date

import pytest

from qorgau.directory.models import InsuranceRules
from qorgau.directory.reference import refresh
from qorgau.insured.record import Advance, Held, Record
from qorgau.insured.warnings.outlook import Outlook, outlook, step_due
from qorgau.rules.months import bit, month_of, span
from qorgau.rules.temporary_status import Granted
from qorgau.rules.warnings import WITHOUT_A_ROW, Step
from tests.insured.conftest import rows  # noqa: F401 - the rules that come with Qorgau

pytestmark = pytest.mark.usefixtures("rows")
JUNE = month_of(date(2026, 6, 1))
WORKED = Record(paid=span(JUNE - 20, JUNE))
STUDENT = Record(categories=(Held("C13", date(2024, 9, 1), date(2026, 6, 15)),))
YEAR_AHEAD = Record(ahead=(Advance(JUNE - 11, JUNE, JUNE - 12),))
LONG = Record(paid=span(JUNE - 60, JUNE))
TEMPORARY = Record(temporary=bit(JUNE))
GRANTED = Record(granted=(Granted("C07", date(2026, 5, 20), date(2026, 6, 20)),))
PENSIONER = Record(categories=(Held("C07", date(2019, 1, 15), None),))


def seen(record: Record, on: date) -> Outlook:
    return outlook(record, on=on, terms=WITHOUT_A_ROW)


@pytest.mark.parametrize(
    ("record", "last_day", "warned_on"),
    [
        pytest.param(WORKED, date(2026, 9, 30), date(2026, 8, 31), id="three months after the last payment"),
        pytest.param(STUDENT, date(2026, 9, 30), date(2026, 8, 31), id="three months after the category"),
        pytest.param(YEAR_AHEAD, date(2026, 9, 30), date(2026, 8, 31), id="three months after a year paid ahead"),
        pytest.param(LONG, date(2026, 12, 31), date(2026, 12, 1), id="six months after five years"),
        pytest.param(TEMPORARY, date(2026, 6, 30), date(2026, 6, 1), id="the month of a temporary status"),
        pytest.param(GRANTED, date(2026, 6, 20), date(2026, 5, 21), id="a temporary status granted to the day"),
    ],
)
def test_every_kind_of_cover_ends_to_the_day(record: Record, last_day: date, warned_on: date) -> None:
    found = seen(record, warned_on)

    assert (found.covered, found.last_day, found.public) == (True, last_day, True)
    after = date.fromordinal(last_day.toordinal() + 1)
    assert seen(record, last_day).covered and not seen(record, after).covered
    assert seen(record, after).last_day == last_day


def test_unpaid_months_are_those_that_the_page_shows() -> None:
    assert seen(WORKED, date(2026, 9, 23)).unpaid == 2
    assert seen(WORKED, date(2026, 10, 1)).unpaid == 3
    assert seen(STUDENT, date(2026, 9, 1)).unpaid == 2


def test_an_end_that_is_far_or_unknown_is_none() -> None:
    assert seen(WORKED, date(2026, 7, 31)).last_day is None
    assert seen(PENSIONER, date(2026, 9, 1)) == Outlook(True, None, False, 0)


def test_who_never_had_cover_has_no_day_on_which_it_ended() -> None:
    assert seen(Record(), date(2026, 9, 1)) == Outlook(False, None, True, 12)


def due(record: Record, on: date, *, was: bool | None = True, back: bool = False, proven: bool = False) -> object:
    now = seen(record, on)
    return step_due(now, on=on, terms=WITHOUT_A_ROW, seen_covered=was, tells_back=back, proven=proven)


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 8, 30), None),
        (date(2026, 8, 31), (Step.FIRST, date(2026, 9, 30))),
        (date(2026, 9, 23), (Step.LAST, date(2026, 9, 30))),
        (date(2026, 10, 1), (Step.LOST, date(2026, 9, 30))),
        (date(2026, 12, 1), (Step.LOST, date(2026, 9, 30))),
    ],
)
def test_whoever_paid_until_june_is_told_so(on: date, told: object) -> None:
    assert due(WORKED, on) == told


def test_nobody_loses_what_they_did_not_have() -> None:
    assert due(WORKED, date(2026, 10, 1), was=None) is None
    assert due(WORKED, date(2026, 10, 1), was=False) is None


def test_that_it_came_back_is_told_to_who_asked_for_it() -> None:
    paid = Record(paid=span(JUNE - 20, JUNE + 4))
    day = date(2026, 11, 20)

    assert due(paid, day, was=False, back=True) == (Step.BACK, date(2026, 11, 1))
    assert [due(paid, day, was=False), due(paid, day, was=True, back=True), due(paid, day, was=None, back=True)] == [
        None,
        None,
        None,
    ]


def test_without_proof_nothing_is_told_that_the_page_would_not_tell() -> None:
    """Where the right does not outlive the payments, a warning would tell an end that the page keeps to itself."""
    InsuranceRules.objects.all().delete()
    InsuranceRules.objects.create(code="strict", grace_months=0, valid_from=date(2020, 1, 1), name_ru="x", basis="x")
    refresh()

    assert due(STUDENT, date(2026, 7, 10)) is None
    assert due(STUDENT, date(2026, 7, 10), proven=True) == (Step.FIRST, date(2026, 7, 31))
    assert due(STUDENT, date(2026, 8, 1)) == (Step.LOST, date(2026, 7, 31))
