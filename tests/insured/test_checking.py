"""Checked as vectors, a line is judged as it would be by itself."""

from hypothesis import given, settings
from hypothesis import strategies as st

from qorgau.insured.loading.checking import Terms, checked
from qorgau.insured.loading.columns import recognise
from qorgau.insured.loading.faults import Fault
from qorgau.insured.loading.files import Block
from qorgau.rules.identity import check_digit, check_iin
from tests.insured.files import NOW

TERMS = Terms(recognise(["iin", "paid"]), NOW, frozenset())


def with_check_digit(first_eleven: str) -> str:
    return f"{first_eleven}{check_digit(first_eleven) or 0}"


digits = st.text("0123456789", min_size=11, max_size=11)
numbers = st.one_of(
    digits.map(with_check_digit),
    st.text("0123456789", min_size=10, max_size=13),
    st.text("0123456789a ٣-", max_size=13),
    st.sampled_from("0123456789").map(lambda digit: digit * 12),
)


@given(st.lists(numbers, min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_the_same_numbers_are_possible_as_by_the_rule(some: list[str]) -> None:
    block = Block(2, "".join(f"{number},\n" for number in some).encode(), b",")
    faults = checked(block, TERMS).faults.tolist()

    expected = [len(one) == 12 and one.isascii() and one.isdigit() and check_iin(one).valid for one in some]
    assert [fault == Fault.NONE for fault in faults] == expected


@given(st.lists(st.text("01", max_size=NOW - 2020 * 12 + 1), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_paid_months_are_packed_as_one_number(some: list[str]) -> None:
    block = Block(2, "".join(f"900101300106,{paid}\n" for paid in some).encode(), b",")
    lines = checked(block, TERMS)

    assert lines.faults.tolist() == [0] * len(some)
    packed = [int.from_bytes(row.tobytes(), "little") for row in lines.paid]
    assert packed == [int(paid[::-1] or "0", 2) for paid in some]
