"""Six digits, ten minutes, five tries; and nothing in the database that tells them."""

from datetime import timedelta

import pytest

from qorgau.people.models import OneTimeCode
from qorgau.people.one_time_codes import digits_of, forget_old, make_code, proves
from tests.factories import NOON

pytestmark = pytest.mark.django_db
AIGUL, DANA = "900101300106", "840229401515"
SOON = NOON + timedelta(minutes=9)


def wrong(made: OneTimeCode) -> str:
    return f"{(int(digits_of(made)) + 1) % 1_000_000:06}"


def test_the_right_code_proves_once() -> None:
    made = make_code(AIGUL, at=NOON)

    assert proves(made.pk, AIGUL, digits_of(made), at=SOON)
    assert not proves(made.pk, AIGUL, digits_of(made), at=SOON)


@pytest.mark.parametrize("apart", [" ", "-", "\N{NO-BREAK SPACE}"])
def test_it_is_read_as_people_type_it(apart: str) -> None:
    made = make_code(AIGUL, at=NOON)
    digits = digits_of(made)

    assert len(digits) == 6 and digits.isdecimal()
    assert proves(made.pk, AIGUL, f" {digits[:3]}{apart}{digits[3:]}", at=SOON)


def test_it_proves_nothing_about_anybody_else_or_after_ten_minutes() -> None:
    made = make_code(AIGUL, at=NOON)

    assert not proves(made.pk, DANA, digits_of(made), at=SOON)
    assert not proves(made.pk + 1, AIGUL, digits_of(made), at=SOON)
    assert not proves(made.pk, AIGUL, digits_of(made), at=NOON + timedelta(minutes=10))


def test_after_five_wrong_tries_the_right_code_is_worth_nothing() -> None:
    made = make_code(AIGUL, at=NOON)

    assert not any(proves(made.pk, AIGUL, wrong(made), at=SOON) for _ in range(5))
    assert not proves(made.pk, AIGUL, digits_of(made), at=SOON)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "0" * 5000])
def test_what_is_no_code_is_a_wrong_try(typed: str) -> None:
    made = make_code(AIGUL, at=NOON)

    assert not proves(made.pk, AIGUL, typed, at=SOON)
    assert OneTimeCode.objects.get().tries == 1


def test_a_new_code_ends_the_one_before() -> None:
    first = make_code(AIGUL, at=NOON)
    second = make_code(AIGUL, at=SOON)

    assert not proves(first.pk, AIGUL, digits_of(first), at=SOON)
    assert proves(second.pk, AIGUL, digits_of(second), at=SOON)


def test_neither_code_nor_number_is_kept_and_old_rows_go() -> None:
    made = make_code(AIGUL, at=NOON)
    kept = bytes(made.person) + bytes(made.seed)

    assert digits_of(made).encode() not in kept and AIGUL.encode() not in kept
    assert forget_old(NOON + timedelta(hours=23)) == 0
    assert forget_old(NOON + timedelta(hours=25)) == 1
