"""How far apart two places on the map are."""

from math import asin, cos, radians, sin, sqrt
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
"""Latitude and longitude in degrees."""

_RADIUS = 6371.0
"""Of the Earth, in kilometres, as of a ball: half a percent off at most."""


def kilometres(one: Point, other: Point) -> float:
    """The shortest way over the ground (haversine)."""
    (north, east), (other_north, other_east) = (tuple(map(radians, place)) for place in (one, other))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return 2 * _RADIUS * asin(min(1.0, sqrt(half)))
