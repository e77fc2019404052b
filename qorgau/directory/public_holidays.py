"""Public holidays of Kazakhstan as published, with names in three languages.

The days come from the package `holidays` (pinned), which also knows the days off moved by decree up to 2025. It has
Kazakh and English names; the Russian ones are ours (DOMAIN §9). What the package does not know yet (a decree of this
month, a moved Құрбан айт) administrators add as `HolidayOverride` rows.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

import holidays

FIRST_YEAR, LAST_YEAR = 2015, 2035

Names = Mapping[str, str]

_RUSSIAN = {
    "Жаңа жыл": "Новый год",
    "Православиелік Рождество": "Православное Рождество",
    "Халықаралық әйелдер күні": "Международный женский день",
    "Наурыз мейрамы": "Наурыз мейрамы",
    "Қазақстан халқының бірлігі мерекесі": "Праздник единства народа Казахстана",
    "Отан Қорғаушы күні": "День защитника Отечества",
    "Жеңіс күні": "День Победы",
    "Астана күні": "День столицы",
    "Қазақстан Республикасының Конституциясы күні": "День Конституции Республики Казахстан",
    "Республика күні": "День Республики",
    "Қазақстан Республикасы күні": "День Республики Казахстан",
    "Қазақстан Республикасының Тұңғыш Президенті күні": "День Первого Президента Республики Казахстан",
    "Тәуелсіздік күні": "День Независимости",
    "Құрбан айт": "Курбан-айт",
}
_OBSERVED = re.compile(r"^(?P<name>.+) \(қайта белгіленген демалыс\)$")
_SUBSTITUTED = re.compile(r"^Демалыс күні \((?P<day>[\d.]+) бастап ауыстырылды\)$")
_AMERICAN_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


@cache
def published_days_off() -> Mapping[date, Names]:
    """Days off of the years 2015 to 2035 and their names, those moved from a weekend and by decree included."""
    kazakh, english = _package("kk"), _package("en_US")
    return MappingProxyType(
        {day: {"kk": _kazakh(name), "ru": _russian(name), "en": _english(english[day])} for day, name in kazakh.items()}
    )


@cache
def published_working_days() -> frozenset[date]:
    """Days of a weekend that a decree made working in exchange for another day off."""
    return frozenset(day for day in _package("kk").weekend_workdays if FIRST_YEAR <= day.year <= LAST_YEAR)


@cache
def _package(language: str) -> holidays.HolidayBase:
    return holidays.country_holidays(
        "KZ", years=range(FIRST_YEAR, LAST_YEAR + 1), language=language, islamic_show_estimated=False
    )


def _kazakh(name: str) -> str:
    """The package writes «… бастап ауыстырылды» ("moved beginning from"); a day off moves from one day."""
    if moved := _SUBSTITUTED.match(name):
        return f"Демалыс күні ({moved['day']} күнінен ауыстырылған)"
    return name.replace("(қайта белгіленген демалыс)", "(ауыстырылған демалыс күні)")


def _russian(kazakh: str) -> str:
    if moved := _SUBSTITUTED.match(kazakh):
        return f"Выходной день (перенесён с {moved['day']})"
    if observed := _OBSERVED.match(kazakh):
        return f"{_russian(observed['name'])} (перенесённый выходной)"
    return "; ".join(_RUSSIAN[name] for name in kazakh.split("; "))


def _english(name: str) -> str:
    """The package writes dates the American way."""
    return _AMERICAN_DATE.sub(r"\2.\1.\3", name)
