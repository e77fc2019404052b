"""What the verbs about a temporary status ask: whom it is about, what the person has already, what came with it."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from qorgau.directory.reference import current
from qorgau.insured.models import TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.people.applicants import reveal_iin
from qorgau.people.models import Applicant
from qorgau.register.models import Appeal
from qorgau.rules.identity import check_iin
from qorgau.rules.ladder import DeskKind
from qorgau.rules.limits import Limit

TOPIC = "temporary-status"
"""The topic of an application for it."""
TOPICS = frozenset({TOPIC, "status-wrong", "insured-status", "privileged-category"})
"""Topics upon which it is granted: people ask for it under each of them."""


@dataclass(frozen=True, slots=True)
class Temporary:
    """How the person stands with temporary statuses: `Facts` of `rules/states.py` say what each means."""

    about_status: bool = False
    person_known: bool = False
    until: date | None = None
    next_from: date | None = None
    in_force: bool = False


def about_status(appeal: Appeal) -> bool:
    """Whether a temporary status can be what the appeal is about; at a branch also while nobody has said the topic."""
    if appeal.topic is None:
        return appeal.holder.kind == DeskKind.BRANCH
    return appeal.topic.code in TOPICS


def temporary_of(appeal: Appeal, on: date) -> Temporary:
    """How things stand on a day: one query, and none for an appeal about something else or about nobody known."""
    if not about_status(appeal):
        return Temporary()
    iin = iin_of(appeal)
    if not iin:
        return Temporary(about_status=True)
    rows = _not_over(person_key(iin), on)
    until = max((row.last_day for row in rows), default=None)
    next_from = until - timedelta(days=days_before_end(on)) if until else None
    return Temporary(
        about_status=True,
        person_known=True,
        until=until,
        next_from=next_from if next_from and next_from > on else None,
        in_force=any(row.appeal_number == appeal.number for row in rows),
    )


def _not_over(person: UUID, on: date) -> list[TemporaryStatus]:
    rows = TemporaryStatus.objects.filter(person=person, last_day__gte=on)
    # One that was revoked before it began never held.
    return [row for row in rows.only("last_day", "since", "appeal_number") if row.last_day >= row.since]


def days_before_end(on: date) -> int:
    """So many days before its end people are told, and another one may be decided upon."""
    return current().limit(Limit.TEMPORARY_NOTICE, on=on)


def person_of(appeal: Appeal) -> Applicant:
    """Whose status it is about: the patient's, where somebody wrote for another."""
    return appeal.patient or appeal.applicant


def iin_of(appeal: Appeal) -> str:
    """The IIN of that person, "" when it is not known or cannot be right."""
    said = reveal_iin(person_of(appeal))
    checked = check_iin(said) if said else None
    return checked.value if checked is not None and checked.valid and checked.value else ""
