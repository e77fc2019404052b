"""The demo's insured register: some thousand people who do not exist, and a few whose numbers can be tried."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from qorgau.directory.reference import current
from qorgau.insured.cells import name_of
from qorgau.insured.loading.load import Order, Outcome, load_file
from qorgau.insured.population import Population
from qorgau.insured.population_files import write_population
from qorgau.rules.months import FIRST, month_of

PEOPLE = 2_000
GRANTED = "550229400104"
"""To whom the branch of the demo granted a temporary status (`temporary.py`): nobody is born on 29 February 1955."""


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody to try: a number that belongs to nobody (DOMAIN §1.2), what is the matter, and the cells of the line."""

    iin: str
    what: str
    cells: Mapping[str, str]


def load_insured(on: date) -> Outcome:
    """Fill the demo's insured register as it would stand on a day, through the same file as real data."""
    keys = [row.source_key for row in current().organisations.values() if row.source_key.startswith("demo-")]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "demo.csv"
        lines = [{"iin": one.iin, **one.cells} for one in known_people(on)]
        write_population(path, Population(PEOPLE, on, organisations=sorted(keys)), first=lines)
        return load_file(Order(path=path, by="demo", as_of=on))


def known_people(on: date) -> list[Known]:
    """Those whose numbers the demo tells, each with another status on this day."""
    now = month_of(on)
    home = {"organisation": "demo-71-gp1", "attached_since": "2024-01-01"}
    return [
        Known("900101300106", "insured, the employer pays", home | _paid(now, FIRST + 9, now - 1, "E", "17000")),
        Known("900101301621", "conditionally insured", home | _paid(now, now - 40, now - 3, "S", "4250")),
        Known("050505501610", "not insured", home | _paid(now, now - 50, now - 8, "S", "4250")),
        Known("840229401515", "insured by a category", home | {"categories": f"C03:{_day(now - 10)}/{_day(now + 20)}"}),
        Known("050505600102", "insured as a student", home | {"categories": f"C13:{_day(now - 14)}/{_day(now + 30)}"}),
        Known("150615601119", "insured as a child", home | {"categories": "C01:2015-06-15/2033-06-14"}),
        Known(
            "850229300100",
            "insured by a year paid ahead",
            {"ahead": f"{name_of(now - 2)}/{name_of(now + 9)}@{name_of(now - 3)}"},
        ),
        Known("900101300205", "temporarily insured, granted elsewhere", {"temporary": name_of(now)}),
        Known(
            GRANTED, "not insured; a temporary status was granted", home | _paid(now, now - 40, now - 9, "S", "4250")
        ),
    ]


def _paid(now: int, first: int, last: int, letter: str, tenge: str) -> dict[str, str]:
    """Months paid from one to another, with the sums of the last twelve."""
    shown = range(now - 12, now)
    return {
        "paid": "".join("1" if first <= month <= last else "0" for month in range(FIRST, now + 1)),
        "payers": "".join(letter if first <= month <= last else "-" for month in shown),
        **{name_of(month): tenge for month in shown if first <= month <= last},
    }


def _day(month: int) -> str:
    return f"{name_of(month)}-01"
