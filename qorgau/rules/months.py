"""Calendar months as whole numbers, and sets of months as bits.

Insurance is paid for months, so everything about it counts in months. A month is the number of months since January of
the year 0: the next one is ``month + 1``. A set of months is one whole number with a bit for each month since January
2020, the first one for which contributions of people were due (DOMAIN §3.4): a register of millions keeps it in a
single column, and comparing twelve months takes one operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

FIRST = 2020 * 12
"""January 2020, the first month that a set can hold."""


def month_of(day: date) -> int:
    """The month that a day lies in."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The day on which a month begins."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The day on which a month ends."""
    return first_day(month + 1) - timedelta(days=1)


def bit(month: int) -> int:
    """The set of one month; nothing for a month before 2020."""
    return 1 << (month - FIRST) if month >= FIRST else 0


def span(first: int, last: int) -> int:
    """The set of the months from the first to the last, both included; what lies before 2020 is left out."""
    first = max(first, FIRST)
    return ((1 << (last - first + 1)) - 1) << (first - FIRST) if last >= first else 0


def set_of(months: Iterable[int]) -> int:
    """The set of these months."""
    found = 0
    for month in months:
        found |= bit(month)
    return found


def months_in(months: int) -> Iterator[int]:
    """The months of a set, the earliest first."""
    while months:
        lowest = months & -months
        yield FIRST + lowest.bit_length() - 1
        months ^= lowest
