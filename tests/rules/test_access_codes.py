"""Access codes can be read aloud, copied by hand and typed back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.access_codes import ALPHABET, BYTES_NEEDED, EXAMPLE, format_code, normalise_code
from qorgau.rules.problems import Problem

randomness = st.binary(min_size=BYTES_NEEDED, max_size=16)


def test_the_alphabet_has_32_symbols_and_no_look_alikes():
    assert len(set(ALPHABET)) == 32
    assert not set("OILU") & set(ALPHABET)


def test_a_code_has_ten_symbols_in_groups():
    assert format_code(bytes(7)) == "0000-0000-00"
    assert format_code(b"\xff" * 7) == "ZZZZ-ZZZZ-ZZ"


def test_fifty_bits_of_chance_are_used():
    codes = {format_code((1 << bit).to_bytes(7, "big")) for bit in range(50)}
    assert len(codes) == 50


def test_too_little_chance_is_our_own_mistake():
    with pytest.raises(ValueError, match="needs 7 random bytes, not 6"):
        format_code(bytes(6))


@given(randomness)
def test_a_code_is_read_back_however_it_is_typed(bytes_):
    code = format_code(bytes_)
    for typed in (code, code.lower(), code.replace("-", ""), code.replace("-", " – "), f"  {code}\n"):
        assert normalise_code(typed) == code


@given(randomness)
def test_cyrillic_letters_that_look_the_same_are_understood(bytes_):
    code = format_code(bytes_)
    assert normalise_code(code.translate(str.maketrans("ABEKMHPCTYX", "АВЕКМНРСТУХ"))) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("o0OО-iIlІ-uV", "0000-1111-VV"),
        ("k7m4 q9tx 2f", EXAMPLE),
    ],
)
def test_look_alikes_are_understood(typed, meant):
    assert normalise_code(typed) == meant


@pytest.mark.parametrize("typed", ["", "K7M4", "K7M4-Q9TX-2F8", "K7M4-Q9TX-2Ж", "K7M4-Q9TX-2!", "K" * 100_000])
def test_what_cannot_be_a_code_is_said_with_an_example(typed):
    with pytest.raises(
        Problem, match=f"^The access code has ten letters and digits and looks like {EXAMPLE}.$"
    ) as caught:
        normalise_code(typed)
    assert caught.value.field == "code"
