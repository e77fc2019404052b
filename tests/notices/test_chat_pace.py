"""Moments to speak in a chat: far enough from each other, and none lost with whoever is killed while waiting."""

from datetime import datetime, timedelta

import pytest

from qorgau.notices.chats import pace
from qorgau.notices.chats.models import ChatPace
from tests.factories import NOON

pytestmark = pytest.mark.django_db
CHAT, OTHER = 700_000_001, 700_000_002
SECOND = timedelta(seconds=1)
WITHIN = 20 * SECOND


@pytest.fixture(autouse=True)
def ten_a_second(settings: object) -> None:
    settings.TELEGRAM_PER_SECOND = 10  # type: ignore[attr-defined]


def seconds(chat: int = CHAT, at: datetime = NOON, saying: int | None = None) -> float:
    """How long after noon a message may leave."""
    return (pace.reserve(chat, at, within=WITHIN, saying=saying) - NOON).total_seconds()


def test_a_chat_hears_one_a_second_and_all_together_so_many() -> None:
    assert [seconds(), seconds(), seconds()] == [0, 1, 2]
    assert [seconds(OTHER), seconds(OTHER)] == pytest.approx([0.3, 1.3])


def test_the_second_of_a_chat_is_counted_from_when_all_the_others_let_it_speak() -> None:
    for chat in range(1, 9):
        seconds(chat)

    assert [seconds(OTHER), seconds(OTHER)] == pytest.approx([0.8, 1.8])


def test_whoever_is_tried_again_before_its_moment_has_that_moment_still() -> None:
    seconds(saying=1)

    assert [seconds(saying=2) for _killed in range(30)] == [1] * 30
    assert seconds(OTHER) == pytest.approx(0.2)
    assert seconds(saying=3) == 2


def test_whoever_is_tried_again_after_its_moment_may_have_been_heard_and_keeps_its_distance() -> None:
    seconds(saying=1)

    assert seconds(at=NOON + 0.3 * SECOND, saying=1) == 1


def test_a_moment_far_away_is_told_and_not_taken() -> None:
    pace.pause(CHAT, NOON + 60 * SECOND, NOON)

    assert [seconds(saying=1), seconds(saying=2)] == [60, 60]
    assert seconds(at=NOON + 60 * SECOND, saying=1) == 60
    assert not ChatPace.objects.filter(chat_id=0, free_at__gt=NOON + 61 * SECOND).exists()


def test_a_pause_takes_back_the_moment_that_was_taken() -> None:
    seconds(saying=1)
    seconds(saying=2)
    pace.pause(CHAT, NOON + 5 * SECOND, NOON)

    assert seconds(saying=2) == 5


def test_a_pause_for_all_takes_back_the_moments_of_all() -> None:
    seconds(saying=1)
    seconds(saying=2)
    for chat in (1, 2, 3):
        pace.pause(chat, NOON + 9 * SECOND, NOON)

    assert seconds(saying=2) >= 9
