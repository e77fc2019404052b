"""What can be chosen in the filters of the queue, and the filters that are on, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from qorgau.directory.reference import Reference
from qorgau.lib.speech import current_language, name_in
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.states import State
from qorgau.workplace.filters import DUE_NAMES, SORT_NAMES, Due, Filters
from qorgau.workplace.places_in_queue import Sort
from qorgau.workplace.wording import CHANNELS, KINDS, STATES


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter; `group` is the heading above it in a long list."""

    value: str
    label: str
    selected: bool
    group: str = ""


def choices(filters: Filters, reference: Reference) -> dict[str, list[Choice]]:
    """The options of every filter, the chosen ones marked."""
    return {
        "state": [Choice(state.value, str(STATES[state]), state in filters.state) for state in State],
        "kind": [Choice(kind.value, str(KINDS[kind]), kind == filters.kind) for kind in Kind],
        "topic": list(_topics(filters.topic, reference)),
        "region": [
            Choice(region.kato, name_in(region), region.kato == filters.region)
            for region in reference.regions_in_order(current_language())
        ],
        "channel": [Choice(channel.value, str(CHANNELS[channel]), channel == filters.channel) for channel in Channel],
        "language": [Choice(code, name, code == filters.language) for code, name in settings.LANGUAGES],
        "due": [Choice(due.value, str(DUE_NAMES[due]), due == filters.due) for due in Due],
        "sort": [Choice(sort.value, str(SORT_NAMES[sort]), sort == filters.sort) for sort in Sort],
    }


def _topics(chosen: str, reference: Reference) -> Iterable[Choice]:
    for group, topics in reference.topic_tree():
        name = name_in(group)
        for topic in (group, *topics):
            yield Choice(topic.code, name_in(topic), topic.code == chosen, name)


def chips(filters: Filters, reference: Reference) -> list[dict[str, Any]]:
    """The filters that are on, each with the address without it."""
    spoken: dict[str, str] = {
        "kind": str(KINDS[filters.kind]) if filters.kind else "",
        "topic": name_in(reference.topic_by_code(filters.topic)),
        "region": name_in(reference.region_by_kato(filters.region)),
        "organisation": name_in(reference.organisations.get(filters.organisation or 0)),
        "organisation_words": f"«{filters.organisation_words}»",
        "channel": str(CHANNELS[filters.channel]) if filters.channel else "",
        "language": dict(settings.LANGUAGES).get(filters.language, ""),
        "due": str(DUE_NAMES[filters.due]) if filters.due else "",
    }
    empty = Filters(tab=filters.tab)
    on = [
        {
            "text": STATES[state],
            "href": filters.but(state=tuple(other for other in filters.state if other != state)).address(),
        }
        for state in filters.state
    ]
    return on + [
        {"text": spoken[name], "href": filters.but(**{name: getattr(empty, name)}).address()}
        for name in filters.chosen
        if name != "state"
    ]
