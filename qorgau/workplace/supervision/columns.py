"""The columns of the table: the page and the file are made of the same, so they cannot differ."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.lib.written_tables import Cell
from qorgau.workplace.supervision.asked import By
from qorgau.workplace.supervision.counting import Line, Report
from qorgau.workplace.supervision.figures import NAMES, Figure
from qorgau.workplace.supervision.times import Times

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Column:
    """`figure` is what a number counts; columns of times have none."""

    name: Promise
    value: Callable[[Line], int | float | None]
    figure: Figure | None = None


def _count(figure: Figure) -> Column:
    return Column(NAMES[figure], lambda line: line.figures[figure], figure)


def _hours(name: Promise, part: Callable[[Times], int]) -> Column:
    return Column(name, lambda line: round(part(line.times) / _HOUR, 1) if line.times else None)


COLUMNS: tuple[Column, ...] = (
    *(_count(figure) for figure in Figure),
    _hours(gettext_lazy("First answer, median, h"), lambda took: took.first_half),
    _hours(gettext_lazy("First answer, 9 of 10, h"), lambda took: took.first_most),
    _hours(gettext_lazy("Answer, median, h"), lambda took: took.whole_half),
    _hours(gettext_lazy("Answer, 9 of 10, h"), lambda took: took.whole_most),
)

FIRST_COLUMN: dict[By, Promise] = {
    By.PERSON: gettext_lazy("Who works on it"),
    By.DESK: gettext_lazy("Desk"),
    By.REGION: gettext_lazy("Region"),
    By.TOPIC: gettext_lazy("Reason"),
}
WITHOUT: dict[By, Promise] = {
    By.PERSON: gettext_lazy("Nobody yet"),
    By.DESK: gettext_lazy("Not known"),
    By.REGION: gettext_lazy("Not known"),
    By.TOPIC: gettext_lazy("No reason given"),
}


def name_of(line: Line, by: By) -> str:
    """What a line is called."""
    return line.name or (str(WITHOUT[by]) if line.key else _("All together"))


def header(by: By) -> list[str]:
    """The names of the columns, the first one included."""
    return [str(FIRST_COLUMN[by]), *(str(column.name) for column in COLUMNS)]


def rows(report: Report, by: By) -> list[list[Cell]]:
    """The whole table: its lines, and all together last."""
    return [[name_of(line, by), *(column.value(line) for column in COLUMNS)] for line in (*report.lines, report.total)]
