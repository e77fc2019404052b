"""What stands in the register and the directory before anything is measured: invented, and the same every time."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle
from random import Random

from django.utils import timezone

from qorgau.demo.sayings import SAYINGS
from qorgau.directory.models import Organisation, Region
from qorgau.directory.reference import current, refresh
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.submit import submit
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.ladder import Ownership

_BEGINNINGS = "Ақ Қара Сары Көк Жаңа Ұзын Үш Бес Тас Қызыл Алтын Күміс Ескі Ор Кең Бай Тоғыз Қос Жеті Мың"
_ENDINGS = "бұлақ тау су көл жар сай төбе ағаш дала арық құдық тоғай өзек жол қала ауыл бел шоқы кеме арал"
_HOUSES = "Шипа Дарумен Мейірім Сенім Үміт Ана Денсаулық Жүрек Нұр Береке Самал Айкүн Дәру Медикер Тұлпар"
_BRANCHES = "Мед Плюс Клиник Стом Диагностика Дент Эксперт Гем Орталық Кардио Вита Фарм Оптика Лор Нео"
_DISTRICTS = "Алмалы Сарыарқа Байқоңыр Есіл Әуезов Бостандық Түрксіб Медеу Абай Қаратау"


def organisations(number: int) -> None:
    """As many invented medical organisations over all regions, by the kinds of names that real ones have."""
    random = Random(1)
    regions = list(Region.objects.order_by("kato"))
    rows = [_organisation(serial, random, regions[serial % len(regions)]) for serial in range(number)]
    for row in rows:
        row.make_searchable()
    Organisation.objects.bulk_create(rows, batch_size=2000)
    refresh()


def _organisation(serial: int, random: Random, region: Region) -> Organisation:
    place = f"{random.choice(_BEGINNINGS.split())}{random.choice(_ENDINGS.split())}"
    house = f"{random.choice(_HOUSES.split())} {random.choice(_BRANCHES.split())} {place}"
    kk, ru, ownership = random.choice(
        [
            (f"№{serial % 60 + 1} қалалық емхана", f"Городская поликлиника №{serial % 60 + 1}", Ownership.STATE),
            (
                f"№{serial % 25 + 1} көпбейінді аурухана",
                f"Многопрофильная больница №{serial % 25 + 1}",
                Ownership.STATE,
            ),
            (f"{place} аудандық ауруханасы", f"{place} районная больница", Ownership.STATE),
            (f"{place} ауылының дәрігерлік амбулаториясы", f"Врачебная амбулатория села {place}", Ownership.STATE),
            (f"«{house}» ЖШС", f"ТОО «{house}»", Ownership.PRIVATE),
        ]
    )
    return Organisation(
        source_key=f"bench-{serial}",
        name_kk=kk,
        name_ru=ru,
        ownership=ownership.value,
        region=region,
        district=random.choice(_DISTRICTS.split()),
        valid_from=date(2020, 1, 1),
    )


def appeals(number: int) -> None:
    """As many appeals of the past months, filed through intake."""
    now = timezone.now()
    for serial, new in zip(range(number), new_appeals("before", seed=2), strict=False):
        submit(replace(new, received_at=now - timedelta(hours=serial % 2400)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a complaint comes from, and its reason."""

    kato: str
    organisation_id: int
    topic: str


def places() -> Iterator[Place]:
    """Organisations of the directory in an order that leads through all regions, with reasons for complaints."""
    reference = current()
    reasons = [saying.topic for saying in SAYINGS if saying.kind == Kind.COMPLAINT]
    for serial, organisation in enumerate(cycle(reference.organisations.values())):
        yield Place(reference.regions[organisation.region_id].kato, organisation.pk, reasons[serial % len(reasons)])


def new_appeals(source: str, *, seed: int) -> Iterator[NewAppeal]:
    """Appeals without end, each by another person, in three languages, about organisations of the directory."""
    random = Random(seed)
    for serial, place in enumerate(places()):
        saying = random.choice(SAYINGS)
        language = random.choice(["kk", "kk", "ru", "ru", "en"])
        yield NewAppeal(
            channel=Channel.PORTAL,
            kind=saying.kind,
            text=f"{saying.words(language)} ({serial})",
            delivery_key=f"bench-{source}-{seed}-{serial}",
            received_at=timezone.now(),
            language=language,
            applicant=Person(surname="Оспанов", given_name="Ержан", phone=f"+7701{random.randrange(10**7):07d}"),
            region=place.kato,
            organisation_id=place.organisation_id,
            topic=saying.topic,
        )
