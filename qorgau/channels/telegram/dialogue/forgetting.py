"""Forgetting what was gathered at a place once its time is over: at the next turn of the chat, or by the clock.

The chat stays where it stands, so that whoever comes back is answered there; what they had said is gone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from qorgau.channels.telegram.dialogue.path import Path
from qorgau.channels.telegram.dialogue.state import Place, State


def remembered(state: State, paths: Sequence[Path], at: datetime) -> State:
    """The state without what may no longer be kept."""

    def so_far(place: Place) -> Place:
        until = _until(place, paths)
        return replace(place, facts={}) if until is not None and until <= at else place

    return State(so_far(state.place), {name: so_far(place) for name, place in state.kept.items()})


def forgets_at(state: State, paths: Sequence[Path]) -> datetime | None:
    """When something of it has to be forgotten; None for never."""
    return min(_moments(state, paths), default=None)


def _moments(state: State, paths: Sequence[Path]) -> Iterator[datetime]:
    for place in (state.place, *state.kept.values()):
        if (until := _until(place, paths)) is not None:
            yield until


def _until(place: Place, paths: Sequence[Path]) -> datetime | None:
    path = next((path for path in paths if path.name == place.path), None)
    return path.lasts_until(place) if path and path.lasts_until else None
