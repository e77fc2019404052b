"""For which months a certificate tells: some of the twelve before the present one, for which the register has sums."""

from dataclasses import dataclass
from datetime import date

from qorgau.insured.record import MONTHS_SHOWN
from qorgau.rules.months import first_day, last_day, month_of
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class Period:
    """From one month to another, both included (`rules/months.py`)."""

    first: int
    last: int


def months_offered(on: date) -> range:
    """The months that a certificate asked for on a day may tell of, the earliest first."""
    now = month_of(on)
    return range(now - MONTHS_SHOWN, now)


def whole_period(on: date) -> Period:
    """All twelve."""
    months = months_offered(on)
    return Period(months[0], months[-1])


def refuse_other_periods(period: Period, on: date) -> None:
    """Raise Problem (field ``period``) for months that the register has no sums for, or that run backwards."""
    offered = months_offered(on)
    if period.first > period.last:
        raise Problem(Sentence(N_("The first month of the period comes after its last one.")), "period")
    if period.first not in offered or period.last not in offered:
        raise Problem(
            Sentence(
                N_("The certificate tells of whole months from {first} to {last}."),
                {"first": first_day(offered[0]), "last": last_day(offered[-1])},
            ),
            "period",
        )
