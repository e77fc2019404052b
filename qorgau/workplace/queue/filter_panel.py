"""The panel of filters above the queue, kept by what it shows: people come back to the same few views all day."""

from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from markupsafe import Markup

from qorgau.directory.reference import current
from qorgau.lib.pages import piece
from qorgau.lib.speech import current_language
from qorgau.workplace.queue.choices import choices
from qorgau.workplace.queue.filters import Filters

KEPT = 300
"""So many panels of some fifteen kilobytes are kept by a process."""


def filter_panel(filters: Filters, people: Mapping[int, str], *, on: int, works: bool) -> Markup:
    """The panel with these filters chosen, ``on`` of them; ``people`` are those whose work can be asked for."""
    return _made(filters, tuple(people.items()), on, works, current_language(), current().stamp)


@lru_cache(maxsize=KEPT)
def _made(
    filters: Filters, people: tuple[tuple[int, str], ...], on: int, works: bool, language: str, directory: UUID | None
) -> Markup:
    reference = current()
    return piece(
        "workplace/queue/filters.html",
        filters=filters,
        choices=choices(filters, reference, dict(people)),
        on=on,
        works=works,
        has_checklists=bool(reference.checklists),
    )
