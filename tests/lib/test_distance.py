from math import acos, cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.lib.distance import Point, kilometres

PLACES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((51.13, 71.43), (43.24, 76.91), 971),  # Astana and Almaty
        ((0.0, 0.0), (0.0, 180.0), 20_015),  # half around the Earth
        ((0.0, 179.5), (0.0, -179.5), 111),  # across the line of dates
    ],
)
def test_known_ways_are_as_long_as_maps_say(one: Point, other: Point, expected: int) -> None:
    assert kilometres(one, other) == pytest.approx(expected, rel=0.005)


@given(PLACES, PLACES)
def test_it_agrees_with_the_angle_between_two_arrows_from_the_middle_of_the_earth(one: Point, other: Point) -> None:
    def arrow(place: Point) -> tuple[float, float, float]:
        north, east = map(radians, place)
        return cos(north) * cos(east), cos(north) * sin(east), sin(north)

    angle = acos(max(-1.0, min(1.0, sum(a * b for a, b in zip(arrow(one), arrow(other), strict=True)))))
    assert kilometres(one, other) == pytest.approx(6371 * angle, abs=0.5)


@given(PLACES, PLACES)
def test_there_is_as_far_as_back(one: Point, other: Point) -> None:
    assert kilometres(one, other) == pytest.approx(kilometres(other, one))
