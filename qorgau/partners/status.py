"""What a partner is told about one person's insurance: the same for every door, cut to what the key may ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from django.utils import timezone

from qorgau.directory.reference import current
from qorgau.insured.answers import Insured, NotAnswering, Unknown
from qorgau.insured.journal import Purpose
from qorgau.insured.lookup import look_up
from qorgau.insured.record import MonthPaid, Record
from qorgau.insured.verdicts import covered_until, verdict
from qorgau.partners.keys import Partner
from qorgau.partners.refusals import Refusal
from qorgau.partners.scopes import Scope
from qorgau.rules.identity import check_iin
from qorgau.rules.insured_status import Ground, Status, Verdict, rules_in_force
from qorgau.rules.months import FIRST, first_day, last_day, month_of
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

MONTHS_AHEAD = 12
SECONDS_UNTIL_AGAIN = 30
_WITHOUT_AN_END = {
    Status.INSURED: N_("Insured."),
    Status.TEMPORARILY_INSURED: N_("Temporarily insured."),
    Status.CONDITIONALLY_INSURED: N_("Conditionally insured: there are unpaid months."),
    Status.NOT_INSURED: N_("Not insured."),
}
_WITH_AN_END = {
    Status.TEMPORARILY_INSURED: N_("Temporarily insured. The last day: {day}."),
    Status.CONDITIONALLY_INSURED: N_("Conditionally insured: there are unpaid months. The last day: {day}."),
}
_SILENT_BUT_GRANTED = N_(
    "Temporarily insured by decision of the Fund. The last day: {day}. The register of insured people does not answer "
    "now, so nothing else can be said."
)
UNKNOWN = Sentence(N_("The register has no data for this number. This does not mean that the person is not insured."))


@dataclass(frozen=True, slots=True)
class Details:
    """What only keys with the scope `payments` are told: why, by which row of rules, and the last twelve months.

    ``payments`` is None when nobody can say what was paid, which is not the same as nothing.
    """

    ground: Ground
    rules: str
    payments: Sequence[MonthPaid] | None


@dataclass(frozen=True, slots=True)
class Told:
    """The status of one person in one month, and `as_of` which day the register speaks.

    ``as_of`` is None when the register does not answer and the status rests on what was granted here alone: a
    temporary status holds all the same, and a better ground may be hidden.
    ``until`` is the last day of cover if nothing more is paid, where the status itself is about to end (conditional and
    temporary ones); ``sentence`` says it all to a person. ``record`` is for keys with the scope of that name.
    """

    iin: str
    month: int
    status: Status
    until: date | None
    as_of: date | None
    sentence: Sentence
    details: Details | None
    record: Record | None

    @property
    def in_force(self) -> bool:
        """Whether there is cover in the month."""
        return self.status != Status.NOT_INSURED

    @property
    def register_answered(self) -> bool:
        """Whether the register itself had its say."""
        return self.as_of is not None


def status_for(partner: Partner, iin: str, *, on: date, field: str) -> Told:
    """The status in the month of a day, looked up in the partner's name; `field` is where the IIN stood.

    Raises Refusal.
    """
    _within_reach(on)
    try:
        answer = look_up(iin, purpose=Purpose(partner.purpose), who=partner.in_journal, on=on)
    except Problem as problem:
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "value", problem.sentence, field=field) from None
    match answer:
        case NotAnswering(granted_until=date() as until):
            return _told_of_grant(partner, _digits(iin), on, until)
        case NotAnswering(sentence=sentence):
            raise Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "transient", sentence, wait=SECONDS_UNTIL_AGAIN)
        case Unknown():
            raise Refusal(HTTPStatus.NOT_FOUND, "not-found", UNKNOWN)
    return _told(partner, _digits(iin), answer, on)


def day_asked(first: date, last: date) -> date:
    """The day that an answer about some days of one month is of: today where it is among them, else the first.

    It matters only for a temporary status, which begins and ends within months.
    """
    today = timezone.localdate()
    return today if first <= today <= last else first


def _within_reach(on: date) -> None:
    latest = month_of(timezone.localdate()) + MONTHS_AHEAD
    if not FIRST <= month_of(on) <= latest:
        raise Refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "value",
            Sentence(N_("The status is known from January 2020 until {day}."), {"day": last_day(latest)}),
        )


def _digits(iin: str) -> str:
    """The number that was typed and is possible: twelve ASCII signs can be nothing else."""
    return iin if len(iin) == 12 and iin.isascii() else str(check_iin(iin).value)


def _told(partner: Partner, iin: str, insured: Insured, on: date) -> Told:
    found = verdict(insured, on)
    until = _last_day(found, insured, on)
    details = None
    if partner.may(Scope.PAYMENTS):
        details = Details(found.ground, found.rules.code, insured.record.last_months)
    return Told(
        iin=iin,
        month=found.month,
        status=found.status,
        until=until,
        as_of=insured.as_of,
        sentence=_sentence(found.status, until),
        details=details,
        record=insured.record if partner.may(Scope.RECORD) else None,
    )


def _told_of_grant(partner: Partner, iin: str, on: date, until: date) -> Told:
    """What can be said while the register is silent: the Fund's own decision is in force whatever was paid (S6)."""
    month = month_of(on)
    rules = rules_in_force(current().status_rules, first_day(month))
    return Told(
        iin=iin,
        month=month,
        status=Status.TEMPORARILY_INSURED,
        until=until,
        as_of=None,
        sentence=Sentence(_SILENT_BUT_GRANTED, {"day": until}),
        details=Details(Ground.TEMPORARY, rules.code, None) if partner.may(Scope.PAYMENTS) else None,
        record=None,
    )


def _last_day(found: Verdict, insured: Insured, on: date) -> date | None:
    """Only for statuses that are about to end: for others the end may lie many years ahead, and takes long to find."""
    if found.status not in (Status.CONDITIONALLY_INSURED, Status.TEMPORARILY_INSURED):
        return None
    return covered_until(insured, found, on)


def _sentence(status: Status, until: date | None) -> Sentence:
    if until is None:
        return Sentence(_WITHOUT_AN_END[status])
    return Sentence(_WITH_AN_END[status], {"day": until})
