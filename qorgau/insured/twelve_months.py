"""The twelve months before the present one, as people are shown them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qorgau.directory.reference import current
from qorgau.insured.answers import Insured
from qorgau.insured.payers import PaidBy
from qorgau.insured.record import MONTHS_SHOWN
from qorgau.rules.insured_status import rules_in_force
from qorgau.rules.months import bit, first_day, month_of


@dataclass(frozen=True, slots=True)
class MonthShown:
    """One month: covered or not; by whom and how much only for somebody who has proved to be the person."""

    month: int
    covered: bool
    paid_by: PaidBy | None = None
    tenge: Decimal | None = None

    @property
    def day(self) -> date:
        """Its first day."""
        return first_day(self.month)


def twelve_months(insured: Insured, on: date, *, proven: bool) -> tuple[MonthShown, ...]:
    """The months, the earliest first. Raises Problem where no rules were in force.

    Without proof nothing is in them but paid or not: whatever prints them cannot tell more.
    """
    now = month_of(on)
    facts = insured.record.facts(rules_in_force(current().status_rules, first_day(now)), now)
    covered = facts.paid | facts.prepaid | facts.privileged
    told = {one.month: one for one in insured.record.last_months} if proven else {}
    shown = []
    for month in range(now - MONTHS_SHOWN, now):
        by_whom = told[month].paid_by if month in told else PaidBy.NOBODY
        if proven and by_whom == PaidBy.NOBODY and facts.privileged & bit(month):
            by_whom = PaidBy.STATE
        shown.append(
            MonthShown(
                month,
                covered=bool(covered & bit(month)),
                paid_by=by_whom if by_whom != PaidBy.NOBODY else None,
                tenge=told[month].tenge if month in told and told[month].tenge else None,
            )
        )
    return tuple(shown)
