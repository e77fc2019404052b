"""When people who asked for it are warned that their insurance ends, and when they are told that it ended.

How many days before is nowhere published (the Fund's SMS from 1414 warn since September 2025, DOMAIN §0), so it is a
dated row that administrators keep.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from qorgau.rules.sentences import Names


class Step(StrEnum):
    """What somebody is told of one last day of cover, each once."""

    FIRST = "first"
    """Some weeks before: there is time to pay."""
    LAST = "last"
    """Some days before."""
    LOST = "lost"
    """The last day is over."""
    BACK = "back"
    """There is cover again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningTerms:
    """One dated row: how many days before the last day of cover people are warned.

    ``last_days`` 0 means that there is one warning only. ``kept_days`` is for how many days a contact is kept after its
    warnings ended, so that a complaint about them can be looked into. Raises ``ValueError`` for a second warning that
    would come before the first.
    """

    first_days: int = 30
    last_days: int = 7
    kept_days: int = 90
    valid_from: date = date.min
    valid_to: date | None = None
    basis: str | Names = field(default="", hash=False)
    source_mark: str = "ours"
    row_id: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.last_days < self.first_days or self.kept_days < 0:
            raise ValueError("the first warning comes before the second, and neither after the last day")


WITHOUT_A_ROW = WarningTerms()
"""Our own promise, as long as no row of the directory says otherwise."""


def warning_terms_in_force(rows: Iterable[WarningTerms], on: date) -> WarningTerms:
    """The row in force on a day; of several the one that came into force last."""
    fitting = [row for row in rows if row.valid_from <= on and (row.valid_to is None or on <= row.valid_to)]
    return max(fitting, key=lambda row: row.valid_from, default=WITHOUT_A_ROW)


def step_before(last_day: date, on: date, terms: WarningTerms) -> Step | None:
    """The warning due on a day about a last day of cover; None while it is far, and once it is over.

    Whoever is found late gets the later warning alone: two on one day would help nobody.
    """
    left = (last_day - on).days
    if left < 0 or left > terms.first_days:
        return None
    return Step.LAST if terms.last_days and left <= terms.last_days else Step.FIRST
