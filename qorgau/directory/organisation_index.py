"""An index of organisations in memory, built once for each state of the directory.

It answers which organisations hold a word: written out, begun, or misspelt. Words are those of `organisation_words`.
Without trigram extensions in the database this lives in the process; ten thousand organisations take about a second to
build and a few milliseconds to ask.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nlargest

from qorgau.directory.models import Organisation
from qorgau.directory.organisation_words import spellings, words_of
from qorgau.lib.slips import most_slips, slips_between

# A word that only tells where an organisation stands counts for a little less than a word of its name.
PLACE_QUALITY = 0.85

_MOST_ENDINGS = 300
_MOST_LOOKED_AT = 60
_MOST_MISSPELLINGS = 12
_SHORTEST_MISSPELT = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """One organisation as search sees it: its names as words, and the words of the place where it is."""

    organisation: Organisation
    names: tuple[tuple[str, ...], ...]
    places: frozenset[str]
    own: frozenset[str]
    """All words of its names."""
    length: int
    """Words of its shortest name."""


class OrganisationIndex:
    """The words of all organisations and who holds them."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.entries = [_entry(organisation) for organisation in organisations]
        self._named = _holders(enumerate(entry.own for entry in self.entries))
        self._placed = _holders(enumerate(entry.places - entry.own for entry in self.entries))
        self.weights = self._weigh()
        self.lengths = array("I", (entry.length for entry in self.entries))
        self._of_region = _members(self.entries)
        # Words as they may be typed, and the words of the index that they stand for.
        self._typed = _typed(self.weights)
        self._in_order = sorted(self._typed)
        self._by_trigram = _holders(
            (place, _trigrams(word)) for place, word in enumerate(self._in_order) if not word.isdecimal()
        )
        self.like = lru_cache(maxsize=4096)(self._like)
        self.ended_on = lru_cache(maxsize=8)(self._ended_on)

    def _weigh(self) -> dict[str, float]:
        """How much a word tells: a rare one much, «поликлиника» little."""
        everyone = len(self.entries)
        held = {word: len(holders) for word, holders in self._placed.items()}
        held |= {word: len(holders) for word, holders in self._named.items()}
        return {word: math.log1p(everyone / count) for word, count in held.items()}

    @property
    def greatest_weight(self) -> float:
        """The weight of a word that one organisation holds, and so of one that nobody holds."""
        return math.log1p(len(self.entries))

    def named(self, word: str) -> array[int]:
        """Places in `entries` of those who have the word in a name."""
        return self._named.get(word, _NOBODY)

    def placed(self, word: str) -> array[int]:
        """Places in `entries` of those whose region or district is called so."""
        return self._placed.get(word, _NOBODY)

    def of_region(self, region_id: int | None) -> frozenset[int] | None:
        """Places in `entries` of the organisations of a region; None, which is everywhere, when no region is given."""
        return None if region_id is None else self._of_region.get(region_id, frozenset())

    def _ended_on(self, day: date) -> frozenset[int]:
        """Places in `entries` of those that are not in force on a day."""
        return frozenset(place for place, entry in enumerate(self.entries) if not entry.organisation.holds_on(day))

    def beginning_with(self, beginning: str) -> Iterator[tuple[str, float]]:
        """Words that begin so, and how much of each was typed (0 to 1)."""
        start = bisect_left(self._in_order, beginning)
        for typed in self._in_order[start : start + _MOST_ENDINGS]:
            if not typed.startswith(beginning):
                break
            for word in self._typed[typed]:
                yield word, len(beginning) / len(typed)

    def _like(self, misspelt: str) -> list[tuple[str, float]]:
        """Words that may be meant by a misspelt one, and how like it they are (0 to 1), the likest first."""
        if len(misspelt) < _SHORTEST_MISSPELT:
            return []
        shared: Counter[int] = Counter()
        for trigram in _trigrams(misspelt):
            shared.update(self._by_trigram.get(trigram, _NOBODY))
        likeness: dict[str, float] = {}
        most = most_slips(misspelt)
        for place, _ in shared.most_common(_MOST_LOOKED_AT):
            typed = self._in_order[place]
            slips = slips_between(misspelt, typed, most)
            if slips <= most:
                for word in self._typed[typed]:
                    likeness[word] = max(likeness.get(word, 0.0), 1 - slips / max(len(misspelt), len(typed)))
        return nlargest(_MOST_MISSPELLINGS, likeness.items(), key=lambda found: found[1])


_NOBODY: array[int] = array("I")


def _holders(held: Iterable[tuple[int, Iterable[str]]]) -> dict[str, array[int]]:
    holders: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
    for place, words in held:
        for word in words:
            holders[word].append(place)
    return dict(holders)


def _members(entries: list[Entry]) -> dict[int, frozenset[int]]:
    members: defaultdict[int, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        members[entry.organisation.region_id].append(place)
    return {region: frozenset(places) for region, places in members.items()}


def _typed(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    known = frozenset(words)
    typed: dict[str, tuple[str, ...]] = {word: (word,) for word in known}
    for spelling, meant in spellings().items():
        if known.issuperset(meant):
            typed.setdefault(spelling, meant)
    return typed


@lru_cache(maxsize=100_000)
def _words(text: str) -> tuple[str, ...]:
    """The words of a text, each once; remembered, since an index made anew differs in a few names only."""
    return tuple(dict.fromkeys(words_of(text)))


def _entry(organisation: Organisation) -> Entry:
    names = {words: None for name in organisation.names if (words := _words(name))}
    region = organisation.region
    where = " ".join((region.name_kk, region.name_ru, region.name_en, *region.aliases, organisation.district))
    return Entry(
        organisation=organisation,
        names=tuple(names),
        places=frozenset(_words(where)),
        own=frozenset(word for name in names for word in name),
        length=min(map(len, names), default=0),
    )


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[place : place + 3] for place in range(len(padded) - 2)}
