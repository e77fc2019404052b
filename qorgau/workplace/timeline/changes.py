"""Before and after of a journal line, in words: which state, desk, person, day or topic it was, and which it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in, say_date
from qorgau.people.models import Staff
from qorgau.register.models import JournalLine
from qorgau.workplace.wording import KINDS, PROCEDURES, STATES

People = Mapping[int, Staff]


@dataclass(frozen=True, slots=True)
class Changed:
    """One field of the appeal before and after a line; an empty `before` was not there to be told."""

    name: str
    before: str
    after: str


def changes_of(line: JournalLine, people: People) -> list[Changed]:
    """The fields that a line changed, those alone that people have a word for."""
    return list(_changes(line, people))


def people_named(lines: Iterable[JournalLine]) -> set[int]:
    """The staff whom lines name in a field, so that all of them are read at once."""
    values = (side.get("assignee") for line in lines for side in (line.before, line.after))
    return {value for value in values if isinstance(value, int)}


def _changes(line: JournalLine, people: People) -> Iterable[Changed]:
    for name, after in line.after.items():
        if name not in FIELDS:
            continue
        label, words = FIELDS[name]
        known = name in line.before
        if after is None and not known:
            continue
        yield Changed(
            str(label),
            _said(words, line.before[name], people) if known else "",
            _said(words, after, people),
        )


def _said(words: "Words", value: Any, people: People) -> str:
    if value is None or value == "":
        return pgettext("a field that is empty", "nothing")
    return words(value, people) or str(value)


def _state(value: Any, people: People) -> str:
    return str(STATES.get(value, value))


def _desk(value: Any, people: People) -> str:
    return name_in(current().desks.get(value))


def _person(value: Any, people: People) -> str:
    person = people.get(value)
    return person.short_name if person else ""


def _day(value: Any, people: People) -> str:
    return say_date(date.fromisoformat(str(value)[:10]))


def _topic(value: Any, people: People) -> str:
    return name_in(current().topics.get(value))


def _region(value: Any, people: People) -> str:
    return name_in(current().regions.get(value))


def _organisation(value: Any, people: People) -> str:
    return name_in(current().organisations.get(value))


def _kind(value: Any, people: People) -> str:
    return str(KINDS.get(value, value))


def _procedure(value: Any, people: People) -> str:
    return str(PROCEDURES.get(value, value))


def _yes_or_no(value: Any, people: People) -> str:
    return _("yes") if value else _("no")


Words = Callable[[Any, People], str]

FIELDS: dict[str, tuple[Promise, Words]] = {
    "state": (gettext_lazy("State"), _state),
    "holder": (gettext_lazy("Desk"), _desk),
    "assignee": (gettext_lazy("Who works on it"), _person),
    "due_on": (gettext_lazy("Due date"), _day),
    "topic": (gettext_lazy("Topic"), _topic),
    "topic_id": (gettext_lazy("Topic"), _topic),
    "region": (gettext_lazy("Region"), _region),
    "region_id": (gettext_lazy("Region"), _region),
    "organisation": (gettext_lazy("Organisation"), _organisation),
    "organisation_id": (gettext_lazy("Organisation"), _organisation),
    "kind": (gettext_lazy("Kind"), _kind),
    "procedure": (gettext_lazy("Procedure"), _procedure),
    "sensitive": (gettext_lazy("Sensitive"), _yes_or_no),
}
"""Fields of an appeal that a line may change, each with its name and how a value of it is said."""
