"""Lawful terms, computed from now and in the words of people."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from qorgau.directory.models import Topic
from qorgau.directory.reference import current
from qorgau.intake.placing import terms_that_begin
from qorgau.rules.deadlines import Policy, Purpose, Sheet, Unit, compute
from qorgau.rules.kinds import Kind
from qorgau.rules.ladder import DeskKind


def term_at(desk_kind: DeskKind, kind: Kind, now: datetime, topic: Topic | None = None) -> Sheet:
    """The term an appeal of this kind would have at a desk of this kind if it came now.

    Of the lawful term and the one beside it, that of the topic or of the desk, it is the one that ends first, as in
    intake.
    """
    purposes = terms_that_begin(topic, kind, desk_kind)
    return min((_term(purpose, desk_kind, kind, now) for purpose in purposes), key=lambda sheet: sheet.due_on)


def _term(purpose: Purpose, desk_kind: DeskKind, kind: Kind, now: datetime) -> Sheet:
    reference = current()
    today = timezone.localdate(now)
    policy = reference.policy(purpose, on=today, kind=kind, desk_kind=desk_kind)
    return compute(policy, now, reference.calendar_on(today))


def term_words(policy: Policy) -> str:
    """How long a term is: 5 calendar days, 15 working days, 2 months."""
    match policy.unit:
        case Unit.WORKING_DAYS:
            words = ngettext("%(n)s working day", "%(n)s working days", policy.term)
        case Unit.CALENDAR_DAYS:
            words = ngettext("%(n)s calendar day", "%(n)s calendar days", policy.term)
        case Unit.MONTHS:
            words = ngettext("%(n)s month", "%(n)s months", policy.term)
    return words % {"n": policy.term}
