"""What the queue shows, as it stands in the address. What cannot be read there is left aside with a note."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.directory.reference import Reference
from qorgau.lib.clean_text import clean_line
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.states import State
from qorgau.workplace.places_in_queue import Place, Sort, read_place
from qorgau.workplace.tabs import Tab

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

SORT_NAMES: dict[Sort, Promise] = {
    Sort.DUE: gettext_lazy("What is due first"),
    Sort.WAITING: gettext_lazy("Who has waited longest"),
    Sort.NEWEST: gettext_lazy("Newest first"),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """One view of the queue. Empty means any."""

    tab: Tab
    state: tuple[State, ...] = ()
    kind: Kind | None = None
    topic: str = ""
    region: str = ""
    organisation: int | None = None
    organisation_words: str = ""
    channel: Channel | None = None
    language: str = ""
    due: Due | None = None
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

    def address(self) -> str:
        """The query part of the address: what differs from the plain view, "?" included."""
        pairs: list[tuple[str, str]] = [("tab", self.tab.value)]
        pairs += [("state", state.value) for state in self.state]
        for name in ("kind", "topic", "region", "organisation", "organisation_words", "channel", "language", "due"):
            if value := getattr(self, name):
                pairs.append((name, str(value)))
        if self.sort != default_sort(self.tab):
            pairs.append(("sort", self.sort.value))
        if self.after:
            pairs.append(("after", self.after.address()))
        return "?" + urlencode(pairs)


def default_sort(tab: Tab) -> Sort:
    """Work is sorted by what is due; the whole register by what came last."""
    return Sort.NEWEST if tab == Tab.ALL else Sort.DUE


def read_filters(asked: QueryDict, *, tabs: list[Tab], reference: Reference) -> tuple[Filters, list[str]]:
    """The view that an address asks for, and notes on what could not be read in it."""
    notes: list[str] = []
    read = _Reader(asked, notes)
    tab = read.one("tab", Tab, within=tabs) or tabs[0]
    sort = read.one("sort", Sort) or default_sort(tab)
    filters = Filters(
        tab=tab,
        state=read.many("state", State),
        kind=read.one("kind", Kind),
        topic=read.known("topic", lambda code: reference.topic_by_code(code) is not None),
        region=read.known("region", lambda kato: reference.region_by_kato(kato) is not None),
        organisation=read.converted("organisation", lambda key: _known_organisation(key, reference)),
        organisation_words=clean_line(asked.get("organisation_words", ""))[:_LONGEST_WORDS],
        channel=read.one("channel", Channel),
        language=read.known("language", dict(settings.LANGUAGES).__contains__),
        due=read.one("due", Due),
        sort=sort,
        after=read.converted("after", read_place),
    )
    return filters, notes


def _known_organisation(key: str, reference: Reference) -> int | None:
    """Raises ValueError for what is no number."""
    return int(key) if int(key) in reference.organisations else None


class _Reader:
    """Reads one parameter after another and notes the ones that make no sense."""

    def __init__(self, asked: QueryDict, notes: list[str]) -> None:
        self._asked = asked
        self._notes = notes

    def one(self, name: str, words: type[Value], within: Iterable[Value] | None = None) -> Value | None:
        def convert(text: str) -> Value | None:
            value = words(text)  # type: ignore[call-arg]
            return value if within is None or value in within else None

        return self.converted(name, convert)

    def many(self, name: str, words: type[Value]) -> tuple[Value, ...]:
        found: dict[Value, None] = {}
        for text in self._asked.getlist(name):
            if not text:
                continue
            try:
                found[words(text)] = None  # type: ignore[call-arg]
            except ValueError:
                self._note(name)
        return tuple(found)

    def known(self, name: str, is_known: Callable[[str], bool]) -> str:
        return self.converted(name, lambda text: text if is_known(text) else None) or ""

    def converted(self, name: str, convert: Callable[[str], Value | None]) -> Value | None:
        text = self._asked.get(name, "").strip()
        if not text:
            return None
        try:
            value = convert(text)
        except ValueError:
            value = None
        if value is None:
            self._note(name)
        return value

    def _note(self, name: str) -> None:
        note = _("Left aside, because it could not be read in the address: %(what)s.") % {"what": _WHAT[name]}
        if note not in self._notes:
            self._notes.append(note)


_WHAT: dict[str, Promise] = {
    "tab": gettext_lazy("the view"),
    "state": gettext_lazy("the state"),
    "kind": gettext_lazy("the kind"),
    "topic": gettext_lazy("the topic"),
    "region": gettext_lazy("the region"),
    "organisation": gettext_lazy("the organisation"),
    "channel": gettext_lazy("the channel"),
    "language": gettext_lazy("the language"),
    "due": gettext_lazy("the due date"),
    "sort": gettext_lazy("the order"),
    "after": gettext_lazy("the page"),
}
