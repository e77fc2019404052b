"""Where a chat stands between two turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A path by its name ("" is the menu), the step there, and what was gathered: anything that JSON can hold."""

    path: str = ""
    step: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


MENU = Place()


@dataclass(frozen=True, slots=True)
class State:
    """Where a chat stands, and the places of paths that were left half-way and are kept."""

    place: Place = MENU
    kept: Mapping[str, Place] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """What is kept in the database."""
        return {"place": asdict(self.place), "kept": {name: asdict(place) for name, place in self.kept.items()}}

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> State:
        """What `as_json` made, again."""
        return cls(Place(**said["place"]), {name: Place(**place) for name, place in said["kept"].items()})
