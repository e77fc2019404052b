"""A second reading of DOMAIN §3.1, made of dates and walks from month to month, to check the first one against.

It shares nothing with `qorgau/rules/insured_status.py` but the names of statuses: no bits, no sets of months as
numbers, and the grace of S4 and S5 is found by living through the months one by one.
"""

from dataclasses import dataclass
from datetime import date

YearMonth = tuple[int, int]


def after(month: YearMonth, by: int = 1) -> YearMonth:
    year, zero_based = divmod(month[0] * 12 + month[1] - 1 + by, 12)
    return year, zero_based + 1


@dataclass
class Person:
    paid: set[YearMonth]
    privileged: set[YearMonth]
    advance: list[tuple[YearMonth, list[YearMonth]]]
    """When it was paid, and the months it was paid for."""
    temporary: set[YearMonth]


def status(person: Person, asked: YearMonth) -> str:
    day = date(asked[0], asked[1], 1)
    if day < date(2020, 7, 1):
        return "insured"
    in_row = 3 if day < date(2021, 7, 1) else 12
    second_way = day >= date(2022, 9, 5) or asked == (2022, 9)
    long_grace = day >= date(2026, 1, 1)

    advance: set[YearMonth] = set()
    for when, months in person.advance:
        if second_way and len(months) >= 12 and min(months) > when:
            advance |= set(months)
    money = person.paid | {month for _, months in person.advance for month in months}
    held = money | person.privileged

    def whole(month: YearMonth) -> bool:
        """The right of this month does not depend on any grace."""
        if month in person.privileged or month in advance:
            return True
        return all(after(month, -back) in held for back in range(1, in_row + 1))

    if asked in person.privileged:
        return "insured"
    if all(after(asked, -back) in held for back in range(1, in_row + 1)):
        return "insured"
    if asked in advance or (asked in held and after(asked) in advance):
        return "insured"
    for silent in range(1, 7):
        last = after(asked, -silent)
        if last not in held or not (last in person.privileged or last in advance or whole(after(last))):
            continue
        if silent <= 3:
            return "conditionally_insured"
        if long_grace and all(after(last, -back) in money for back in range(60)):
            return "conditionally_insured"
    return "temporarily_insured" if asked in person.temporary else "not_insured"
