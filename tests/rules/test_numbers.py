"""Numbers of appeals: every slip is caught, every honest way of typing one is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.numbers import (
    EXAMPLE,
    check_digit,
    is_shaped_like_a_number,
    make_number,
    near_numbers,
    parse_number,
    unfinished_numbers,
)
from qorgau.rules.problems import Problem

SAMPLE = [(2026, 1), (2026, 1234), (2026, 9_999_999), (2030, 5_050_505), (2099, 7_777_777), (2026, 12_345_678)]

years = st.integers(2000, 2099)
serials = st.integers(1, 99_999_999)


def bare(number):
    return number.replace("-", "")


def test_a_number_shows_year_serial_and_check_digit():
    assert make_number(2026, 1234) == "26-0001234-9"


def test_the_check_digit_is_damms():
    assert check_digit("572") == "4"


def test_a_serial_over_seven_digits_widens_the_number():
    assert make_number(2026, 10_000_000).startswith("26-10000000-")
    assert len(make_number(2026, 9_999_999)) + 1 == len(make_number(2026, 10_000_000))


@pytest.mark.parametrize(("year", "serial"), [(1999, 1), (2100, 1), (2026, 0), (2026, -1), (2026, 100_000_000)])
def test_impossible_years_and_serials_are_our_own_mistakes(year, serial):
    with pytest.raises(ValueError, match="outside"):
        make_number(year, serial)


@given(years, serials)
def test_a_number_is_read_back_however_it_is_dashed(year, serial):
    number = make_number(year, serial)
    for dash in ("-", "–", "—", "−", " ", "  ", "", ".", "/", " - "):
        assert parse_number(number.replace("-", dash)) == number


@pytest.mark.parametrize(
    "text",
    [
        "26-0001234-9",
        " 26 0001234 9\n",
        "№ 26-0001234-9",
        "#26-0001234-9",
        "No. 26-0001234-9",
        "26-OOO1234-9",
        "26-ООО1234-9",
        "26-оoо1234-9",
        "26-000l234-9",
        "26-000І234-9",
        "26-1234-9",
        "٢٦-٠٠٠١٢٣٤-٩",
        "２６０００１２３４９",
    ],
)
def test_honest_ways_of_typing_are_understood(text):
    assert parse_number(text) == "26-0001234-9"


@pytest.mark.parametrize("year_and_serial", SAMPLE)
def test_every_single_wrong_digit_is_caught(year_and_serial):
    right = bare(make_number(*year_and_serial))
    for place, digit in enumerate(right):
        for wrong in set("0123456789") - {digit}:
            with pytest.raises(Problem):
                parse_number(right[:place] + wrong + right[place + 1 :])


@pytest.mark.parametrize("year_and_serial", SAMPLE)
def test_every_swap_of_neighbours_is_caught(year_and_serial):
    right = bare(make_number(*year_and_serial))
    for place in range(len(right) - 1):
        swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        if swapped != right:
            with pytest.raises(Problem):
                parse_number(swapped)


def test_damms_table_catches_every_error_in_every_place():
    """Total anti-symmetry, checked for all pairs of digits after every interim digit."""
    digits = "0123456789"
    for before in digits:
        for one in digits:
            assert len({check_digit(before + one + other) for other in digits}) == 10
            for other in digits:
                if one != other:
                    assert check_digit(before + one + other) != check_digit(before + other + one)


def test_a_slip_is_said_with_the_number_as_understood():
    with pytest.raises(Problem) as caught:
        parse_number("26 0001234 5")
    assert str(caught.value) == (
        "The number 26-0001234-5 has a slip: one digit is wrong, or two neighbours are swapped. "
        "Please check it against your receipt."
    )
    assert caught.value.field == "number"


@pytest.mark.parametrize("text", ["", "  ", "№"])
def test_nothing_typed_is_asked_for(text):
    with pytest.raises(Problem, match=f"^Write the number of the appeal. It looks like {EXAMPLE}.$"):
        parse_number(text)


@pytest.mark.parametrize(
    "text", ["abc", "26", "900101300106", "26-0000000-0", "26-00012345-1", "2600012349x", "1" * 100_000, "26²0001234"]
)
def test_what_is_not_shaped_like_a_number_is_said_with_an_example(text):
    with pytest.raises(Problem, match=f"^This is not the number of an appeal. It has ten digits .* {EXAMPLE}.$"):
        parse_number(text)


@given(st.text(max_size=100))
def test_any_text_is_a_number_or_a_problem(text):
    try:
        assert parse_number(parse_number(text)) == parse_number(text)
    except Problem as problem:
        assert problem.field == "number"


@given(years, serials, st.data())
def test_the_number_meant_is_among_the_near_ones(year, serial, data):
    number = make_number(year, serial)
    right = bare(number)
    place = data.draw(st.integers(0, len(right) - 1))
    wrong = data.draw(st.sampled_from(sorted(set("0123456789") - {right[place]})))
    typed = right[:place] + wrong + right[place + 1 :]
    if len(right) == 11 and typed[2] == "0":
        return  # no longer shaped like a number
    near = near_numbers(typed)
    assert number in near or not typed[2:-1].strip("0")
    assert all(parse_number(candidate) == candidate for candidate in near)


def test_swaps_come_first_among_the_near_ones():
    swaps = ("26-0020134-9", "26-0001234-9")
    assert near_numbers("26-0002134-9")[:2] == swaps
    assert len(near_numbers("26-0002134-9")) > 2


@pytest.mark.parametrize("text", ["26-0001234-9", "abc", ""])
def test_a_right_number_and_no_number_have_no_near_ones(text):
    assert near_numbers(text) == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("26-0001234", ["26-0001234-9"]),
        ("260001234", ["26-0001234-9"]),
        ("№ 26-1234", ["26-0001234-9"]),
        ("25-1234", ["25-0001234-6"]),
        ("1234-9", ["26-0001234-9"]),
        ("0001234", ["26-0001234-9", "25-0001234-6"]),
        ("12349", ["26-0012349-8", "25-0012349-5", "26-0001234-9"]),
        ("9", ["26-0000009-5", "25-0000009-9"]),
    ],
)
def test_a_part_of_a_number_means_those_that_it_may_be_of(text, meant):
    assert list(unfinished_numbers(text, (2026, 2025))) == meant


@pytest.mark.parametrize(
    "text", ["", "0", "26-0", "26-0001234-9", "26-0001234-8", "+7 701", "900101300106", "№6 пол", "1 2 3"]
)
def test_what_is_whole_or_no_number_is_no_part_of_one(text):
    assert unfinished_numbers(text, (2026, 2025)) == ()


@given(years, serials)
def test_a_number_without_its_last_digits_is_among_those_meant(year, serial):
    number = make_number(year, serial)
    if serial <= 9_999_999:
        assert number in unfinished_numbers(number[:-2], (year,))
        assert number in unfinished_numbers(str(serial), (year,))


def test_what_has_the_shape_of_a_number_may_have_a_slip():
    for text in ("26-0001234-9", "26-0001234-8", "7010000067"):
        assert is_shaped_like_a_number(text)
    for text in ("", "Оспанов", "900101300106"):
        assert not is_shaped_like_a_number(text)
