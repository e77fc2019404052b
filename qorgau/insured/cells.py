"""How single values are written in a file of the register, and in what a remote register answers.

The one place that knows the spelling (docs/insured-register.md): `loading/` reads millions of such cells with it, a
remote register's answer is read by it, and whoever gives answers to others writes them with it.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from qorgau.insured.payers import PaidBy
from qorgau.insured.record import LARGEST_SUM, MONTHS_SHOWN, Advance, Attached, Held, MonthPaid, Record, category_number
from qorgau.rules.months import months_in, set_of
from qorgau.rules.temporary_status import Granted

LONGEST_ADVANCE = 120
"""No payment in advance reaches farther than so many months from now."""
MOST_OF_A_KIND = 15
"""So many categories, payments in advance or months of a temporary status a person may have."""
_MONTH = re.compile(r"(20[2-9]\d)-(0[1-9]|1[0-2])", re.ASCII)


def is_month(text: str) -> bool:
    """Whether a text is the name of a month since January 2020."""
    return _MONTH.fullmatch(text) is not None


def month_called(text: str) -> int:
    """The month that is called like 2026-10. Raises ValueError for anything else, and for months before 2020."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise ValueError(f"{text} is not a month since 2020")
    return int(found[1]) * 12 + int(found[2]) - 1


def name_of(month: int) -> str:
    """What a month is called: 2026-10."""
    return f"{month // 12}-{month % 12 + 1:02}"


def day_called(text: str) -> date:
    """The day that is written like 2026-01-01. Raises ValueError for anything else."""
    if len(text) != 10:
        raise ValueError("a day is written like 2026-01-01")
    return date.fromisoformat(text)


def read_categories(text: str) -> tuple[Held, ...]:
    """Categories, written like "C01:2008-05-05/2026-05-04 C13:2024-09-01". Raises ValueError."""
    return tuple(map(_category, _parts(text)))


def read_ahead(text: str, *, now: int) -> tuple[Advance, ...]:
    """Payments in advance made by a month, written like "2026-01/2026-12@2025-12". Raises ValueError."""
    return tuple(_advance(part, now) for part in _parts(text))


def read_temporary(text: str) -> tuple[int, ...]:
    """Months of a temporary status, written like "2026-10 2026-11". Raises ValueError."""
    return tuple(map(month_called, _parts(text)))


def read_granted(text: str) -> tuple[Granted, ...]:
    """Temporary statuses granted to the day, written like "C07:2026-11-28/2026-12-28". Raises ValueError."""
    return tuple(map(_granted, text.split(" ") if text else ()))


def read_record(cells: Mapping[str, str], *, now: int) -> Record:
    """The record that the cells of one line tell, as they would be loaded in a month. Raises ValueError."""
    paid = cells.get("paid", "")
    if paid.strip("01"):
        raise ValueError("paid months are 0 and 1")
    organisation, since = cells.get("organisation", ""), cells.get("attached_since", "")
    return Record(
        paid=int(paid[::-1] or "0", 2),
        last_months=_last_months(cells),
        categories=read_categories(cells.get("categories", "")),
        ahead=read_ahead(cells.get("ahead", ""), now=now),
        temporary=set_of(read_temporary(cells.get("temporary", ""))),
        attached=Attached(organisation, day_called(since) if since else None) if organisation else None,
        granted=read_granted(cells.get("granted", "")),
    )


def write_record(record: Record) -> dict[str, str]:
    """The cells of a record, without those that are empty; `read_record` reads them."""
    cells = {
        "paid": f"{record.paid:b}"[::-1] if record.paid else "",
        **{name_of(one.month): f"{one.tenge.normalize():f}" for one in record.last_months if one.tenge},
        "payers": "".join(one.paid_by.value for one in record.last_months),
        "categories": " ".join(_written(one) for one in record.categories),
        "ahead": " ".join(f"{name_of(run.first)}/{name_of(run.last)}@{name_of(run.paid_in)}" for run in record.ahead),
        "temporary": " ".join(map(name_of, months_in(record.temporary))),
        "granted": " ".join(f"{one.code}:{one.since}/{one.until}" for one in record.granted),
    }
    if record.last_months:
        cells["first_month"] = name_of(record.last_months[0].month)
    if record.attached:
        cells["organisation"] = record.attached.organisation
        cells["attached_since"] = record.attached.since.isoformat() if record.attached.since else ""
    return {name: text for name, text in cells.items() if text}


def _parts(text: str) -> list[str]:
    parts = text.split(" ") if text else []
    if len(parts) > MOST_OF_A_KIND:
        raise ValueError(f"more than {MOST_OF_A_KIND} of a kind")
    return parts


def _category(text: str) -> Held:
    code, _, days = text.partition(":")
    since, _, until = days.partition("/")
    held = Held(f"C{category_number(code):02}", day_called(since), day_called(until) if until else None)
    if held.until is not None and held.until < held.since:
        raise ValueError("a category ends before it begins")
    return held


def _granted(text: str) -> Granted:
    held = _category(text)
    if held.until is None:
        raise ValueError("a temporary status has a last day")
    return Granted(held.code, held.since, held.until)


def _written(held: Held) -> str:
    until = f"/{held.until}" if held.until else ""
    return f"{held.code}:{held.since}{until}"


def _advance(text: str, now: int) -> Advance:
    months, _, paid_in = text.partition("@")
    first, _, last = months.partition("/")
    run = Advance(month_called(first), month_called(last), month_called(paid_in))
    if not run.first <= run.last <= now + LONGEST_ADVANCE or run.paid_in > now:
        raise ValueError("a payment in advance ends before it begins, is too long or was not made yet")
    return run


def _last_months(cells: Mapping[str, str]) -> tuple[MonthPaid, ...]:
    """The twelve months, from the one that is named or the first that has a sum."""
    sums = {month_called(name): _tenge(text) for name, text in cells.items() if is_month(name)}
    payers = cells.get("payers", "")
    named = cells.get("first_month", "")
    if not sums and not payers.strip("-"):
        return ()
    first = month_called(named) if named else min(sums)
    if sums and not first <= min(sums) <= max(sums) < first + MONTHS_SHOWN:
        raise ValueError("sums are of twelve months in a row")
    letters = payers or PaidBy.NOBODY.value * MONTHS_SHOWN
    if len(letters) != MONTHS_SHOWN:
        raise ValueError("payers are twelve letters")
    return tuple(
        MonthPaid(first + place, sums.get(first + place, Decimal(0)), PaidBy(letter))
        for place, letter in enumerate(letters)
    )


def _tenge(text: str) -> Decimal:
    try:
        tenge = Decimal(text or "0")
    except InvalidOperation:
        raise ValueError("a sum is a number") from None
    if not 0 <= tenge * 100 <= LARGEST_SUM or tenge * 100 % 1:
        raise ValueError("a sum is of tenge and tiyn")
    return tenge
