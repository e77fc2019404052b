"""One row of the insured register: what is known of a person, and the packed form it is kept in.

Fifteen million rows are to stay small, so what repeats is packed into bytes (little-endian), and what is not there is
NULL. Months are numbers since January 2020 (`rules/months.py` less `FIRST`), days are numbers since 1 January 1900.

- paid: the paid months as one whole number, a bit for each month
- last_months: the number of the first of twelve months, then for each the sum in tiyn (27 bits) and who paid (5 bits)
- categories: for each its number (C07 is 7), its first day, its last day (65535: no end is known)
- ahead: for each payment in advance its first month, its last month, the month in which it was paid
- temporary: the months for which a temporary status was granted

Nothing here knows Django: the processes that check a file read this too.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from struct import Struct
from typing import Any

from qorgau.insured.payers import PaidBy
from qorgau.rules.insured_status import InsuranceFacts, StatusRules, prepaid_run
from qorgau.rules.months import FIRST, bit, month_of, set_of, span
from qorgau.rules.temporary_status import Granted

MONTHS_SHOWN = 12
SUM_BITS = 27
LARGEST_SUM = (1 << SUM_BITS) - 1
"""In tiyn: 1,342,177.27 ₸ for one month, ten times the highest lawful payment of 2026."""
DAY_ZERO = date(1900, 1, 1)
NO_END = 0xFFFF
LAST_DAY = DAY_ZERO + timedelta(days=NO_END - 1)
AHEAD_OF_NOW = 132
"""A category without an end is taken to go on for so many months: longer than the end of cover is looked for."""

LAST_MONTHS = Struct(f"<H{MONTHS_SHOWN}I")
CATEGORY = Struct("<BHH")
RUN = Struct("<HHH")
MONTH = Struct("<H")


@dataclass(frozen=True, slots=True)
class MonthPaid:
    """What was paid for one of the last twelve months, and by whom."""

    month: int
    tenge: Decimal
    paid_by: PaidBy


@dataclass(frozen=True, slots=True)
class Held:
    """A category for which the state pays ("C07"), from one day to another; ``until`` is None when no end is known."""

    code: str
    since: date
    until: date | None = None

    def months(self, now: int) -> int:
        """The set of its months, those begun or ended within included (ours)."""
        return span(month_of(self.since), now + AHEAD_OF_NOW if self.until is None else month_of(self.until))


@dataclass(frozen=True, slots=True)
class Advance:
    """A payment in advance: for which months, and the month in which it was paid."""

    first: int
    last: int
    paid_in: int


@dataclass(frozen=True, slots=True)
class Attached:
    """The organisation of primary care that a person is attached to, by its key in the directory, and since when."""

    organisation: str
    since: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything that the register knows of a person. It knows neither the identity number nor the name.

    ``paid`` and ``temporary`` are sets of months. ``last_months`` are twelve months in a row with what was paid for
    each, or nothing for a person for whom nothing was paid in them. ``granted`` are temporary statuses that were
    granted to the day here; they lie in a table of their own (`temporary/`), and no load touches them.
    """

    paid: int = 0
    last_months: Sequence[MonthPaid] = ()
    categories: tuple[Held, ...] = ()
    ahead: tuple[Advance, ...] = ()
    temporary: int = 0
    attached: Attached | None = None
    granted: tuple[Granted, ...] = ()

    def facts(self, rules: StatusRules, now: int) -> InsuranceFacts:
        """What `rules/insured_status.py` judges by, under a row of rules and as seen from a month.

        Statuses granted to the day are not in it: see `facts_on`.
        """
        paid, prepaid, privileged = self.paid, 0, 0
        for run in self.ahead:
            paid |= span(run.first, run.last)
            prepaid |= prepaid_run(run.first, run.last, paid_in=run.paid_in, rules=rules)
        for category in self.categories:
            privileged |= category.months(now)
        return InsuranceFacts(paid=paid, prepaid=prepaid, privileged=privileged, temporary=self.temporary)

    def facts_on(self, rules: StatusRules, on: date) -> InsuranceFacts:
        """The same as seen from a day: a status that was granted to the day counts for its month while it holds."""
        facts = self.facts(rules, month_of(on))
        if any(one.covers(on) for one in self.granted):
            return replace(facts, temporary=facts.temporary | bit(month_of(on)))
        return facts


def day_number(day: date) -> int:
    """The number of a day, from 0 to 65534. Raises ValueError for one that cannot be kept (before 1900, after 2079)."""
    number = (day - DAY_ZERO).days
    if not 0 <= number < NO_END:
        raise ValueError(f"{day} cannot be kept")
    return number


def pack_categories(categories: Iterable[Held]) -> bytes:
    """The packed form of categories. Raises ValueError for a code or a day that cannot be kept."""
    return b"".join(
        CATEGORY.pack(
            category_number(one.code), day_number(one.since), NO_END if one.until is None else day_number(one.until)
        )
        for one in categories
    )


def pack_ahead(runs: Iterable[Advance]) -> bytes:
    """The packed form of payments in advance."""
    return b"".join(RUN.pack(run.first - FIRST, run.last - FIRST, run.paid_in - FIRST) for run in runs)


def pack_temporary(months: Iterable[int]) -> bytes:
    """The packed form of months of a temporary status."""
    return b"".join(MONTH.pack(month - FIRST) for month in months)


def pack_last_months(months: Iterable[MonthPaid]) -> bytes:
    """The packed form of twelve months in a row."""
    every = tuple(months)
    words = (round(one.tenge * 100) | one.paid_by.number << SUM_BITS for one in every)
    return LAST_MONTHS.pack(every[0].month - FIRST, *words)


def category_number(code: str) -> int:
    """7 for "C07". Raises ValueError for what is not a C and a number up to 255."""
    if not (code[:1] == "C" and code[1:].isascii() and code[1:].isdigit() and 1 <= int(code[1:]) <= 255):
        raise ValueError(f"{code} is not the code of a category")
    return int(code[1:])


def unpack(
    paid: bytes,
    last_months: bytes | None = None,
    categories: bytes | None = None,
    ahead: bytes | None = None,
    temporary: bytes | None = None,
    attached: Attached | None = None,
    granted: tuple[Granted, ...] = (),
) -> Record:
    """The record that columns of a row hold."""
    return Record(
        paid=int.from_bytes(paid, "little"),
        last_months=_PackedMonths(last_months) if last_months else (),
        categories=tuple(_held(*one) for one in CATEGORY.iter_unpack(categories)) if categories else (),
        ahead=tuple(Advance(FIRST + f, FIRST + last, FIRST + at) for f, last, at in RUN.iter_unpack(ahead))
        if ahead
        else (),
        temporary=set_of(FIRST + month for (month,) in MONTH.iter_unpack(temporary)) if temporary else 0,
        attached=attached,
        granted=granted,
    )


class _PackedMonths(Sequence[MonthPaid]):
    """The twelve months of a row, unpacked when somebody looks at them: most who ask want no sums, or may have none."""

    __slots__ = ("_packed",)

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def _all(self) -> tuple[MonthPaid, ...]:
        first, *words = LAST_MONTHS.unpack(self._packed)
        return tuple(
            MonthPaid(FIRST + first + place, Decimal(word & LARGEST_SUM).scaleb(-2), PaidBy.of_number(word >> SUM_BITS))
            for place, word in enumerate(words)
        )

    def __iter__(self) -> Iterator[MonthPaid]:
        return iter(self._all())

    def __getitem__(self, place: Any) -> Any:
        return self._all()[place]

    def __len__(self) -> int:
        return MONTHS_SHOWN

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, _PackedMonths) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


def _held(number: int, since: int, until: int) -> Held:
    last = None if until == NO_END else DAY_ZERO + timedelta(days=until)
    return Held(f"C{number:02}", DAY_ZERO + timedelta(days=since), last)
