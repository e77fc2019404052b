"""The calendars of Kazakhstan the tests count by (DOMAIN §4.6), written down by hand for a five-day week."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from qorgau.rules.working_days import Calendar

ALMATY = ZoneInfo("Asia/Almaty")


def name(kk, ru, en):
    return {"kk": kk, "ru": ru, "en": en}


NEW_YEAR = name("Жаңа жыл", "Новый год", "New Year")
CHRISTMAS = name("Рождество", "Православное Рождество", "Orthodox Christmas")
WOMEN = name("Халықаралық әйелдер күні", "Международный женский день", "International Women's Day")
NAURYZ = name("Наурыз мейрамы", "Наурыз мейрамы", "Nauryz")
UNITY = name("Қазақстан халқының бірлігі мерекесі", "Праздник единства народа Казахстана", "Unity Day")
DEFENDERS = name("Отан қорғаушы күні", "День защитника Отечества", "Defender of the Fatherland Day")
VICTORY = name("Жеңіс күні", "День Победы", "Victory Day")
QURBAN_AIT = name("Құрбан айт", "Курбан-айт", "Qurban Ait")
CAPITAL = name("Астана күні", "День столицы", "Capital Day")
CONSTITUTION = name("Конституция күні", "День Конституции", "Constitution Day")
REPUBLIC = name("Республика күні", "День Республики", "Republic Day")
INDEPENDENCE = name("Тәуелсіздік күні", "День Независимости", "Independence Day")


def days(year, months):
    """``{3: {9: WOMEN}}`` of 2026 as a mapping from dates."""
    return {date(year, month, day): what for month, row in months.items() for day, what in row.items()}


DAYS_OFF_2025 = days(
    2025,
    {
        1: {1: NEW_YEAR, 2: NEW_YEAR, 3: NEW_YEAR, 7: CHRISTMAS},
        3: {10: WOMEN, 21: NAURYZ, 24: NAURYZ, 25: NAURYZ},
        5: {1: UNITY, 7: DEFENDERS, 9: VICTORY},
        6: {6: QURBAN_AIT},
        7: {7: CAPITAL},
        9: {1: CONSTITUTION},
        10: {27: REPUBLIC},
        12: {16: INDEPENDENCE},
    },
)
DAYS_OFF_2026 = days(
    2026,
    {
        1: {1: NEW_YEAR, 2: NEW_YEAR, 7: CHRISTMAS},
        3: {9: WOMEN, 23: NAURYZ, 24: NAURYZ, 25: NAURYZ},
        5: {1: UNITY, 7: DEFENDERS, 11: VICTORY, 27: QURBAN_AIT},
        7: {6: CAPITAL},
        10: {26: REPUBLIC},
        12: {16: INDEPENDENCE},
    },
)
WORKING_SUNDAY = date(2025, 1, 5)  # given for Friday 3 January 2025

KAZAKHSTAN = Calendar(
    days_off={**DAYS_OFF_2025, **DAYS_OFF_2026},
    working=frozenset({WORKING_SUNDAY}),
    opens=time(9, 0),
    closes=time(18, 30),
    zone=ALMATY,
)


def at(year, month, day, hour=10, minute=0):
    """A moment on the clocks of Almaty."""
    return datetime(year, month, day, hour, minute, tzinfo=ALMATY)
