"""Files as the Fund would feed them, a few lines long, of people who do not exist (DOMAIN §1.2)."""

from collections.abc import Iterable
from pathlib import Path

from qorgau.insured.cells import name_of
from qorgau.rules.months import FIRST

NOW = 2026 * 12 + 10
"""November 2026, the month in which the tests' files are loaded."""
SUMS = [name_of(month) for month in range(NOW - 12, NOW)]
HEADER = ["iin", "paid", *SUMS, "payers", "categories", "ahead", "temporary", "organisation", "attached_since"]

AIGUL = "900101300106"
DANA = "840229401515"
TIMUR = "050505501610"
STRANGER = "150615601119"


def paid(*spans: tuple[int, int]) -> str:
    """Paid months from spans of months, as a file tells them."""
    months = {month for first, last in spans for month in range(first, last + 1)}
    return "".join("1" if month in months else "0" for month in range(FIRST, max(months, default=FIRST - 1) + 1))


def line(iin: str, **cells: str) -> str:
    """One line; what is not said is empty. `sum` stands in each of the twelve months."""
    told = {"iin": iin, "paid": paid((FIRST, NOW))} | dict.fromkeys(SUMS, cells.pop("sum", "")) | cells
    return ",".join(told.get(name, "") for name in HEADER)


def write(path: Path, lines: Iterable[str], header: Iterable[str] = HEADER) -> Path:
    path.write_text("".join(f"{text}\n" for text in (",".join(header), *lines)), encoding="utf-8")
    return path
