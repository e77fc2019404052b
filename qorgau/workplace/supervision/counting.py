"""The table of supervision: one line per person, desk, region or topic, and all of them together."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.workplace.supervision.asked import COLUMN_OF, NOBODY, Asked, By
from qorgau.workplace.supervision.figures import IN_THE_PERIOD, NOW, Figure, condition
from qorgau.workplace.supervision.times import Times, times


@dataclass(slots=True)
class Line:
    """One line: `key` as it stands in an address ("" for all together), its name, its figures, its times."""

    key: str
    name: str
    figures: dict[Figure, int] = field(default_factory=dict)
    times: Times | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """All lines, those with the most open appeals first, and their sum."""

    lines: list[Line]
    total: Line


def report(asked: Asked) -> Report:
    """Counted in eight statements, however many appeals and lines there are."""
    counted = _counted(asked)
    took, took_all = times(asked)
    names = _names(asked.by, counted)
    lines = [
        Line(
            key=NOBODY if key is None else str(key),
            name=names.get(key, ""),
            figures={figure: figures.get(figure, 0) for figure in Figure},
            times=took.get(key),
        )
        for key, figures in counted.items()
    ]
    lines.sort(key=lambda line: (-line.figures[Figure.OPEN], -line.figures[Figure.ANSWERED], line.name, line.key))
    total = {figure: sum(line.figures[figure] for line in lines) for figure in Figure}
    return Report(lines, Line("", "", total, took_all))


def _counted(asked: Asked) -> dict[int | None, dict[Figure, int]]:
    """Figures by the key of the line. What is open now is read once for all its figures."""
    column = COLUMN_OF[asked.by]
    counted: dict[int | None, dict[Figure, int]] = defaultdict(dict)
    now = {
        _alias(figure): Count("pk", filter=condition(figure, today=asked.today, period=asked.period))
        for figure in NOW
        if figure != Figure.OPEN
    }
    of_now = asked.counted(Figure.OPEN).order_by().values(column).annotate(figure_open=Count("pk"), **now)
    for row in of_now:
        for figure in NOW:
            counted[row[column]][figure] = row[_alias(figure)]
    for figure in IN_THE_PERIOD:
        rows = asked.counted(figure).order_by().values(column).annotate(rows=Count("pk"))
        for row in rows:
            counted[row[column]][figure] = row["rows"]
    return counted


def _alias(figure: Figure) -> str:
    return f"figure_{figure.value.replace('-', '_')}"


def _names(by: By, keys: dict[int | None, dict[Figure, int]]) -> dict[int | None, str]:
    reference = current()
    known = [key for key in keys if key is not None]
    if by == By.PERSON:
        return _told_apart(Staff.objects.in_bulk(known).values())
    rows = {By.DESK: reference.desks, By.REGION: reference.regions, By.TOPIC: reference.topics}[by]
    return {key: name_in(rows.get(key)) for key in known}


def _told_apart(people: Collection[Staff]) -> dict[int | None, str]:
    """Their names, with the desk where several are called the same."""
    together = Counter(person.short_name for person in people)
    desks = current().desks
    return {
        person.pk: f"{person.short_name} ({name_in(desks.get(person.desk_id or 0))})"
        if together[person.short_name] > 1
        else person.short_name
        for person in people
    }
