"""Things that hold for a while."""

import pytest

from qorgau.lib import for_a_while
from qorgau.lib.for_a_while import TrueForAWhile


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(for_a_while, "time", clock)
    return clock


def test_it_holds_until_its_time_is_over(clock: Clock) -> None:
    kept = TrueForAWhile(seconds=10, at_most=3)
    kept.add("many")
    clock.now = 109.9
    assert "many" in kept
    assert "few" not in kept
    clock.now = 110
    assert "many" not in kept


def test_said_again_it_holds_anew(clock: Clock) -> None:
    kept = TrueForAWhile(seconds=10, at_most=3)
    kept.add("many")
    clock.now = 109
    kept.add("many")
    clock.now = 115
    assert "many" in kept


def test_what_was_said_longest_ago_makes_room(clock: Clock) -> None:
    kept = TrueForAWhile(seconds=10, at_most=2)
    for what in ("first", "second", "first", "third"):
        kept.add(what)
    assert [what in kept for what in ("first", "second", "third")] == [True, False, True]
