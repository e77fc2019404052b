"""People who do not exist: names put together, numbers that belong to nobody."""

from random import Random

from qorgau.intake.new_appeal import Person
from qorgau.rules.identity import check_digit

_MEN = ["Ержан", "Нұрлан", "Дәурен", "Асқар", "Тимур", "Сергей", "Қайрат", "Олжас", "Виктор", "Мақсат"]
_WOMEN = ["Айгүл", "Гүлнәр", "Әсем", "Динара", "Сәуле", "Ольга", "Жанна", "Марина", "Ұлжан", "Қарлығаш"]
_SURNAMES = ["Серік", "Оспан", "Ахмет", "Жұмабай", "Қасым", "Әбдірахман", "Ибраим", "Сейіт", "Нұрғали", "Төлеген"]
_FATHERS = ["Болат", "Марат", "Серік", "Қанат", "Ерлан", "Талғат"]


def somebody(random: Random) -> Person:
    """A made-up person with some of the contacts people leave."""
    woman = random.random() < 0.6
    name = random.choice(_WOMEN if woman else _MEN)
    return Person(
        surname=random.choice(_SURNAMES) + ("ова" if woman else "ов"),
        given_name=name,
        patronymic=random.choice(_FATHERS) + ("қызы" if woman else "ұлы") if random.random() < 0.7 else "",
        iin=_iin(random, woman) if random.random() < 0.5 else "",
        phone=f"+7701{random.randrange(10_000_000):07d}" if random.random() < 0.85 else "",
        email=f"person{random.randrange(10_000)}@example.org" if random.random() < 0.35 else "",
    )


def _iin(random: Random, woman: bool) -> str:
    """A number with the right check digit and no person behind it: the serial starts with 9, which is not in use."""
    while True:
        first = (
            f"{random.randrange(50, 100)}{random.randrange(1, 13):02d}{random.randrange(1, 29):02d}"
            f"{4 if woman else 3}9{random.randrange(1000):03d}"
        )
        digit = check_digit(first)
        if digit is not None:
            return f"{first}{digit}"
