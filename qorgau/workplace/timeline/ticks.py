"""Steps of a checklist on the time line: many are ticked in a row, and they must not hide what else happened."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone


def ticks_together(told: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries, the latest first, with those as one in which one person ticked step after step on one day: when the
    last of them was, and the steps in the order in which they were ticked.
    """
    joined: list[dict[str, Any]] = []
    for entry in told:
        if joined and _belong_together(joined[-1], entry):
            later = joined[-1]
            joined[-1] = later | {"text": "\n".join(filter(None, (entry["text"], later["text"])))}
        else:
            joined.append(entry)
    return joined


def _belong_together(later: dict[str, Any], earlier: dict[str, Any]) -> bool:
    same_day = timezone.localdate(later["when"]) == timezone.localdate(earlier["when"])
    return later["is_tick"] and earlier["is_tick"] and later["by"] == earlier["by"] and same_day
