import pytest

from qorgau.rules.certificate_numbers import make_certificate_number, parse_certificate_number
from qorgau.rules.numbers import make_number
from qorgau.rules.problems import Problem

NUMBER = make_certificate_number(2026, 12)


def test_a_letter_stands_before_a_number_with_its_check_digit() -> None:
    assert f"A{make_number(2026, 12)}" == NUMBER


@pytest.mark.parametrize("typed", [NUMBER, NUMBER.lower(), NUMBER.replace("A", "А"), f" № {NUMBER[1:]} ", NUMBER[1:]])
def test_the_letter_may_be_cyrillic_small_or_missing(typed: str) -> None:
    assert parse_certificate_number(typed) == NUMBER


@pytest.mark.parametrize("typed", ["A26-0000012-0", "A26-0000021-" + NUMBER[-1], "B" + NUMBER[1:], "A", "900101300106"])
def test_slips_and_other_things_are_told_with_an_example(typed: str) -> None:
    assert NUMBER[-1] != "0"
    with pytest.raises(Problem) as told:
        parse_certificate_number(typed)
    assert told.value.field == "number"
    assert "or it has a slip" in told.value.sentence.text


def test_nothing_typed_is_asked_for() -> None:
    with pytest.raises(Problem) as told:
        parse_certificate_number("  ")
    assert told.value.sentence.text.startswith("Write the number of the certificate.")
