"""Repeats are recognised in Kazakh and Russian; different stories are not taken for one."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.likeness import LIKELY_DUPLICATE, likeness

KAZAKH = (
    "Емханада дәрігердің қабылдауына жазыла алмадым, тіркеу бөлмесінде кезек үш сағатқа созылды. "
    "Балама шұғыл көмек керек еді, бірақ бізді ақылы қабылдауға жіберді. Ақшаны қайтаруды сұраймын."
)
KAZAKH_WITHOUT_ITS_LETTERS = (
    "Емханада даригердин кабылдауына жазыла алмадым, тиркеу болмесинде кезек уш сагатка созылды. "
    "Балама шугыл комек керек еди, бирак бизди акылы кабылдауга жиберди. Акшаны кайтаруды сураймын."
)
RUSSIAN = (
    "В поликлинике отказали в бесплатном УЗИ по направлению, сказали, что квоты закончились, и предложили платно. "
    "Я застрахована, взносы плачу каждый месяц. Прошу разобраться и вернуть деньги."
)
RUSSIAN_RETOLD = (
    "Здравствуйте! В поликлинике мне отказали в бесплатном УЗИ по направлениям: сказали что квота закончилась, "
    "предложили платно. Я застрахована, взносы плачу каждый месяц!! Прошу разобраться и вернуть мои деньги"
)
ANOTHER_RUSSIAN = (
    "В поликлинике не выдали бесплатные лекарства ребёнку, сказали, что поставки не было с марта. "
    "Мы состоим на учёте, рецепт выписан. Прошу принять меры и обеспечить препаратом."
)


def test_the_same_text_is_wholly_alike():
    assert likeness(KAZAKH, KAZAKH) == 1.0
    assert likeness(RUSSIAN, RUSSIAN.upper().replace(".", " … ")) == 1.0


def test_kazakh_typed_without_its_letters_is_the_same_text():
    assert likeness(KAZAKH, KAZAKH_WITHOUT_ITS_LETTERS) > 0.95


def test_a_retold_appeal_is_a_likely_duplicate():
    assert likeness(RUSSIAN, RUSSIAN_RETOLD) >= LIKELY_DUPLICATE


def test_an_appeal_with_half_as_much_added_is_a_likely_duplicate():
    assert likeness(RUSSIAN, RUSSIAN + " " + ANOTHER_RUSSIAN[: len(RUSSIAN) // 2]) >= LIKELY_DUPLICATE


@pytest.mark.parametrize(("one", "other"), [(RUSSIAN, ANOTHER_RUSSIAN), (KAZAKH, RUSSIAN), (KAZAKH, ANOTHER_RUSSIAN)])
def test_another_story_is_not_a_likely_duplicate(one, other):
    assert likeness(one, other) < LIKELY_DUPLICATE / 2


def test_the_same_words_in_another_order_are_less_alike():
    assert likeness("врач отказал больному", "больному врач отказал") < 1.0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("", "", 0.0),
        ("", RUSSIAN, 0.0),
        ("😡😡", "😡😡", 1.0),
        ("😡", "🙏", 0.0),
        ("   ", "   ", 0.0),
        ("😡", "слово", 0.0),
    ],
)
def test_texts_without_words_are_alike_only_when_they_are_equal(a, b, expected):
    assert likeness(a, b) == expected


@given(st.text(max_size=200), st.text(max_size=200))
def test_likeness_is_symmetric_and_between_nought_and_one(a, b):
    assert 0.0 <= likeness(a, b) == likeness(b, a) <= 1.0


def test_only_the_first_twenty_thousand_characters_count():
    long = "сөз " * 5_000
    assert likeness(long + RUSSIAN, long + KAZAKH) == 1.0


@pytest.mark.parametrize("text", ["а" * 1_000_000, " ".join(map(str, range(200_000))), "а " * 500_000])
def test_no_text_takes_long(text):
    started = time.process_time()
    likeness(text, text[1:])
    assert time.process_time() - started < 2  # milliseconds, unless something grows faster than the text
