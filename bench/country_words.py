"""What people of the bench write and are called: invented, from enough words that search has something to tell apart."""

from collections.abc import Iterator
from random import Random

from qorgau.demo.sayings import SAYINGS
from qorgau.register.words import lexemes

_ROOTS = "Ахмет Болат Серік Мұрат Ержан Нұрлан Қайрат Дәулет Сәкен Айдар Марат Асқар Тимур Руслан Олжас Бауыржан Ермек Талғат Жанат Самат Ілияс Оразбай Сейіт Төлеген Жүніс Қасым Сұлтан Әбдір Байтас Кенже"
_STARTS = "Ал Бек Нұр Жан Тас Қара Ақ Дос Ер Құл Сар Бай Ай Мол Ту"
_RUSSIAN = "Иванов Петров Ким Соколов Цой Мельник Тен Орлов Шевчук Вебер Пак Громов Лисин Ковальчук Морозов"
_GIVEN = "Айгүл Ержан Гүлнар Дәурен Мадина Асхат Жанар Нұргүл Тимур Сәуле Ольга Андрей Елена Марат Динара Алия Руслан Светлана Ботагөз Әсем"
_PATRONYMICS = "Серікқызы Маратұлы Болатқызы Ерланұлы Петровна Сергеевич Қайратқызы Нұрланұлы"
_STREETS = "Абай Сейфуллин Достық Жібек Жолы Республика Манас Гагарин Ломоносов Бөгенбай Қабанбай Тәуелсіздік Сарыарқа Кенесары Иманов Желтоқсан"
_THINGS_RU = "флюорография кардиограмма прививка рецепт направление консультация перевязка физиотерапия госпитализация анализы томография маммография колоноскопия протез коляска слуховой аппарат дневной стационар реабилитация скорая роддом скрининг инсулин гемодиализ химиотерапия стоматолог окулист невролог травматолог"
_THINGS_KK = "флюорография кардиограмма екпе рецепт жолдама кеңес таңу физиотерапия жатқызу талдау томография маммография колоноскопия протез арба есту аппараты күндізгі стационар оңалту жедел жәрдем перзентхана скрининг инсулин гемодиализ химиотерапия стоматолог окулист невролог травматолог"
_THINGS_EN = "fluorography cardiogram vaccination prescription referral consultation dressing physiotherapy admission tests tomography mammography colonoscopy prosthesis wheelchair hearing aid day hospital rehabilitation ambulance maternity screening insulin dialysis chemotherapy dentist oculist neurologist traumatologist"

Row = tuple[object, ...]


def names(number: int) -> Iterator[Row]:
    """(serial, surname, given name, patronymic, lexemes)."""
    random = Random(3)
    for serial in range(number):
        surname, given, patronymic = (
            _surname(random),
            random.choice(_GIVEN.split()),
            random.choice(_PATRONYMICS.split()),
        )
        yield serial, surname, given, patronymic, lexemes((), (surname, given, patronymic))


def phrases() -> Iterator[Row]:
    """(serial within language, language, text, lexemes): what the matter is."""
    for language in ("kk", "ru", "en"):
        for serial, saying in enumerate(SAYINGS):
            text = saying.words(language)
            yield serial, language, text, lexemes((text,))


def details(number: int) -> Iterator[Row]:
    """(serial within language, language, text, lexemes): rooms, doctors, streets, days; hardly two the same."""
    random = Random(4)
    for serial in range(number):
        room, house, day = random.randrange(1, 600), random.randrange(1, 200), random.randrange(1, 29)
        street, doctor = random.choice(_STREETS.split()), _surname(random)
        ru = (
            f"Кабинет {room}, врач {doctor}, улица {street}, {house}. {day} числа нужна была {_one(_THINGS_RU, random)}, "
            f"а предложили {_one(_THINGS_RU, random)}. Прошу разобраться и сообщить решение."
        )
        kk = (
            f"{room}-кабинет, дәрігер {doctor}, {street} көшесі, {house}. {day} күні {_one(_THINGS_KK, random)} керек еді, "
            f"бірақ {_one(_THINGS_KK, random)} ұсынды. Тексеріп, шешімін хабарлауыңызды сұраймын."
        )
        en = (
            f"Room {room}, doctor {doctor}, {street} street {house}. On the {day}th I needed "
            f"{_one(_THINGS_EN, random)} and was offered {_one(_THINGS_EN, random)}. Please look into it and let me know."
        )
        for language, text in (("ru", ru), ("kk", kk), ("en", en)):
            yield serial, language, text, lexemes((text,))


def _surname(random: Random) -> str:
    if random.random() < 0.25:
        return random.choice(_RUSSIAN.split())
    root = random.choice(_ROOTS.split())
    if random.random() < 0.6:
        root = random.choice(_STARTS.split()) + root.lower()
    return root + random.choice(["ов", "ова", "ев", "ева", "бек", "ұлы"])


def _one(words: str, random: Random) -> str:
    return random.choice(words.split())
