"""Identity numbers: IIN (ИИН, ЖСН) of a person and BIN (БИН, БСН) of an organisation.

Source: the Law of 12 January 2007 № 223-III on national registers of identification numbers; DOMAIN §1.

The check digit is the only hard test. Since the rules changed in August 2013 the other digits are not tied to personal
data, and a date that does not match is not an error; so the rest gives warnings only, and neither age nor sex is ever
read from an IIN. The check digit is weak as well (a digit under weight 11 is not protected at all): a valid number is
not yet the right one, and people should be shown it back, masked.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from qorgau.rules.sentences import N_, Sentence

_LENGTH = 12
_MAX_TYPED = 64
_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
_CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
_CENTURY_DIGITS = "0123456"  # 0 is said to be given to foreigners, so it is no reason for a warning
_SEPARATORS = re.compile(r"[\s\-‐-―−\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True)
class IdentityCheck:
    """What can be said of a typed number without asking any register."""

    value: str | None
    """The twelve ASCII digits; None when what was typed is not twelve digits."""
    valid: bool
    """The number is possible: twelve digits, not all equal, with the right check digit."""
    warnings: tuple[Sentence, ...] = ()
    """What looks unusual. Never a reason to refuse anything."""
    problem: Sentence | None = None
    """Why the number is not valid."""

    @property
    def reads_as_bin(self) -> bool:
        """The number looks like an organisation's; that is no proof that it is one."""
        return self.value is not None and _reads_as_bin(self.value)


def check_iin(text: str) -> IdentityCheck:
    """Check an IIN as a person typed it: spaces, hyphens and digits of other scripts are tolerated."""
    digits = _digits_of(text)
    problem = _problem_of_iin(text, digits)
    if problem is not None:
        return IdentityCheck(digits, False, problem=problem)
    assert digits is not None
    return IdentityCheck(digits, True, warnings=_warnings_for_iin(digits))


def check_bin(text: str) -> IdentityCheck:
    """Check a BIN as a person typed it; the same check digit and the same tolerance as an IIN's."""
    digits = _digits_of(text)
    problem = _problem_of_bin(digits)
    if problem is not None:
        return IdentityCheck(digits, False, problem=problem)
    assert digits is not None
    return IdentityCheck(digits, True, warnings=_warnings_for_bin(digits))


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit for eleven given ones; None when no number may begin so (both passes give 10)."""
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        remainder = sum(w * int(digit) for w, digit in zip(weights, first_eleven, strict=True)) % 11
        if remainder < 10:
            return remainder
    return None


def _digits_of(text: str) -> str | None:
    if len(text) == _LENGTH and text.isascii() and text.isdigit():
        return text
    if len(text) > _MAX_TYPED:
        return None
    typed = _SEPARATORS.sub("", text)
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in typed)
    return digits if len(digits) == _LENGTH and digits.isascii() and digits.isdigit() else None


def _is_possible(digits: str) -> bool:
    all_equal = len(set(digits)) == 1  # twelve zeros pass the check digit
    return not all_equal and str(check_digit(digits[:-1])) == digits[-1]


def _problem_of_iin(text: str, digits: str | None) -> Sentence | None:
    if digits is None:
        return _what_is_no_iin(text)
    if len(set(digits)) == 1:
        return Sentence(N_("There is no IIN of twelve equal digits. Please copy it from the document."))
    if not _is_possible(digits):
        return Sentence(N_("There is no such IIN: one of the digits is wrong. Please check it against the document."))
    return None


def _what_is_no_iin(text: str) -> Sentence:
    signs = _SEPARATORS.sub("", text[:_MAX_TYPED])
    if signs.isdecimal() and len(text) <= _MAX_TYPED:
        return Sentence(N_("An IIN has 12 digits, and these are {count}."), {"count": len(signs)})
    return Sentence(N_("An IIN has 12 digits and nothing else."))


def _problem_of_bin(digits: str | None) -> Sentence | None:
    if digits is None:
        return Sentence(N_("A BIN has 12 digits and nothing else."))
    if not _is_possible(digits):
        return Sentence(N_("There is no such BIN: one of the digits is wrong. Please check it against the document."))
    return None


def _warnings_for_iin(digits: str) -> tuple[Sentence, ...]:
    if _reads_as_bin(digits):
        return (Sentence(N_("This looks like an organisation's BIN, not a person's IIN. Please check it.")),)
    warnings = []
    if not _begins_with_a_date(digits):
        warnings.append(Sentence(N_("The first six digits are not a date. This happens, but please check the number.")))
    if digits[6] not in _CENTURY_DIGITS:
        warnings.append(Sentence(N_("The seventh digit is unusual. This happens, but please check the number.")))
    return tuple(warnings)


def _warnings_for_bin(digits: str) -> tuple[Sentence, ...]:
    if _reads_as_bin(digits):
        return ()
    if _begins_with_a_date(digits) and digits[6] in _CENTURY_DIGITS:
        return (Sentence(N_("This looks like a person's IIN, not an organisation's BIN. Please check it.")),)
    return (Sentence(N_("The first five digits are unusual for a BIN. Please check the number.")),)


def _reads_as_bin(digits: str) -> bool:
    """Year and month of registration, then 4, 5 or 6 where an IIN has the first digit of a day (DOMAIN §1.3)."""
    return "01" <= digits[2:4] <= "12" and digits[4] in "456"


def _begins_with_a_date(digits: str) -> bool:
    """The date is real in the century of the seventh digit, or in any when that digit names none."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    centuries = [_CENTURIES[digits[6]]] if digits[6] in _CENTURIES else sorted(set(_CENTURIES.values()))
    return any(_is_date(century + year, month, day) for century in centuries)


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
