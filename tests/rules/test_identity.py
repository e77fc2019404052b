"""IIN and BIN: only the check digit refuses. The vectors are made up and belong to nobody (DOMAIN §1.2, §1.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.identity import IdentityCheck, check_bin, check_digit, check_iin
from qorgau.rules.sentences import Sentence

NOT_A_DATE = Sentence("The first six digits are not a date. This happens, but please check the number.")
ODD_SEVENTH = Sentence("The seventh digit is unusual. This happens, but please check the number.")
LOOKS_LIKE_BIN = Sentence("This looks like an organisation's BIN, not a person's IIN. Please check it.")
LOOKS_LIKE_IIN = Sentence("This looks like a person's IIN, not an organisation's BIN. Please check it.")
ODD_BIN = Sentence("The first five digits are unusual for a BIN. Please check the number.")
NO_SUCH_IIN = Sentence("There is no such IIN: one of the digits is wrong. Please check it against the document.")
NOT_TWELVE = Sentence("An IIN has 12 digits and nothing else.")

VALID_IINS = ["900101300106", "900101301621", "840229401515", "050505600102", "050505501610", "150615601119"]
VALID_BINS = ["170740000206", "170740002520", "990140000205", "200160000201"]


def with_check_digit(first_eleven):
    return f"{first_eleven}{check_digit(first_eleven)}"


@pytest.mark.parametrize("iin", VALID_IINS)
def test_a_right_iin_is_valid_without_warnings(iin):
    assert check_iin(iin) == IdentityCheck(iin, True)


def test_an_impossible_date_is_a_warning_and_no_refusal():
    assert check_iin("850229300100") == IdentityCheck("850229300100", True, (NOT_A_DATE,))


@pytest.mark.parametrize("last", range(10))
def test_some_beginnings_have_no_number_at_all(last):
    assert check_digit("90010131052") is None
    assert check_iin(f"90010131052{last}") == IdentityCheck(f"90010131052{last}", False, problem=NO_SUCH_IIN)


@pytest.mark.parametrize("iin", ["900101300107", "123456789012"])
def test_a_wrong_check_digit_is_refused_but_kept(iin):
    assert check_iin(iin) == IdentityCheck(iin, False, problem=NO_SUCH_IIN)


@pytest.mark.parametrize("digit", "0123456789")
def test_twelve_equal_digits_are_refused(digit):
    told = Sentence("There is no IIN of twelve equal digits. Please copy it from the document.")
    assert check_iin(digit * 12) == IdentityCheck(digit * 12, False, problem=told)
    assert not check_bin(digit * 12).valid


@pytest.mark.parametrize("text", ["", " ", "90010130010a", "90010130010²", "九00101300106", "9" * 100_000])
def test_anything_but_twelve_digits_is_refused_and_has_no_value(text):
    assert check_iin(text) == IdentityCheck(None, False, problem=NOT_TWELVE)


@pytest.mark.parametrize(("text", "count"), [("90010130010", 11), ("9001 0130 0106 6", 13), ("٩٠٠", 3)])
def test_too_few_and_too_many_digits_are_counted(text, count):
    told = Sentence("An IIN has 12 digits, and these are {count}.", {"count": count})
    assert check_iin(text).problem == told and str(check_iin(text).problem) == str(told)


@pytest.mark.parametrize(
    "text",
    [
        " 900101 300106 ",
        "900101-300-106",
        "9001\u00a00130\u20090106",
        "900101–300106",
        "٩٠٠١٠١٣٠٠١٠٦",
        "９００１０１３００１０６",
        "\u200b900101300106\ufeff",
    ],
)
def test_spaces_hyphens_and_digits_of_other_scripts_are_tolerated(text):
    assert check_iin(text) == IdentityCheck("900101300106", True)


def test_a_leap_day_is_judged_in_its_own_century():
    assert check_iin(with_check_digit("00022950001")).warnings == ()  # 2000 was a leap year
    assert check_iin(with_check_digit("00022930001")).warnings == (NOT_A_DATE,)  # 1900 was not


def test_a_seventh_digit_of_zero_is_no_reason_for_a_warning():
    assert check_iin(with_check_digit("90010100010")).warnings == ()


def test_an_unusual_seventh_digit_is_a_warning():
    assert check_iin(with_check_digit("90010170010")).warnings == (ODD_SEVENTH,)


def test_warnings_come_together():
    assert check_iin(with_check_digit("90139990010")).warnings == (NOT_A_DATE, ODD_SEVENTH)


@pytest.mark.parametrize("bin_", VALID_BINS)
def test_a_right_bin_is_valid_without_warnings(bin_):
    assert check_bin(bin_) == IdentityCheck(bin_, True)


def test_a_wrong_bin_is_refused():
    assert check_bin("170740000207").problem == Sentence(
        "There is no such BIN: one of the digits is wrong. Please check it against the document."
    )
    assert check_bin("17074000020").problem == Sentence("A BIN has 12 digits and nothing else.")


@pytest.mark.parametrize("bin_", VALID_BINS)
def test_a_bin_typed_for_an_iin_is_recognised_and_said(bin_):
    assert check_iin(bin_) == IdentityCheck(bin_, True, (LOOKS_LIKE_BIN,))


@pytest.mark.parametrize("iin", VALID_IINS)
def test_an_iin_typed_for_a_bin_is_recognised_and_said(iin):
    assert check_bin(iin) == IdentityCheck(iin, True, (LOOKS_LIKE_IIN,))


def test_an_unusual_bin_is_a_warning():
    assert check_bin(with_check_digit("17139000020")).warnings == (ODD_BIN,)


def second_opinion(first_eleven):
    """The check digit once more, by residues instead of weights in a row."""
    total = sum((place + 1) * int(digit) for place, digit in enumerate(first_eleven)) % 11
    if total == 10:
        total = sum(((place + 2) % 11 + 1) * int(digit) for place, digit in enumerate(first_eleven)) % 11
    return None if total == 10 else total


@given(st.integers(0, 10**11 - 1).map("{:011d}".format))
def test_the_check_digit_agrees_with_a_second_computation(first_eleven):
    assert check_digit(first_eleven) == second_opinion(first_eleven)


@given(st.text(max_size=80))
def test_any_text_gets_a_verdict(text):
    for check in (check_iin(text), check_bin(text)):
        assert check.valid == (check.problem is None)
        assert check.value is None or (len(check.value) == 12 and check.value.isascii() and check.value.isdigit())
        assert not (check.warnings and not check.valid)
