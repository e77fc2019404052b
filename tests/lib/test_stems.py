"""Words of three languages, cut so that the forms of one word meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.lib.stems import stems_of, words_of


def stems(word: str) -> set[str]:
    return {stem for one in words_of(word) for stem in stems_of(one)}


@pytest.mark.parametrize(
    "forms",
    [
        "отказ отказа отказали отказать отказалась отказывают",
        "ребёнок ребенка ребёнку ребенком",
        "операция операций операции операциями",
        "больница больницы больницей больнице",
        "поликлиника поликлинику поликлиникой поликлиник",
        "очередь очереди очередью",
        "талон талоны талонов",
        "талон талондар талондардың талонды",
        "дәрігер дәрігерге дәрігерлердің даригерлер",
        "емхана емхананың емханада емханамызда",
        "көмек көмегі көмекті көмектен комек",
        "кезек кезекте кезегі кезегінде кезегинде",
        "бала балалар баланың балаларымыздың баламның баласын",
        "аурухана ауруханада ауруханаға",
        "қабылдау қабылдаудан қабылдады кабылдау",
        "refused refuse refusing",
        "referral referrals",
        "Оспанов Оспанова Оспановой",
    ],
)
def test_forms_of_one_word_meet(forms: str) -> None:
    assert set.intersection(*map(stems, forms.split())), {form: stems(form) for form in forms.split()}


@pytest.mark.parametrize(
    ("one", "other"), [("бала", "балкон"), ("врач", "врать"), ("талон", "талант"), ("инсулин", "инсульт")]
)
def test_words_that_only_begin_alike_do_not_meet(one: str, other: str) -> None:
    assert stems(one).isdisjoint(stems(other))


def test_words_that_say_nothing_and_long_numbers_are_left_out() -> None:
    assert words_of("И в кабинете 214 мен 900101300106, тел. 87010000067") == ["кабинете", "214", "тел"]


def test_latin_letters_in_a_cyrillic_word_are_a_slip() -> None:
    assert words_of("тaлoн қызмeт") == words_of("талон қызмет")
    assert words_of("MRT covid") == ["mrt", "covid"]


@given(st.text(max_size=200))
def test_anything_typed_gives_words_without_blanks(text: str) -> None:
    for word in words_of(text):
        assert word == word.strip() != ""
        assert all(stem for stem in stems_of(word))
