"""A day as people write it."""

import re
from datetime import date

_NUMBERS = re.compile(r"\d+")
_YEAR_FIRST = re.compile(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4}|\d{2})\D{0,10}")
# The beginnings of the names of months in the three languages, without letters that differ by habit of typing.
_MONTHS = {
    1: ("қаң", "каң", "кан", "янв", "jan"),
    2: ("ақп", "акп", "фев", "feb"),
    3: ("нау", "мар", "mar"),
    4: ("сәу", "сау", "апр", "apr"),
    5: ("мам", "май", "мая", "may"),
    6: ("мау", "июн", "jun"),
    7: ("шіл", "шил", "июл", "jul"),
    8: ("там", "авг", "aug"),
    9: ("қыр", "кыр", "сен", "sep"),
    10: ("қаз", "каз", "окт", "oct"),
    11: ("қар", "кар", "ноя", "nov"),
    12: ("жел", "дек", "dec"),
}
_WORDS = re.compile(r"[^\W\d_]+")


def read_date(text: str) -> date | None:
    """The day that was meant, or None: 12.03.2026, 12/3/26, 2026-03-12, 12 наурыз 2026, 12 марта 2026 г., 12032026.

    The day stands before the month, as people write here. Years of two digits are of this century.
    """
    text = text.strip().lower()
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(text):
        return _day(_year(found[3]), int(found[2]), int(found[1]))
    if len(text) == 8 and text.isascii() and text.isdigit():
        return _day(int(text[4:]), int(text[2:4]), int(text[:2]))
    return _with_month_in_words(text)


def _with_month_in_words(text: str) -> date | None:
    numbers = _NUMBERS.findall(text)
    month = _month(text)
    if month is None or len(numbers) != 2:
        return None
    day, year = sorted(numbers, key=len) if len(numbers[0]) != len(numbers[1]) else numbers
    return _day(_year(year), month, int(day))


def _month(text: str) -> int | None:
    for word in _WORDS.findall(text):
        for month, beginnings in _MONTHS.items():
            if word.startswith(beginnings):
                return month
    return None


def _year(text: str) -> int:
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
