import pytest

from qorgau.directory.organisation_words import other_keyboard, words_of


@pytest.mark.parametrize(
    "text",
    [
        "городская поликлиника 4", "4-я городская поликлиника", "ГП 4", "гп№4", "ГП-4", "Городская поликлиника № 04",
        "№4 қалалық емхана", "4-ші қалалық емхана", "калалык емхана 4", "City polyclinic No 4",
        "четвертая городская поликлиника", "төртінші қалалық емханасы", "горполиклиника 4",
        "ГКП на ПХВ «Городская поликлиника №4» УЗ акимата города",
        "ДСБ «№4 қалалық емхана» ШЖҚ МКК",
    ],
)  # fmt: skip
def test_one_polyclinic_is_one_however_it_is_written(text: str) -> None:
    assert sorted(words_of(text)) == ["4", "городск", "поликлиник"]


@pytest.mark.parametrize(
    ("kazakh", "russian"),
    [
        ("орталық аудандық аурухана", "центральная районная больница"),
        ("облыстық балалар ауруханасы", "областная детская больница"),
        ("көпбейінді қалалық аурухана", "многопрофильная городская больница"),
        ("медициналық орталығы", "медицинский центр"),
        ("перзентхана", "роддом"),
        ("жедел жәрдем станциясы", "станция скорой помощи"),
        ("тері-венерологиялық диспансер", "кожно-венерологический диспансер"),
        ("ауылдық дәрігерлік амбулаториясы", "сельская врачебная амбулатория"),
        ("Қарағанды облысының денсаулық сақтау басқармасы", "Караганды"),
    ],
)
def test_kazakh_and_russian_names_meet(kazakh: str, russian: str) -> None:
    assert sorted(words_of(kazakh)) == sorted(words_of(russian))


def test_short_words_do_not_swallow_names_that_begin_with_them() -> None:
    assert words_of("Көзыбаев Анар Канат") == ["козыба", "анар", "канат"]


def test_cases_of_a_place_meet() -> None:
    assert words_of("Астаны") == words_of("Астана") == words_of("Астане")
    assert words_of("Кордайская") == words_of("Кордайского")


def test_latin_names_are_read_by_their_sound() -> None:
    assert words_of("Olimp Medicus") == words_of("Олимп Медикус")


def test_forms_of_ownership_say_nothing() -> None:
    assert words_of("ТОО ГКП на ПХВ ЖШС УЗ города") == []


def test_a_word_typed_with_the_wrong_keyboard_is_read() -> None:
    assert other_keyboard("gjkbrkbybrf 4") == "поликлиника 4"
