"""Numbers of appeals: ``26-0001234-9`` is year, serial of that year, and a check digit.

The check digit is Damm's (H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004): any one wrong digit and
any swap of two neighbours is caught, so a slip of the pen never opens another person's appeal. A number is given
once, at first registration, and kept when the appeal is passed on (DOMAIN §4.3).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)

_YEAR_DIGITS = 2
_SERIAL_DIGITS = 7
_WIDEST_SERIAL_DIGITS = 8  # one more would make twelve digits, and twelve digits are an IIN
_MAX_TYPED = 64
_TYPED_FOR_DIGITS = str.maketrans("OoОоIlІі|", "000011111")
_PREFIX = re.compile(r"^\s*(?:№|#|No\.?|N)\s*", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-‐-―−_./]+")


def check_digit(digits: str) -> str:
    """Damm's check digit of a string of ASCII digits."""
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][ord(digit) - 48]
    return str(interim)


def _in_groups(digits: str) -> str:
    return f"{digits[:_YEAR_DIGITS]}-{digits[_YEAR_DIGITS:-1]}-{digits[-1]}"


def make_number(year: int, serial: int) -> str:
    """The number of the ``serial``-th appeal of a ``year``: ``make_number(2026, 1234)`` is ``26-0001234-`` and a digit.

    Serials over 9,999,999 widen the number by one digit. Raises ``ValueError`` for a year outside 2000–2099 and a
    serial below 1 or over 99,999,999.
    """
    if not 2000 <= year <= 2099:
        raise ValueError(f"year {year} is outside 2000-2099")
    if not 1 <= serial < 10**_WIDEST_SERIAL_DIGITS:
        raise ValueError(f"serial {serial} is outside 1-{10**_WIDEST_SERIAL_DIGITS - 1}")
    body = f"{year % 100:02d}{serial:0{_SERIAL_DIGITS}d}"
    return _in_groups(body + check_digit(body))


EXAMPLE = make_number(2026, 1234)
"""A well-formed number, to show people what one looks like."""


def parse_number(text: str) -> str:
    """The number a person meant, in its one written form.

    Forgives spaces, any dashes or none, a leading «№», dropped leading zeros of a serial between separators, Latin or
    Cyrillic O for zero and I or l for one, and digits of other scripts. Raises Problem (field ``number``) when nothing
    was typed, when it is not shaped like a number, and when the check digit shows a slip.
    """
    digits = _digits_of(text)
    if check_digit(digits[:-1]) != digits[-1]:
        raise Problem(
            Sentence(
                N_(
                    "The number {number} has a slip: one digit is wrong, or two neighbours are swapped. "
                    "Please check it against your receipt."
                ),
                {"number": _in_groups(digits)},
            ),
            "number",
        )
    return _in_groups(digits)


def number_in(text: str) -> str:
    """The number that was typed, as `parse_number` reads it; "" where it is none."""
    try:
        return parse_number(text)
    except Problem:
        return ""


def near_numbers(text: str) -> tuple[str, ...]:
    """Right numbers that are one slip away from a wrong one: swaps of neighbours first, then single digits.

    Empty for a number that is right already, or is not shaped like a number. For staff who help a caller, never for the
    public: it would spare a guesser nine tries of ten.
    """
    try:
        digits = _digits_of(text)
    except Problem:
        return ()
    near = dict.fromkeys([*_swapped(digits), *_replaced(digits)])
    near.pop(digits, None)
    return tuple(_in_groups(one) for one in near if check_digit(one[:-1]) == one[-1] and _is_written_once(one))


def unfinished_numbers(text: str, years: Iterable[int]) -> tuple[str, ...]:
    """Right numbers that a part of one may mean: a serial, alone or with its year or its check digit.

    Where the year is left out, it is one of these, the likeliest first. Empty for what is shaped like a whole number.
    For staff, as `near_numbers`.
    """
    groups = _groups_of(text)
    if is_shaped_like_a_number(text) or not all(group.isascii() and group.isdigit() for group in groups):
        return ()
    years = tuple(years)
    match groups:
        case [digits] if len(digits) == _YEAR_DIGITS + _SERIAL_DIGITS:
            found = _of_year(digits[:_YEAR_DIGITS], digits[_YEAR_DIGITS:])
        case [digits]:
            found = [*_of_serial(digits, years), *_of_serial(digits[:-1], years, check=digits[-1])]
        case [first, second]:
            with_year = _of_year(first, second) if len(first) == _YEAR_DIGITS else []
            with_check = _of_serial(first, years, check=second) if len(second) == 1 else []
            found = [*with_year, *with_check]
        case _:
            found = []
    return tuple(dict.fromkeys(found))


def is_shaped_like_a_number(text: str) -> bool:
    """Whether it may be meant as a number, with or without a slip."""
    try:
        _digits_of(text)
    except Problem:
        return False
    return True


def _of_year(year: str, serial: str) -> list[str]:
    return _of_serial(serial, (2000 + int(year),))


def _of_serial(serial: str, years: Iterable[int], *, check: str = "") -> list[str]:
    """The number with this serial in each year, as far as there can be one, and it ends in the check digit."""
    if len(serial) > _SERIAL_DIGITS or not serial.strip("0"):
        return []
    numbers = [make_number(year, int(serial)) for year in years]
    return [number for number in numbers if number.endswith(check)]


def _groups_of(text: str) -> list[str]:
    typed = _PREFIX.sub("", text[:_MAX_TYPED]).strip()
    return [group for group in _SEPARATORS.split(_ascii_digits(typed)) if group]


def _digits_of(text: str) -> str:
    groups = _groups_of(text)
    if not groups:
        raise Problem(
            Sentence(N_("Write the number of the appeal. It looks like {example}."), {"example": EXAMPLE}), "number"
        )
    if len(groups) == 3 and len(groups[0]) == _YEAR_DIGITS and len(groups[2]) == 1:
        groups[1] = groups[1].zfill(_SERIAL_DIGITS)
    digits = "".join(groups)
    well_formed = digits.isascii() and digits.isdigit() and len(text) <= _MAX_TYPED and _is_written_once(digits)
    if not well_formed:
        raise Problem(
            Sentence(
                N_("This is not the number of an appeal. It has ten digits and looks like {example}."),
                {"example": EXAMPLE},
            ),
            "number",
        )
    return digits


def _ascii_digits(typed: str) -> str:
    plain = typed.translate(_TYPED_FOR_DIGITS)
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in plain)


def _is_written_once(digits: str) -> bool:
    """True for the lengths we give out; a widened serial never starts with a zero, or it would be a second spelling."""
    serial = digits[_YEAR_DIGITS:-1]
    if not serial.strip("0"):
        return False
    return len(serial) == _SERIAL_DIGITS or (len(serial) == _WIDEST_SERIAL_DIGITS and serial[0] != "0")


def _swapped(digits: str) -> list[str]:
    return [digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(len(digits) - 1)]


def _replaced(digits: str) -> list[str]:
    return [digits[:i] + other + digits[i + 1 :] for i in range(len(digits)) for other in "0123456789"]
