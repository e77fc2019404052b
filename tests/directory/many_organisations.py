"""A made-up directory of ten thousand organisations, as the real one might look: state and private, kk and ru."""

import csv
import random
from datetime import date
from types import MappingProxyType

from qorgau.directory.calendars import Calendars
from qorgau.directory.loading import DATA
from qorgau.directory.models import Organisation, Region
from qorgau.directory.snapshot import Reference

_DISTRICTS = [
    ("Абай", "Абайский"), ("Ақсу", "Аксуский"), ("Алакөл", "Алакольский"), ("Аққайың", "Аккайынский"),
    ("Атбасар", "Атбасарский"), ("Байзақ", "Байзакский"), ("Бейнеу", "Бейнеуский"), ("Бескарағай", "Бескарагайский"),
    ("Бөрлі", "Бурлинский"), ("Ерейментау", "Ерейментауский"), ("Жаңаарқа", "Жанааркинский"), ("Жуалы", "Жуалынский"),
    ("Зайсан", "Зайсанский"), ("Зеренді", "Зерендинский"), ("Иргиз", "Иргизский"), ("Қапшағай", "Капчагайский"),
    ("Қазалы", "Казалинский"), ("Қаратал", "Каратальский"), ("Қордай", "Кордайский"), ("Көкпекті", "Кокпектинский"),
    ("Махамбет", "Махамбетский"), ("Меркі", "Меркенский"), ("Мойынқұм", "Мойынкумский"), ("Мұғалжар", "Мугалжарский"),
    ("Нұра", "Нуринский"), ("Ойыл", "Уилский"), ("Панфилов", "Панфиловский"), ("Сайрам", "Сайрамский"),
    ("Сарқан", "Сарканский"), ("Талас", "Таласский"), ("Темір", "Темирский"), ("Төлеби", "Толебийский"),
    ("Ұзынкөл", "Узункольский"), ("Үржар", "Урджарский"), ("Целиноград", "Целиноградский"), ("Шалқар", "Шалкарский"),
    ("Шет", "Шетский"), ("Шиелі", "Шиелийский"), ("Шу", "Шуский"), ("Ырғыз", "Ыргызский"),
]  # fmt: skip
_FIRST = ["Авиценна", "Ару", "Асыл", "Достар", "Дару", "Евразия", "Жүрек", "Инвиво", "Керуен", "Мейірім", "Нұр",
          "Олимп", "Өмір", "Сана", "Сункар", "Тұмар", "Шипа", "Шапағат", "Эмирмед", "Интертич", "Медикер", "Сезім",
          "Балдәурен", "Болашақ", "Гиппократ"]  # fmt: skip
_SECOND = ["Мед", "Плюс", "Life", "Clinic", "Сервис", "Центр", "Health", "Дент", "Астана", "Vita"]
_VILLAGES = ["Ақжар", "Ақтоғай", "Аманкелді", "Бірлік", "Достық", "Еңбек", "Жаңажол", "Жамбыл", "Қарабұлақ",
             "Көктөбе", "Қызыләскер", "Мәдениет", "Новокузнецкое", "Сарыарқа", "Тасөткел", "Теректі",
             "Ынтымақ", "Шұбар"]  # fmt: skip


def many_organisations(count: int = 10_000) -> Reference:
    """A snapshot of so many organisations that never were in a database."""
    regions = dict(enumerate(_regions(), start=1))
    chance = random.Random(2026)
    organisations: dict[int, Organisation] = {}
    for number in range(1, count + 1):
        region = regions[(number - 1) % len(regions) + 1]
        organisations[number] = _organisation(number, (number - 1) // len(regions), region, chance)
    return Reference(
        stamp=None,
        organisations_stamp=None,
        regions=MappingProxyType(regions),
        organisations=MappingProxyType(organisations),
        desks=MappingProxyType({}),
        topics=MappingProxyType({}),
        templates=MappingProxyType({}),
        policies=(),
        calendars=Calendars([], []),
    )


def _regions() -> list[Region]:
    with (DATA / "regions.csv").open(encoding="utf-8", newline="") as file:
        lines = [{**line, "aliases": line["aliases"].split("|")} for line in csv.DictReader(file)]
    return [Region(pk=place, **line) for place, line in enumerate(lines, start=1)]


def _organisation(number: int, turn: int, region: Region, chance: random.Random) -> Organisation:
    """The turn-th organisation of a region: first those every region has, then private clinics and villages."""
    kazakh, russian, ownership = _names(turn, region, chance)
    return Organisation(
        pk=number,
        source_key=f"made-up:{number}",
        name_kk=kazakh,
        name_ru=russian,
        ownership=ownership,
        region=region,
        valid_to=date(2020, 1, 1) if turn == 499 else None,
    )


def _names(turn: int, region: Region, chance: random.Random) -> tuple[str, str, str]:
    of = region.name_ru.replace("город ", "").replace(" область", "")
    if turn < 40:
        n = turn + 1
        return (
            f"{region.name_kk} ДСБ «№{n} қалалық емхана» ШЖҚ МКК",
            f"ГКП на ПХВ «Городская поликлиника №{n}» УЗ ({of})",
            "state",
        )
    if turn < 55:
        n = turn - 39
        return f"№{n} қалалық балалар емханасы", f"ГКП на ПХВ «Городская детская поликлиника №{n}»", "state"
    if turn < 70:
        n = turn - 54
        return f"№{n} көпбейінді қалалық аурухана", f"ГКП «Многопрофильная городская больница №{n}» на ПХВ", "state"
    if turn < 110:
        kazakh, russian = _DISTRICTS[turn - 70]
        genitive = russian.removesuffix("ий") + "ого"
        return (
            f"{kazakh} ауданының орталық аудандық ауруханасы",
            f"КГП на ПХВ «Центральная районная больница {genitive} района»",
            "state",
        )
    if turn < 300:
        name = f"{chance.choice(_FIRST) if turn % 2 else _invented(chance)} {chance.choice(_SECOND)}"
        return f"«{name}» ЖШС", f"ТОО «{name}»" if turn % 3 else f"ТОО «Медицинский центр {name} {turn}»", "private"
    village = chance.choice(_VILLAGES)
    kazakh, russian = chance.choice(_DISTRICTS)
    return (
        f"{village} ауылдық дәрігерлік амбулаториясы, {kazakh} ауданы",
        f"Врачебная амбулатория села {village}, {russian} район",
        "state",
    )


def _invented(chance: random.Random) -> str:
    syllables = ("ал", "бек", "дан", "ер", "жан", "кас", "лум", "мар", "нор", "ор", "пай", "рах", "сул", "тим", "уль")
    return "".join(chance.choice(syllables) for _ in range(chance.randint(2, 4))).capitalize()
