"""Words typed with the keyboard in the wrong language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.lib.keyboard_layouts import cyrillic_letter, meant


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("jxthtlm", "очередь"),
        ("rtptr", "кезек"),
        ("-nsysi", "өтыныш"),
        ("-n3y3i", "өтініш"),
        ("8k4s", "үлңы"),
        ("йгугу", "queue"),
        ("ЙГУГУ", "queue"),
        ("ыуеештпы", "settings"),
        ('ә,өқққ"әіңөұ', "26-0001234-9"),
        ("кезек", "кезек"),
        ("queue", "queue"),
    ],
)
def test_the_word_is_among_what_was_meant(typed: str, word: str) -> None:
    assert word in list(meant(typed))


@given(st.text())
def test_what_was_typed_comes_first_and_nothing_twice(typed: str) -> None:
    readings = list(meant(typed))
    assert readings[0] == typed.lower()
    assert len(readings) == len(set(readings)) <= 5


@given(st.text(alphabet="qwertyuiopasdfghjklzxcvbnm"))
def test_a_latin_word_comes_back_from_either_layout(word: str) -> None:
    for slip in meant(word):
        assert word in list(meant(slip))


def test_the_letter_on_the_same_keycap() -> None:
    assert [cyrillic_letter(letter) for letter in "AJN"] == ["Ф", "О", "Т"]
