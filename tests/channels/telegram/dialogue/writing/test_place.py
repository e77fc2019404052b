"""Somebody sends a place instead of naming the region."""

import pytest

from qorgau.channels.telegram.models import Dialogue
from qorgau.directory import reference
from qorgau.directory.models import Region
from qorgau.lib.sealed import unseal
from tests.channels.telegram.dialogue.every_language import Said, phone, words  # noqa: F401 - one per language
from tests.channels.telegram.dialogue.writing.words import Words
from tests.channels.telegram.phone import Phone
from tests.factories import World

NEAR: Said = {
    "kk": "Осы жерге ең жақын өңірлер. Қайсысы?",
    "ru": "Вот ближайшие к этому месту регионы. Какой из них?",
    "en": "These regions are the nearest to this place. Which one is it?",
}
NEAREST = {
    "kk": ["Астана қаласы", "Алматы қаласы"],
    "ru": ["город Астана", "город Алматы"],
    "en": ["Astana city", "Almaty city"],
}
OTHER: Said = {"kk": "Басқа өңір", "ru": "Другой регион", "en": "Another region"}
ALL: Said = {
    "kk": "Өңірді таңдаңыз, атауын жазыңыз немесе қай жерде екенін жіберіңіз: қыстырғыш, содан кейін «Геопозиция».",
    "ru": "Выберите регион, напишите его название или отправьте место: скрепка, затем «Геопозиция».",
    "en": "Choose the region, write its name, or send your place: the paper clip, then “Location”.",
}
REGION: Said = {"kk": "Өңір: Астана қаласы", "ru": "Регион: город Астана", "en": "Region: Astana city"}
BETWEEN_THEM = {"latitude": 47.4907, "longitude": 73.4181}


@pytest.fixture(autouse=True)
def where_the_regions_are(world: World) -> None:
    for region, latitude, longitude in ((world.astana, 51.13, 71.43), (world.almaty, 43.24, 76.91)):
        Region.objects.filter(pk=region.pk).update(latitude=latitude, longitude=longitude)
    reference.refresh()


def test_a_place_offers_the_nearest_regions_and_is_not_kept(
    phone: Phone,  # noqa: F811
    words: Words,  # noqa: F811
) -> None:
    code = words.code
    assert ALL[code] in phone.writes("/appeal").presses(words.complain).text

    assert NEAR[code] in phone.sends(location=BETWEEN_THEM).text
    assert phone.buttons[:4] == [*NEAREST[code], OTHER[code], words.skip]
    kept = unseal(bytes(Dialogue.objects.get().state))
    assert "47.49" not in kept and "73.41" not in kept

    assert ALL[code] in phone.presses(OTHER[code]).text
    phone.sends(location=BETWEEN_THEM).presses(words.astana).presses(words.skip).presses(words.skip)
    phone.writes("Дәрігер қабылдамады.").presses(words.go_on).presses(words.me).presses(words.skip)
    assert REGION[code] in phone.presses(words.nameless).presses(words.skip).text
