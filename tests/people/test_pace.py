"""Many questions are slowed down, a little more each time, and nobody is shut out."""

from datetime import datetime, timedelta

import pytest

from qorgau.people.models import Pace
from qorgau.people.pace import Measure, forget_old, wait_until
from tests.factories import NOON

pytestmark = pytest.mark.django_db


def measure(an_hour: int = 3, *, of: str = "10.0.0.7", longest: int = 60) -> Measure:
    return Measure(("look-up", "network", of), an_hour, timedelta(seconds=longest))


def seconds(at: datetime, *measures: Measure) -> float:
    """How long to wait at a moment."""
    until = wait_until(measures, at)
    return (until - at).total_seconds() if until else 0


def test_so_many_in_an_hour_go_through_at_once() -> None:
    assert [seconds(NOON, measure()) for _ in range(3)] == [0, 0, 0]
    assert seconds(NOON, measure()) == 5


def test_the_pause_doubles_with_each_question_too_many_up_to_the_longest() -> None:
    at, pauses = NOON, []
    for _ in range(3):
        seconds(at, measure())
    for _ in range(6):
        pauses.append(seconds(at, measure()))
        at += timedelta(seconds=pauses[-1])
        assert seconds(at, measure()) == 0
    assert pauses == [5, 10, 20, 40, 60, 60]


def test_asking_again_too_early_makes_nothing_worse() -> None:
    for _ in range(3):
        seconds(NOON, measure())
    for early in range(5):
        assert seconds(NOON + timedelta(seconds=early), measure()) == 5 - early
    assert seconds(NOON + timedelta(seconds=5), measure()) == 0


def test_what_was_asked_is_forgotten_evenly_over_the_hour() -> None:
    for _ in range(3):
        seconds(NOON, measure())
    later = NOON + timedelta(minutes=20, seconds=1)

    assert seconds(later, measure()) == 0
    assert seconds(later, measure()) == 5


def test_each_is_counted_apart_and_the_strictest_decides() -> None:
    for _ in range(3):
        seconds(NOON, measure())

    assert seconds(NOON, measure(of="10.0.0.8")) == 0
    assert seconds(NOON, measure(of="10.0.0.9"), measure()) == 5
    # Nobody was let through, so the other one was not counted.
    assert [seconds(NOON, measure(of="10.0.0.9")) for _ in range(3)] == [0, 0, 0]


def test_nought_is_no_limit() -> None:
    assert {seconds(NOON, measure(0)) for _ in range(50)} == {0}
    assert Pace.objects.count() == 0


def test_who_asked_cannot_be_read_from_the_table_and_old_counts_go() -> None:
    seconds(NOON, measure())

    assert b"10.0.0.7" not in bytes(Pace.objects.get().key)
    assert forget_old(NOON + timedelta(minutes=19)) == 0
    assert forget_old(NOON + timedelta(minutes=21)) == 1
