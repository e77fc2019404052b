from datetime import UTC, date, datetime

import pytest

from qorgau.lib.speech import say_date, say_moment


@pytest.mark.parametrize(
    ("language", "words"),
    [("ru", "21 марта 2026 года"), ("kk", "2026 ж. 21 наурыз"), ("en", "March 21, 2026")],
)
def test_a_day_is_said_as_letters_of_an_office_write_it(language: str, words: str) -> None:
    assert say_date(date(2026, 3, 21), language).replace("\u202f", " ").replace("\xa0", " ") == words


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_sentence_that_ends_with_a_day_ends_with_one_full_stop(language: str) -> None:
    assert not say_date(date(2026, 3, 21), language).endswith(".")


def test_a_moment_is_a_day_and_a_time_of_the_installation() -> None:
    moment = datetime(2026, 3, 21, 20, 5, tzinfo=UTC)
    assert say_moment(moment, "ru").replace("\u202f", " ").replace("\xa0", " ") == "22 марта 2026 года, 01:05"
