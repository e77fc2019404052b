"""Synthetic populations with the shape of a country, for measuring, for tests and for the demo. Nobody in them exists.

The shape (DOMAIN §3.2, §3.4, §6.3): of twenty million people about 34 % are children and 12 % pensioners, five in six
are insured, and two in three of those by a category. Those who work have gaps, debts, several payers, sums under the
caps of the year; some pay a year ahead. The same seed and day make the same people.

Identity numbers have the right check digit. Serials are taken from 9999 downwards, where hardly any real number lies.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import gcd
from typing import Any, TypeAlias

import numpy
import pyarrow

from qorgau.insured.cells import name_of
from qorgau.insured.record import MONTHS_SHOWN
from qorgau.rules.months import FIRST, month_of

Numbers: TypeAlias = numpy.ndarray[Any, Any]

PEOPLE_OF_A_BLOCK = 50_000
_OLDEST = 95
_SERIALS_OF_A_BAND = 2_250
"""A number that begins so may be unassignable (0.83 %): each person has a serial in each of four bands to try."""
# People of each age in thousands, every five years from 0 (the last for 90 to 95): the pyramid of 2024, rounded.
_PYRAMID = (2010, 2040, 1900, 1500, 1130, 1220, 1600, 1580, 1330, 1180, 1070, 1020, 930, 740, 500, 240, 180, 100, 40)
_FIRST_WEIGHTS = numpy.arange(1, 12)
_SECOND_WEIGHTS = numpy.array([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])
_MINIMUM_WAGE = 85_000
_STATE_PAYS = 7285.90
_PENSION = {1: 63, 0: 61}
_GONE = 4
"""Payments that stopped so many months ago carry nothing any more."""


@dataclass(frozen=True, slots=True)
class Population:
    """So many people as of a day, attached to some of these organisations."""

    people: int
    as_of: date
    seed: int = 1
    organisations: Sequence[str] = ()

    @property
    def columns(self) -> list[str]:
        """The names of the columns of a file, in their order."""
        sums = [name_of(month) for month in self._months_shown]
        return ["iin", "paid", *sums, "payers", "categories", "ahead", "temporary", "organisation", "attached_since"]

    @property
    def _months_shown(self) -> range:
        return range(month_of(self.as_of) - MONTHS_SHOWN, month_of(self.as_of))

    def tables(self) -> Iterator[pyarrow.Table]:
        """Everybody, in blocks; each is made from the seed and its own place alone."""
        cells = _Cells(self.people, self.as_of, self.seed)
        for first in range(0, self.people, PEOPLE_OF_A_BLOCK):
            places = numpy.arange(first, min(first + PEOPLE_OF_A_BLOCK, self.people))
            random = numpy.random.default_rng([self.seed, first])
            yield _Lives(self, *cells.people_at(places), random).table()


# --- Who they are ----------------------------------------------------------------------------------------------------


class _Cells:
    """How many people were born on each day, of each sex; places in the file are scattered over all of them."""

    def __init__(self, people: int, as_of: date, seed: int) -> None:
        self._people = people
        self._youngest = as_of - timedelta(days=1)
        ages = numpy.repeat(numpy.array(_PYRAMID, dtype=float), 5)[:_OLDEST]
        days = numpy.repeat(ages, 365)
        shares = numpy.repeat(days / days.sum() / 2, 2)
        ends = numpy.rint(numpy.cumsum(shares) * people).astype(numpy.int64)
        ends[-1] = people
        self._ends = ends
        if numpy.diff(ends, prepend=0).max() > _SERIALS_OF_A_BAND:
            raise ValueError("so many people cannot have numbers of their own")
        step = int(people * 0.6180339887) | 1
        while gcd(step, people) != 1:
            step += 2
        self._step, self._shift = step, (seed * 2_654_435_761) % max(people, 1)

    def people_at(self, places: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """Identity numbers (as digits), days since birth, and sexes (1 for men) of the people at places of the file."""
        ranks = (places * self._step + self._shift) % self._people
        cells = numpy.searchsorted(self._ends, ranks, side="right")
        within = ranks - numpy.where(cells > 0, self._ends[cells - 1], 0)
        days, men = cells // 2, cells % 2
        born = numpy.datetime64(self._youngest) - days
        return _identity_numbers(born, men, within), days + 1, men


def _identity_numbers(born: Numbers, men: Numbers, within: Numbers) -> Numbers:
    years = born.astype("datetime64[Y]").astype(int) + 1970
    months = born.astype("datetime64[M]").astype(int) % 12 + 1
    days = (born - born.astype("datetime64[M]")).astype(int) + 1
    century = numpy.where(years < 2000, 4, 6) - men
    digits = numpy.zeros((len(born), 12), dtype=numpy.int64)
    for place, number in ((0, years % 100), (2, months), (4, days)):
        digits[:, place], digits[:, place + 1] = number // 10, number % 10
    digits[:, 6] = century
    digits[:, 11] = 10
    for band in range(4):
        open_ones = digits[:, 11] == 10
        if not open_ones.any():
            break
        serials = 9_999 - within[open_ones] - band * _SERIALS_OF_A_BAND
        for place, tens in enumerate((1000, 100, 10, 1), start=7):
            digits[open_ones, place] = serials // tens % 10
        eleven = digits[open_ones, :11]
        last = eleven @ _FIRST_WEIGHTS % 11
        again = last == 10
        last[again] = eleven[again] @ _SECOND_WEIGHTS % 11
        digits[open_ones, 11] = last
    return digits


# --- How they live ---------------------------------------------------------------------------------------------------


class _Lives:
    """What became of the people of one block: work and payments, gaps, categories, attachment."""

    def __init__(
        self, of: Population, digits: Numbers, ages: Numbers, men: Numbers, random: numpy.random.Generator
    ) -> None:
        self.of, self.digits, self.men, self.random = of, digits, men, random
        self.days_old, self.years = ages, ages / 365.25
        self.count = len(ages)
        self.now = month_of(of.as_of)
        self.categories: Numbers = numpy.full(self.count, "", dtype=object)
        self.privileged = numpy.zeros(self.count, dtype=bool)

    def table(self) -> pyarrow.Table:
        self._give_categories()
        payers = self._payers()
        paid = self._paid(payers)
        ahead = self._ahead(payers)
        sums, letters = self._sums(paid, payers)
        shown = {name_of(month): sums[:, place] for place, month in enumerate(self.of._months_shown)}
        columns: dict[str, Any] = {
            "iin": _texts(self.digits),
            "paid": _texts(paid),
            **{name: pyarrow.array(column, mask=column == 0) for name, column in shown.items()},
            "payers": letters,
            "categories": pyarrow.array(self.categories, pyarrow.string()),
            "ahead": ahead,
            "temporary": self._temporary(),
            "organisation": self._organisations(),
            "attached_since": self._since(),
        }
        return pyarrow.table(columns)

    # Categories: (code, share, ages from and to, men or women only), checked in this order; the first that falls holds.
    _CHANCES = (
        ("C13", 0.62, 18, 22, None),
        ("C03", 0.10, 20, 38, 0),
        ("C04", 0.11, 20, 40, 0),
        ("C02", 0.02, 19, 40, 0),
        ("C11", 0.10, 35, 61, 0),
        ("C12", 0.035, 18, 62, None),
        ("C16", 0.075, 18, 61, None),
        ("C14", 0.02, 18, 61, None),
        ("C15", 0.03, 18, 61, None),
        ("C05", 0.006, 22, 60, None),
        ("C06", 0.004, 25, 60, None),
        ("C10", 0.003, 18, 60, None),
        ("C08", 0.003, 18, 60, None),
    )

    def _give_categories(self) -> None:
        pension = numpy.where(self.men == 1, _PENSION[1], _PENSION[0])
        self._hold(self.years < 18, "C01", self._birthday(0), self._birthday(18) - 1)
        self._hold(self.years >= pension, "C07", self._birthday(pension), None)
        for code, share, youngest, oldest, men in self._CHANCES:
            fits = (self.years >= youngest) & (self.years < oldest) & ~self.privileged
            if men is not None:
                fits &= self.men == men
            fits &= self.random.random(self.count) < share
            began = numpy.datetime64(self.of.as_of) - self.random.integers(20, 900, self.count)
            ends: Numbers | None = began + self.random.integers(950, 1_500, self.count)
            if code in ("C11", "C12"):
                ends = None
            if code == "C16":
                year = self.of.as_of.year
                began, ends = (
                    numpy.full(self.count, f"{year}-01-01", "M8[D]"),
                    numpy.full(self.count, f"{year}-12-31", "M8[D]"),
                )
            if code == "C13":
                began = (self._birthday(18).astype("M8[Y]").astype("M8[M]") + 8).astype("M8[D]")
                ends = (began.astype("M8[M]") + 46).astype("M8[D]") - 1
            self._hold(fits, code, began, ends)

    def _hold(self, who: Numbers, code: str, since: Numbers, until: Numbers | None) -> None:
        since = since.astype(str)
        until_text = until.astype(str) if until is not None else numpy.full(self.count, "")
        self.categories[who] = [f"{code}:{one}/{other}" for one, other in zip(since[who], until_text[who], strict=True)]
        self.privileged |= who

    def _birthday(self, years: Numbers | int) -> Numbers:
        days = numpy.rint(numpy.asarray(years) * 365.25).astype(int)
        born = numpy.datetime64(self.of.as_of) - self.days_old
        return born + days

    def _payers(self) -> Numbers:
        """The letter of who pays for each person by their own work or means; "-" for nobody."""
        of_age = (self.years >= 18) & (self.years < 70)
        # Who belongs to a category seldom works.
        works = of_age & (self.random.random(self.count) < numpy.where(self.privileged, 0.12, 0.79))
        letters = self.random.choice(list("EICSUPM"), self.count, p=(0.72, 0.11, 0.04, 0.07, 0.03, 0.01, 0.02))
        return numpy.where(works, letters, "-")

    def _paid(self, payers: Numbers) -> Numbers:
        """Months since January 2020, a column for each until the present one."""
        length = self.now - FIRST + 1
        months = numpy.arange(length)
        begins = numpy.clip(
            length - ((self.years - self.random.uniform(18, 26, self.count)) * 12).astype(int), 0, length
        )
        begins = numpy.where(self.random.random(self.count) < 0.75, numpy.minimum(begins, length - 14), begins)
        begins = numpy.maximum(begins, 0)
        # The payment of an employer comes by the 25th of the next month, so most have the last two months open or one.
        ends = length - 1 - (self.random.random(self.count) < 0.15)
        stopped = self.random.random(self.count)
        ends = numpy.where(stopped < 0.06, length - 1 - self.random.integers(1, _GONE, self.count), ends)
        ends = numpy.where(stopped > 0.93, length - 1 - self.random.integers(_GONE, 40, self.count), ends)
        gap = self.random.random(self.count) < 0.22
        gap_begins = self.random.integers(0, length, self.count)
        gap_ends = gap_begins + numpy.where(gap, self.random.integers(1, 7, self.count), 0)
        paid = (months >= begins[:, None]) & (months < ends[:, None])
        paid &= ~((months >= gap_begins[:, None]) & (months < gap_ends[:, None]))
        paid[payers == "-"] = False
        return paid.astype(numpy.int64)

    def _sums(self, paid: Numbers, payers: Numbers) -> tuple[Numbers, pyarrow.Array]:
        """What was paid in each of the last twelve months, and by whom."""
        wages = _MINIMUM_WAGE * self.random.lognormal(1.1, 0.6, self.count).clip(1, 40)
        by_wage = numpy.rint(
            numpy.minimum(wages, 40 * _MINIMUM_WAGE) * 0.03 + numpy.minimum(wages, 20 * _MINIMUM_WAGE) * 0.02
        )
        monthly = numpy.select(
            [payers == "I", payers == "S", payers == "C", payers == "P"],
            [
                numpy.full(self.count, 5_950.0),
                numpy.full(self.count, 4_250.0),
                numpy.rint(wages * 0.02),
                numpy.rint(wages * 0.01),
            ],
            by_wage,
        )
        own = paid[:, -MONTHS_SHOWN - 1 : -1].astype(bool)
        sums = own * monthly[:, None]
        state = ~own & self.privileged[:, None]
        sums[state] = _STATE_PAYS
        letters = numpy.where(own, payers[:, None], numpy.where(state, "G", "-"))
        return sums, pyarrow.array(letters.astype("U1").view(f"U{MONTHS_SHOWN}").ravel(), pyarrow.string())

    def _ahead(self, payers: Numbers) -> pyarrow.Array:
        """Some who pay for themselves have paid for a year to come."""
        pays = (numpy.isin(payers, ["S", "-"]) & (self.years >= 18) & ~self.privileged) & (
            self.random.random(self.count) < 0.04
        )
        paid_in = self.now - self.random.integers(0, 12, self.count)
        return pyarrow.array(
            [
                f"{name_of(int(month) + 1)}/{name_of(int(month) + 12)}@{name_of(int(month))}" if one else ""
                for one, month in zip(pays, paid_in, strict=True)
            ],
            pyarrow.string(),
        )

    def _temporary(self) -> pyarrow.Array:
        granted = self.random.random(self.count) < 0.0005
        return pyarrow.array([name_of(self.now) if one else "" for one in granted], pyarrow.string())

    def _organisations(self) -> pyarrow.Array:
        keys = list(self.of.organisations) or [f"clinic-{number:04}" for number in range(1, 2_001)]
        chosen = numpy.where(
            self.random.random(self.count) < 0.97, self.random.integers(0, len(keys), self.count), len(keys)
        )
        return pyarrow.DictionaryArray.from_arrays(
            pyarrow.array(chosen, pyarrow.int32()), pyarrow.array([*keys, ""], pyarrow.string())
        ).dictionary_decode()

    def _since(self) -> pyarrow.Array:
        days = numpy.datetime64("2015-01-01") + self.random.integers(
            0, (self.of.as_of - date(2015, 1, 1)).days, self.count
        )
        began = numpy.where(self.random.random(self.count) < 0.5, days.astype("M8[Y]").astype("M8[D]"), days)
        began = numpy.maximum(began, self._birthday(0))
        return pyarrow.array(began.astype("datetime64[D]")).cast(pyarrow.string())


def _texts(digits: Numbers) -> pyarrow.Array:
    """Rows of single digits as texts."""
    signs = numpy.ascontiguousarray(digits.astype(numpy.uint8) + 48)
    width = signs.shape[1]
    offsets = pyarrow.py_buffer(numpy.arange(0, (len(signs) + 1) * width, width, dtype=numpy.int32))
    return pyarrow.StringArray.from_buffers(len(signs), offsets, pyarrow.py_buffer(signs.tobytes()))
