"""What can be chosen in the filters of the queue, and the filters that are on, in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from qorgau.directory.reference import Reference
from qorgau.lib.speech import current_language, name_in
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.states import State
from qorgau.workplace.queue.filters import DUE_NAMES, MANY, ME, NOBODY, SORT_NAMES, Due, Filters
from qorgau.workplace.queue.places import Sort
from qorgau.workplace.wording import CHANNELS, KINDS, STATES


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter; `group` is the heading above it in a long list."""

    value: str
    label: str
    selected: bool
    group: str = ""


def choices(filters: Filters, reference: Reference, people: Mapping[int, str]) -> dict[str, list[Choice]]:
    """The options of every filter, the chosen ones marked. `people`: names of those whose work can be asked for."""
    return {
        "state": [Choice(state.value, str(STATES[state]), state in filters.state) for state in State],
        "kind": [Choice(kind.value, str(KINDS[kind]), kind in filters.kind) for kind in Kind],
        "topic": list(_topics(filters.topic, reference)),
        "region": [
            Choice(region.kato, name_in(region), region.kato in filters.region)
            for region in reference.regions_in_order(current_language())
        ],
        "channel": [Choice(channel.value, str(CHANNELS[channel]), channel in filters.channel) for channel in Channel],
        "language": [Choice(code, name, code in filters.language) for code, name in settings.LANGUAGES],
        "organisation": [Choice(str(key), name_in(reference.organisations[key]), True) for key in filters.organisation],
        "assignee": [Choice(key, name, key in filters.assignee) for key, name in _workers(people).items()],
        "label": [
            Choice(label.code, name_in(label), label.code in filters.label) for label in reference.labels_in_force()
        ],
        "due": [Choice(due.value, str(DUE_NAMES[due]), due == filters.due) for due in Due],
        "sort": [Choice(sort.value, str(SORT_NAMES[sort]), sort == filters.sort) for sort in Sort],
    }


def _topics(chosen: tuple[str, ...], reference: Reference) -> Iterable[Choice]:
    for group, topics in reference.topic_tree():
        name = name_in(group)
        for topic in (group, *topics):
            yield Choice(topic.code, name_in(topic), topic.code in chosen, name)


def _workers(people: Mapping[int, str]) -> dict[str, str]:
    """Who may work on an appeal, as the filter names them."""
    return {ME: _("I"), NOBODY: _("Nobody yet"), **{str(key): name for key, name in people.items()}}


def chips(filters: Filters, reference: Reference, people: Mapping[int, str]) -> list[dict[str, Any]]:
    """The filters that are on, value by value, each with the address without it."""
    words: dict[str, Callable[[Any], str]] = {
        "state": lambda state: str(STATES[state]),
        "kind": lambda kind: str(KINDS[kind]),
        "topic": lambda code: name_in(reference.topic_by_code(code)),
        "region": lambda kato: name_in(reference.region_by_kato(kato)),
        "organisation": lambda key: name_in(reference.organisations.get(key)),
        "channel": lambda channel: str(CHANNELS[channel]),
        "language": lambda code: dict(settings.LANGUAGES)[code],
        "assignee": lambda who: _works_on_it(who, people),
        "label": lambda code: name_in(next(label for label in reference.labels.values() if label.code == code)),
    }
    of_values = [
        {"text": words[name](value), "href": filters.without(name, value).address()}
        for name in MANY
        for value in getattr(filters, name)
    ]
    single = {
        "words": f"«{filters.words}»",
        "organisation_words": f"«{filters.organisation_words}»",
        "due": str(DUE_NAMES[filters.due]) if filters.due else "",
        "unread": _("Unread"),
        "checklist": _("Steps still open"),
    }
    return of_values + [
        {"text": single[name], "href": filters.without(name).address()} for name in filters.chosen if name in single
    ]


def _works_on_it(who: str, people: Mapping[int, str]) -> str:
    if who == ME:
        return _("I work on it")
    if who == NOBODY:
        return _("Nobody works on it yet")
    return people[int(who)]
