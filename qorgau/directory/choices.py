"""What can be chosen from the directory: one list per language, kept ready until the directory or the day changes."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache, wraps
from typing import Any
from uuid import UUID

from django.utils import timezone

from qorgau.directory.models import Topic
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
    """Topics of these kinds, and of no kind in particular, under the names of their groups; first those of no group."""
    tree = current().topic_tree(day)
    groups = {group.pk for group, _topics in tree}
    alone = [topic for topic in current().topics.values() if topic.parent_id is None and topic.pk not in groups]
    ungrouped = _fitting([topic for topic in alone if topic.holds_on(day)], kinds, language)
    grouped = ((name_in(group, language), _fitting(topics, kinds, language)) for group, topics in tree)
    return (*ungrouped, *((name, topics) for name, topics in grouped if topics))


def _fitting(topics: list[Topic], kinds: tuple[Kind, ...], language: str) -> tuple[tuple[str, str], ...]:
    return tuple((topic.code, name_in(topic, language)) for topic in topics if topic.appeal_kind in ("", *kinds))


@_kept_ready
def reason_codes(language: str, day: date, kinds: tuple[Kind, ...]) -> frozenset[str]:
    return frozenset(
        code
        for value, label in reasons(kinds)
        for code in ([value] if isinstance(label, str) else (topic for topic, _name in label))
    )


@_kept_ready
def attachment_reasons(language: str, day: date) -> tuple[tuple[str, str], ...]:
    """Code and name of every reason for attachment, in their places."""
    return tuple((reason.code, name_in(reason, language)) for reason in current().reasons_for_attachment(day))


@_kept_ready
def categories(language: str, day: date) -> tuple[tuple[str, str], ...]:
    """Code of every category for which the state pays, and its name as in a list, in the order of the codes."""
    rows = sorted(current().insurance_categories.values(), key=lambda row: row.code)
    names = ((row.code, name_in(row, language)) for row in rows if row.holds_on(day))
    return tuple((code, name[:1].upper() + name[1:]) for code, name in names)


@_kept_ready
def category_codes(language: str, day: date) -> frozenset[str]:
    return frozenset(code for code, _name in categories())
