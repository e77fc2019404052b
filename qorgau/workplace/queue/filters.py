"""What the queue shows, as it stands in the address. What cannot be read there is left aside with a note."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from qorgau.directory.reference import Reference
from qorgau.lib.clean_text import clean_line
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.states import State
from qorgau.workplace.left_aside import notes_on
from qorgau.workplace.queue.places import Place, Sort, read_place
from qorgau.workplace.queue.tabs import Tab

_LONGEST_WORDS = 200

Value = TypeVar("Value")


class Due(StrEnum):
    """How near the due date is."""

    OVERDUE = "overdue"
    TODAY = "today"
    THREE_DAYS = "3"
    WEEK = "7"


DUE_NAMES: dict[Due, Promise] = {
    Due.OVERDUE: gettext_lazy("Overdue"),
    Due.TODAY: gettext_lazy("Due today"),
    Due.THREE_DAYS: gettext_lazy("Due within 3 days"),
    Due.WEEK: gettext_lazy("Due within a week"),
}


class Steps(StrEnum):
    """How far the checklist is."""

    OPEN = "open"


SORT_NAMES: dict[Sort, Promise] = {
    Sort.DUE: gettext_lazy("What is due first"),
    Sort.WAITING: gettext_lazy("Who has waited longest"),
    Sort.NEWEST: gettext_lazy("Newest first"),
    Sort.TOPIC: gettext_lazy("By reason, what came first in each first"),
}


ME, NOBODY = "me", "nobody"
"""Whoever looks, and appeals on which nobody works yet: as they stand in the filter of who works on it."""

MANY = ("state", "kind", "topic", "region", "organisation", "channel", "language", "assignee", "label")
"""Filters that take several values: one of them is enough to pass."""

_ONE = ("words", "organisation_words", "due", "unread", "checklist")

_BESIDE = ("tab", "sort", "after", "choose", "counts", "since")
"""What else stands in an address of the queue: the view, its order, its page, and how the page is wanted."""

_NAMES = frozenset((*MANY, *_ONE, *_BESIDE))


@dataclass(frozen=True, slots=True)
class Filters:
    """One view of the queue. Empty means any; of several values one is enough."""

    tab: Tab
    state: tuple[State, ...] = ()
    kind: tuple[Kind, ...] = ()
    topic: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    organisation: tuple[int, ...] = ()
    organisation_words: str = ""
    words: str = ""
    channel: tuple[Channel, ...] = ()
    language: tuple[str, ...] = ()
    assignee: tuple[str, ...] = ()
    label: tuple[str, ...] = ()
    due: Due | None = None
    unread: bool = False
    checklist: Steps | None = None
    sort: Sort = Sort.DUE
    after: Place | None = field(default=None, compare=False)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Names of the filters that are on; the view and the order are none."""
        others = ("tab", "sort", "after")
        return tuple(f.name for f in fields(self) if f.name not in others and getattr(self, f.name))

    def but(self, **changes: Any) -> "Filters":
        """The same view with something changed, from its first page."""
        return replace(self, **{"after": None, **changes})

    def without(self, name: str, value: Any = None) -> "Filters":
        """The same view without one filter, or without one value of it."""
        if value is None:
            return self.but(**{name: getattr(Filters(tab=self.tab), name)})
        return self.but(**{name: tuple(other for other in getattr(self, name) if other != value)})

    def address(self) -> str:
        """The query part of the address: what differs from the plain view, "?" included."""
        pairs: list[tuple[str, str]] = [("tab", self.tab.value)]
        pairs += [(name, str(value)) for name in MANY for value in getattr(self, name)]
        pairs += [(name, _in_address(value)) for name in _ONE if (value := getattr(self, name))]
        if self.sort != default_sort(self.tab):
            pairs.append(("sort", self.sort.value))
        if self.after:
            pairs.append(("after", self.after.address()))
        return "?" + urlencode(pairs)


def _in_address(value: Any) -> str:
    return "1" if value is True else str(value)


def default_sort(tab: Tab) -> Sort:
    """Work is sorted by what is due; the whole register by what came last."""
    return Sort.NEWEST if tab == Tab.ALL else Sort.DUE


def read_filters(
    asked: QueryDict, *, tabs: list[Tab], reference: Reference, people: Container[int] = ()
) -> tuple[Filters, list[str]]:
    """The view that an address asks for, and notes on what could not be read in it.

    `people` are those whose work the reader may ask for.
    """
    read = _Reader(asked)
    tab = read.one("tab", Tab, within=tabs) or tabs[0]
    sort = read.one("sort", Sort) or default_sort(tab)
    filters = Filters(
        tab=tab,
        state=read.many("state", State),
        kind=read.many("kind", Kind),
        topic=read.many("topic", _known(lambda code: reference.topic_by_code(code) is not None)),
        region=read.many("region", _known(lambda kato: reference.region_by_kato(kato) is not None)),
        organisation=read.many("organisation", _in(reference.organisations)),
        organisation_words=clean_line(asked.get("organisation_words", ""))[:_LONGEST_WORDS],
        words=clean_line(asked.get("words", ""))[:_LONGEST_WORDS],
        channel=read.many("channel", Channel),
        language=read.many("language", _known(dict(settings.LANGUAGES).__contains__)),
        assignee=read.many("assignee", _someone(people)),
        label=read.many("label", _known({label.code for label in reference.labels.values()}.__contains__)),
        due=read.one("due", Due),
        unread=bool(read.one("unread", _known("1".__eq__))),
        checklist=read.one("checklist", Steps),
        sort=sort,
        after=read.converted("after", read_place),
    )
    return filters, read.notes()


def _known(is_known: Callable[[str], bool]) -> Callable[[str], str]:
    """Reads a code; raises ValueError for one that nobody knows."""

    def convert(text: str) -> str:
        if not is_known(text):
            raise ValueError(text)
        return text

    return convert


def _in(keys: Container[int]) -> Callable[[str], int]:
    """Reads the key of a row; raises ValueError for one that is not there."""

    def convert(text: str) -> int:
        key = int(text)
        if key not in keys:
            raise ValueError(text)
        return key

    return convert


def _someone(people: Container[int]) -> Callable[[str], str]:
    """Reads who works on it; raises ValueError for somebody whom the reader does not know."""
    key = _in(people)
    return lambda text: text if text in (ME, NOBODY) else str(key(text))


class _Reader:
    """Reads one parameter after another and keeps the names of those that make no sense."""

    def __init__(self, asked: QueryDict) -> None:
        self._asked = asked
        self._left_aside: dict[str, None] = {}

    def notes(self) -> list[str]:
        unknown = [name for name in self._asked if name not in _NAMES]
        return notes_on([_WHAT[name] for name in self._left_aside], unknown)

    def one(self, name: str, convert: Callable[[str], Value], within: Iterable[Value] | None = None) -> Value | None:
        def convert_within(text: str) -> Value | None:
            value = convert(text)
            return value if within is None or value in within else None

        return self.converted(name, convert_within)

    def many(self, name: str, convert: Callable[[str], Value]) -> tuple[Value, ...]:
        found: dict[Value, None] = {}
        for text in self._asked.getlist(name):
            if not text.strip():
                continue
            try:
                found[convert(text.strip())] = None
            except ValueError:
                self._left_aside[name] = None
        return tuple(found)

    def converted(self, name: str, convert: Callable[[str], Value | None]) -> Value | None:
        text = self._asked.get(name, "").strip()
        if not text:
            return None
        try:
            value = convert(text)
        except ValueError:
            value = None
        if value is None:
            self._left_aside[name] = None
        return value


_WHAT: dict[str, Promise] = {
    "tab": gettext_lazy("the view"),
    "state": gettext_lazy("the state"),
    "kind": gettext_lazy("the kind"),
    "topic": gettext_lazy("the topic"),
    "region": gettext_lazy("the region"),
    "organisation": gettext_lazy("the organisation"),
    "channel": gettext_lazy("the channel"),
    "language": gettext_lazy("the language"),
    "assignee": gettext_lazy("who works on it"),
    "label": gettext_lazy("the label"),
    "due": gettext_lazy("the due date"),
    "unread": gettext_lazy("what is unread"),
    "checklist": gettext_lazy("the checklist"),
    "sort": gettext_lazy("the order"),
    "after": gettext_lazy("the page"),
}
