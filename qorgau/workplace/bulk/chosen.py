"""The appeals chosen in the queue, as they stand in an address or a form: number and the version that was seen."""

from collections.abc import Iterable
from dataclasses import dataclass

from qorgau.directory.reference import current
from qorgau.lib.row_ids import row_id
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for

MOST = 200

_LONGEST_NUMBER = 16


@dataclass(frozen=True, slots=True)
class Chosen:
    """One appeal by its number, and the version that the person saw when they chose it."""

    number: str
    version: int | None

    def __str__(self) -> str:
        return self.number if self.version is None else f"{self.number}.{self.version}"


def read_chosen(texts: Iterable[str]) -> list[Chosen]:
    """Each number once, in the order given. What is no number at all is left out."""
    found: dict[str, Chosen] = {}
    for text in texts:
        number, _dot, version = text.strip().partition(".")
        if number and number.isascii() and number.isprintable() and len(number) <= _LONGEST_NUMBER:
            found.setdefault(number, Chosen(number, row_id(version)))
    return list(found.values())


def appeals_chosen(chosen: Iterable[Chosen], staff: Staff) -> dict[str, Appeal]:
    """Those that exist and that this person may see, by number, in one query."""
    numbers = [one.number for one in chosen]
    reference = current()
    rows = appeals_for(staff).filter(number__in=numbers).select_related("applicant", "patient", "assignee", "taken_by")
    found = {appeal.number: appeal for appeal in rows}
    for appeal in found.values():
        # The directory lies in memory; four joins less.
        appeal.holder = reference.desks[appeal.holder_id]
        appeal.organisation = reference.organisations.get(appeal.organisation_id or 0)
        appeal.region = reference.regions.get(appeal.region_id or 0)
        appeal.topic = reference.topics.get(appeal.topic_id or 0)
    return {number: found[number] for number in numbers if number in found}
