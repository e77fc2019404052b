"""Numbers that staff mean by what they typed: as people say them on the telephone, in part or with a slip."""

from django.utils import timezone

from qorgau.rules.numbers import near_numbers, number_in, unfinished_numbers


def numbers_meant(typed: str) -> tuple[str, ...]:
    """The number itself; or those one slip away from it; or those it is a part of, of this year or the last one."""
    number = number_in(typed)
    if number:
        return (number,)
    year = timezone.localdate().year
    return near_numbers(typed) or unfinished_numbers(typed, (year, year - 1))
