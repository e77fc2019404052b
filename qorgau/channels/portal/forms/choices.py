"""What can be chosen from the directory: one list per language, kept ready until the directory or the day changes."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.lib.speech import current_language, name_in
from qorgau.rules.kinds import Kind

# Kazakh, Russian, English; a few versions may overlap while the directory is being edited.
_KEPT = 12


def _kept_ready(make: Callable[..., Any]) -> Callable[..., Any]:
    """Give the list of this language, this day and this version of the directory, making it once."""

    @lru_cache(maxsize=_KEPT)
    def of_version(language: str, day: date, stamp: UUID | None, *args: Any) -> Any:
        return make(language, day, *args)

    @wraps(make)
    def now(*args: Any) -> Any:
        return of_version(current_language(), timezone.localdate(), current().stamp, *args)

    return now


@_kept_ready
def regions(language: str, day: date) -> tuple[tuple[str, str], ...]:
    """KATO code and name of every region, in the order of the language's alphabet."""
    return tuple((region.kato, name_in(region, language)) for region in current().regions_in_order(language))


@_kept_ready
def region_codes(language: str, day: date) -> frozenset[str]:
    return frozenset(region.kato for region in current().regions_in_order(language))


@_kept_ready
def reasons(language: str, day: date, kinds: tuple[Kind, ...]) -> tuple[tuple[str, Any], ...]:
    """Topics of these kinds (and of no kind in particular), under the names of their groups."""
    groups = []
    for group, topics in current().topic_tree(day):
        fitting = tuple(
            (topic.code, name_in(topic, language))
            for topic in topics
            if (topic.appeal_kind or group.appeal_kind) in ("", *kinds)
        )
        if fitting:
            groups.append((name_in(group, language), fitting))
    return tuple(groups)


@_kept_ready
def reason_codes(language: str, day: date, kinds: tuple[Kind, ...]) -> frozenset[str]:
    return frozenset(code for _group, topics in reasons(kinds) for code, _name in topics)
