from datetime import date

import pytest

from qorgau.lib.typed_dates import read_date


@pytest.mark.parametrize(
    "typed",
    [
        "12.03.2026",
        "12/3/2026",
        "12-03-26",
        "12 03 2026",
        "2026-03-12",
        "2026.3.12",
        "12032026",
        "12.03.2026 ж.",
        "12.03.2026 года",
        "12 наурыз 2026",
        "2026 жылғы 12 наурыз",
        "12 марта 2026 г.",
        "12 March 2026",
        "  12.03.2026 ",
    ],
)
def test_a_day_is_understood_however_it_is_written(typed):
    assert read_date(typed) == date(2026, 3, 12)


@pytest.mark.parametrize(
    ("typed", "month"),
    [("5 қаңтар 2026", 1), ("5 кантар 2026", 1), ("5 қазан 2026", 10), ("5 қараша 2026", 11), ("5 маусым 2026", 6)],
)
def test_kazakh_months_are_told_apart_also_without_kazakh_letters(typed, month):
    assert read_date(typed) == date(2026, month, 5)


@pytest.mark.parametrize(
    "typed",
    ["", "вчера", "31.02.2026", "45.13.2026", "12.03", "12.03.2026-15.03.2026", "март", "2026", "кеше кешке", "1" * 60],
)
def test_what_is_no_day_is_not_guessed(typed):
    assert read_date(typed) is None
