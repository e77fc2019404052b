"""Who paid for a month, as the register keeps it: one letter in a file, one small number in a row."""

from enum import StrEnum


class PaidBy(StrEnum):
    """Who paid. The values are the letters of the file format (docs/insured-register.md)."""

    NOBODY = "-"
    EMPLOYER = "E"
    """The employer's deductions, with what was withheld from the wage."""
    CONTRACT = "C"
    """Withheld from income under a civil-law contract."""
    ENTREPRENEUR = "I"
    SELF_PAYER = "S"
    PLATFORM = "P"
    """Withheld by an internet platform."""
    UNIFIED_PAYMENT = "U"
    STATE = "G"
    SEVERAL = "M"
    """More than one of them in the same month."""

    @property
    def number(self) -> int:
        """The number in a row; it never changes."""
        return _NUMBERS[self]

    @classmethod
    def of_number(cls, number: int) -> "PaidBy":
        """Who it was that a row names by this number."""
        return _BY_NUMBER[number]


_BY_NUMBER = tuple(PaidBy)
_NUMBERS = {payer: number for number, payer in enumerate(_BY_NUMBER)}
