"""Finding an organisation by what people call it: part of a name, a number, an alias, with typos, in any language."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from django.utils import timezone

from qorgau.directory import reference
from qorgau.directory.models import Organisation
from qorgau.directory.organisation_index import PLACE_QUALITY, Entry, OrganisationIndex
from qorgau.directory.organisation_words import other_keyboard, words_of

_LONGEST_QUERY = 200
_MOST_WORDS = 12
_LOOKED_AT_CLOSELY = 80
_LEAST_SCORE = 0.35
# Below this a Latin query may have been meant for the Cyrillic keyboard.
_DOUBTFUL = 0.7
_LEAST_SHARE_OF_BEST = 0.55
# A word that more organisations hold finds no new candidates once a rarer word has found some.
_COMMON = 1500
# What the whole name adds to the part that was asked for.
_WHOLE_NAME = 0.3
_ANOTHER_NUMBER = 0.5
_UNFINISHED_NUMBER = 0.5
_NOBODY_HOLDS_IT = 0.25
_WORD_OF_PLACE = 0.3


@dataclass(frozen=True, slots=True)
class Match:
    """An organisation that may be meant. The score is 0 to 1; 1 is the whole name and nothing else."""

    organisation_id: int
    score: float


def find(query: str, *, region_id: int | None = None, limit: int = 10, on: date | None = None) -> list[Match]:
    """Organisations in force (today unless `on` says another day) that a person may mean, the likeliest first.

    A region narrows the search to its organisations. A number is taken at its word: another one counts heavily against
    an organisation. The last word or number may be unfinished. Words that say nothing («ТОО») find nothing.
    """
    index, day = _current_index(), on or timezone.localdate()
    matches = _matches(index, query, region_id, limit, day)
    if query.isascii() and (not matches or matches[0].score < _DOUBTFUL):
        return max(matches, _matches(index, other_keyboard(query), region_id, limit, day), key=_best_score)
    return matches


def _best_score(matches: list[Match]) -> float:
    return matches[0].score if matches else 0.0


@dataclass(frozen=True, slots=True)
class _Asked:
    """A word of the query: the words of the index that it may mean with their likeness (0 to 1), and what it tells."""

    meant: Mapping[str, float]
    weight: float
    number: str = ""


def _matches(index: OrganisationIndex, query: str, region_id: int | None, limit: int, day: date) -> list[Match]:
    words = list(dict.fromkeys(words_of(query[:_LONGEST_QUERY])))[:_MOST_WORDS]
    asked = [_understood(index, word, unfinished=word is words[-1]) for word in words]
    covered = _covered(index, asked)
    ended, of_region = index.ended_on(day), index.of_region(region_id)
    lengths, entries = index.lengths, index.entries
    candidates = (
        (share, -lengths[place], -place)
        for place, share in covered.items()
        if place not in ended and (of_region is None or place in of_region)
    )
    whole_weight = sum(word.weight for word in asked)
    likeness = _likeness(asked)
    scored = [
        (share / whole_weight * _fit(index, entries[-place], asked, likeness), entries[-place])
        for share, _, place in nlargest(_LOOKED_AT_CLOSELY, candidates)
    ]
    scored.sort(key=lambda found: (-found[0], found[1].length, found[1].organisation.name_ru))
    least = max(_LEAST_SCORE, scored[0][0] * _LEAST_SHARE_OF_BEST) if scored else 1.0
    return [Match(entry.organisation.pk, round(score, 4)) for score, entry in scored[:limit] if score >= least]


def _understood(index: OrganisationIndex, word: str, *, unfinished: bool) -> _Asked:
    """What a word may mean: itself; what begins so, if it is unfinished or not known; what is like it, if not known."""
    known = word in index.weights
    meant = {word: 1.0} if known else {}
    if word.isdecimal():
        meant |= {
            number: _UNFINISHED_NUMBER for number, _ in index.beginning_with(word) if unfinished and number not in meant
        }
        return _Asked(meant, index.weights.get(word, index.greatest_weight), number=word)
    if unfinished or not known:
        for other, typed in index.beginning_with(word):
            meant.setdefault(other, 0.7 + 0.25 * typed)
    if not known:
        for other, likeness in index.like(word):
            meant.setdefault(other, 0.9 * likeness)
    if not meant:
        return _Asked({}, _NOBODY_HOLDS_IT * index.greatest_weight)
    likest = max(meant, key=lambda other: meant[other])
    return _Asked(meant, index.weights[likest])


def _covered(index: OrganisationIndex, asked: Iterable[_Asked]) -> dict[int, float]:
    """How much of the query each candidate covers; the words that tell most are asked first."""
    covered: dict[int, float] = {}
    for word in sorted(asked, key=lambda word: -word.weight):
        for place, likeness in _holders(index, word, among=covered).items():
            covered[place] = covered.get(place, 0.0) + likeness * word.weight
    return covered


def _holders(index: OrganisationIndex, word: _Asked, *, among: Mapping[int, float]) -> dict[int, float]:
    """Who holds what a word may mean, and how like it is; a common word is sought only `among` the candidates."""
    held: dict[int, float] = {}
    for other, likeness in sorted(word.meant.items(), key=lambda item: item[1]):
        for place in index.placed(other):
            held[place] = max(held.get(place, 0.0), likeness * PLACE_QUALITY)
        named: Iterable[int] = index.named(other)
        if among and len(index.named(other)) > _COMMON:
            entries = index.entries
            named = [place for place in among if other in entries[place].own]
        # From the least likely to the likeliest, so that the last word stands.
        held.update(dict.fromkeys(named, likeness))
    return held


def _likeness(asked: Iterable[_Asked]) -> dict[str, float]:
    """Every word that may be meant, with the best likeness it has to a word of the query."""
    likeness: dict[str, float] = {}
    for word in asked:
        for other, like in word.meant.items():
            likeness[other] = max(likeness.get(other, 0.0), like)
    return likeness


def _fit(index: OrganisationIndex, entry: Entry, asked: Iterable[_Asked], likeness: Mapping[str, float]) -> float:
    """How well an organisation fits beyond the words it was found by: the rest of its name, and its number."""
    fit = 1 - _WHOLE_NAME + _WHOLE_NAME * _share_of_name(index, entry, likeness)
    for word in asked:
        if word.number and entry.own.isdisjoint(word.meant):
            fit *= _ANOTHER_NUMBER
    return fit


def _share_of_name(index: OrganisationIndex, entry: Entry, likeness: Mapping[str, float]) -> float:
    """How much of the best fitting name was asked for; the words for the place it is in count for little in it."""
    best = 0.0
    for name in entry.names:
        whole = asked_for = 0.0
        for word in name:
            weight = index.weights[word] * (_WORD_OF_PLACE if word in entry.places else 1.0)
            whole += weight
            asked_for += weight * likeness.get(word, 0.0)
        best = max(best, asked_for / whole)
    return best


# --- The index of this process ---

_lock = threading.Lock()
_built: tuple[Mapping[int, Organisation], OrganisationIndex] | None = None


def _current_index() -> OrganisationIndex:
    """The index of the organisations in the snapshot; the last one while another thread is building."""
    global _built
    organisations = reference.current().organisations
    built = _built
    if built is not None and built[0] is organisations:
        return built[1]
    if not _lock.acquire(blocking=built is None):
        assert built is not None
        return built[1]
    try:
        if _built is None or _built[0] is not organisations:
            _built = (organisations, OrganisationIndex(organisations.values()))
        return _built[1]
    finally:
        _lock.release()
