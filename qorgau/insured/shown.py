"""What the page of a status shows: the verdict, twelve months, reasons, ways out, what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise

from qorgau.directory.models import Organisation
from qorgau.directory.reference import current
from qorgau.insured import words
from qorgau.insured.answers import Insured
from qorgau.insured.twelve_months import MonthShown, twelve_months
from qorgau.insured.verdicts import Standing, standing
from qorgau.lib.speech import name_in, say_month, say_month_briefly
from qorgau.rules.contributions import Payer, tenge_in_words
from qorgau.rules.insured_status import Status
from qorgau.rules.limits import Limit
from qorgau.rules.temporary_status import Granted
from qorgau.rules.ways_to_insurance import Way as WayOfRules
from qorgau.rules.ways_to_insurance import WayOut

_TOLD_FOR = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the strip and of the table behind it."""

    name: str
    brief: str
    year: int
    covered: bool
    paid_by: str | Promise
    tenge: str


@dataclass(frozen=True, slots=True)
class Way:
    """One way out."""

    title: str
    note: str
    price: str
    from_day: date | None
    cheapest: bool
    temporary: bool
    costs: bool


@dataclass(frozen=True, slots=True)
class Category:
    """A category for which the state pays, and when it holds."""

    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Clinic:
    """Where the person is attached."""

    name: str
    address: str
    since: date | None


@dataclass(frozen=True, slots=True)
class StatusShown:
    """Everything on the page. Nothing that only the person may see is in it without proof."""

    on: date
    as_of: date
    status: Status
    headline: str
    meaning: str
    reasons: list[str]
    rule: str
    rule_since: date
    basis: str
    months: list[Month]
    paid_months: int
    missing: str
    ways: list[Way]
    proven: bool
    categories: list[Category]
    clinic: Clinic | None
    ended: date | None
    ends_soon: bool
    """A temporary status has come into its last days, in which another one may be decided upon."""

    @property
    def good(self) -> bool:
        """There is cover now."""
        return self.status != Status.NOT_INSURED


def status_shown(insured: Insured, on: date, *, proven: bool, payer: Payer = Payer.SELF_PAYER) -> StatusShown:
    """The page for what the register knows, on a day. Raises Problem where a row of the directory is missing."""
    known = standing(insured, on, payer=payer)
    months = twelve_months(insured, on, proven=proven)
    if not proven:
        return shown_to_all(known, months, insured.as_of, on)
    return _shown(
        known, months, insured.as_of, on, proven=True, categories=_categories(insured, on), clinic=_clinic(insured)
    )


def shown_to_all(known: Standing, months: Sequence[MonthShown], as_of: date, on: date) -> StatusShown:
    """The page for whoever has not proved to be the person, from the standing and the months without proof."""
    return _shown(known, months, as_of, on, proven=False, categories=[], clinic=None)


def _shown(
    known: Standing,
    months: Sequence[MonthShown],
    as_of: date,
    on: date,
    *,
    proven: bool,
    categories: list[Category],
    clinic: Clinic | None,
) -> StatusShown:
    rules = known.verdict.rules
    return StatusShown(
        on=on,
        as_of=as_of,
        status=known.verdict.status,
        headline=words.headline(known),
        meaning=words.meaning(known.verdict),
        reasons=words.reasons(known, proven=proven),
        rule=words.rule_used(rules),
        rule_since=rules.valid_from,
        basis=words.basis_of(rules),
        months=[_month(one) for one in months],
        paid_months=sum(one.covered for one in months),
        missing=_missing(months),
        ways=[_way(one) for one in known.ways],
        proven=proven,
        categories=categories,
        clinic=clinic,
        ended=told_end(known.ended, on, proven=proven),
        ends_soon=_ends_soon(known.temporary_until, on),
    )


def told_end(ended: Granted | None, on: date, *, proven: bool) -> date | None:
    """The day on which a temporary status ended. Whoever has not proved to be the person is told for a month after it:
    as long as the status lasted, its last day was told to everybody who asked.
    """
    if ended is None or not (proven or on - ended.until <= _TOLD_FOR):
        return None
    return ended.until


def _ends_soon(temporary_until: date | None, on: date) -> bool:
    return temporary_until is not None and (temporary_until - on).days <= current().limit(Limit.TEMPORARY_NOTICE, on=on)


def _month(shown: MonthShown) -> Month:
    return Month(
        name=say_month(shown.day),
        brief=say_month_briefly(shown.day),
        year=shown.day.year,
        covered=shown.covered,
        paid_by=words.PAYERS[shown.paid_by] if shown.paid_by else "",
        tenge=f"{tenge_in_words(shown.tenge)}\N{NO-BREAK SPACE}₸" if shown.tenge else "",
    )


def _missing(months: Sequence[MonthShown]) -> str:
    return words.months_in_words([one.month for one in months if not one.covered])


def _way(way: WayOut) -> Way:
    return Way(
        title=words.way_title(way),
        note=words.way_note(way),
        price=words.price_words(way),
        from_day=way.from_day,
        cheapest=way.cheapest,
        temporary=way.way == WayOfRules.TEMPORARY,
        costs=way.tenge is not None,
    )


def _categories(insured: Insured, on: date) -> list[Category]:
    known = {row.code: row for row in current().insurance_categories.values() if row.holds_on(on)}
    return [
        Category(name_in(known.get(held.code)) or held.code, held.since, held.until)
        for held in insured.record.categories
        if held.since <= on and (held.until is None or on <= held.until)
    ]


def _clinic(insured: Insured) -> Clinic | None:
    attached = insured.record.attached
    if attached is None:
        return None
    row = Organisation.objects.filter(source_key=attached.organisation).first()
    return Clinic(name_in(row) or attached.organisation, row.address if row else "", attached.since)
