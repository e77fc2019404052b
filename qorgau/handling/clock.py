"""What passing time does: overdue marks, reminders, escalation, word that a temporary status ends, and closing of what
nobody rated.

Every step is a journal line with its notice, in a transaction of its own; an appeal that moved meanwhile is left for
the next run. Nobody is reminded outside working hours, nor while the ball is with the applicant.

The term of a request for information is the clinic's, not the appeal's: its passing is told to the clinic, and neither
makes the appeal late nor goes to anybody's head.
"""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from qorgau.directory.reference import Reference, current
from qorgau.handling.ending import end
from qorgau.handling.moving import move
from qorgau.handling.temporary_end import nearly_over, tell_of_end
from qorgau.notices.outbox import tell, tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.absences import substitute_of
from qorgau.people.models import Staff
from qorgau.register.actors import CLOCK
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.merged import link_to_leading
from qorgau.register.models import Appeal, Clock, InformationRequest
from qorgau.rules.deadlines import Purpose, ends_on
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import HEADS
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import State, Verb

REMIND_WORKING_DAYS_BEFORE = 2
ESCALATE_WORKING_DAYS_AFTER = 1
# One run takes so many of each; what is left waits for the next run, a few minutes later.
_BATCH = 500


def run(at: datetime) -> Counter[str]:
    """Do everything that is due at this moment; how many of each thing were done."""
    reference = current()
    done: Counter[str] = Counter()
    for clock in _overdue(at, reference):
        done["overdue"] += _alone(partial(_mark_overdue, clock, at))
    if reference.calendar.is_open(at):
        for clock in _nearly_due(at, reference):
            done["reminded"] += _alone(partial(_remind, clock, at))
        for clock in _long_overdue(at, reference):
            done["escalated"] += _alone(partial(_escalate, clock, at))
        for granted in nearly_over(at, reference)[:_BATCH]:
            done["temporary_ends"] += _alone(partial(tell_of_end, granted, at))
    for appeal in _unrated(at, reference):
        done["closed"] += _alone(partial(_close_unrated, appeal, at))
    return done


def _alone(step: Callable[[], None]) -> int:
    try:
        with transaction.atomic():
            step()
    except SomebodyWasFaster:
        return 0
    return 1


def _running() -> QuerySet[Clock]:
    clocks = Clock.objects.filter(stopped_at__isnull=True)
    return clocks.select_related("appeal__holder", "appeal__applicant", "appeal__assignee").order_by("due_on", "id")


def _overdue(at: datetime, reference: Reference) -> QuerySet[Clock]:
    today = reference.calendar.local(at).date()
    return _running().filter(due_on__lt=today, overdue_at__isnull=True)[:_BATCH]


def _nearly_due(at: datetime, reference: Reference) -> QuerySet[Clock]:
    today = reference.calendar.local(at).date()
    soon = reference.calendar.add_working_days(today, REMIND_WORKING_DAYS_BEFORE)
    nearly = _running().filter(due_on__range=(today, soon), reminded_at__isnull=True)
    return nearly.exclude(appeal__state=State.AWAITING_APPLICANT.value)[:_BATCH]


def _long_overdue(at: datetime, reference: Reference) -> QuerySet[Clock]:
    calendar = reference.calendar
    day = calendar.local(at).date()
    for _ in range(ESCALATE_WORKING_DAYS_AFTER):
        day = calendar.previous_working_day(day)
    late = _running().filter(due_on__lt=day, overdue_at__isnull=False, escalated_at__isnull=True)
    late = late.exclude(purpose=Purpose.INFORMATION_REQUEST.value)
    return late.exclude(appeal__state=State.AWAITING_APPLICANT.value)[:_BATCH]


def _unrated(at: datetime, reference: Reference) -> list[Appeal]:
    # No rating term is shorter than a day, so yesterday's answers need not be looked at.
    answered = Appeal.objects.filter(state=State.ANSWERED.value, answered_at__lt=at - timedelta(days=1))
    answered = answered.select_related("holder", "applicant").order_by("answered_at", "id")[:_BATCH]
    return [appeal for appeal in answered if _rating_is_over(appeal, at, reference)]


def _rating_is_over(appeal: Appeal, at: datetime, reference: Reference) -> bool:
    assert appeal.answered_at is not None, "an answered appeal knows when"
    policy = reference.policy(
        Purpose.RATING,
        on=appeal.answered_at.date(),
        kind=Kind(appeal.kind),
        procedure=Procedure(appeal.procedure),
        desk_kind=DeskKind(appeal.holder.kind),
    )
    return reference.calendar.local(at).date() > ends_on(policy, appeal.answered_at, reference.calendar)


def _mark_overdue(clock: Clock, at: datetime) -> None:
    appeal = clock.appeal
    late = Sentence(N_("The term ended on {day}."), {"day": clock.due_on})
    details = {"purpose": clock.purpose}
    if clock.purpose == Purpose.INFORMATION_REQUEST:
        change(appeal, verb="late_reply", actor=CLOCK, at=at, because=late, details=details)
    else:
        change(appeal, verb="overdue", actor=CLOCK, at=at, because=late, details=details, overdue=True)
        _mark_leading(appeal, late, at, details=details)
    clock.overdue_at = at
    clock.save(update_fields=["overdue_at"])
    _tell(Topic.OVERDUE, clock, at)


def _mark_leading(appeal: Appeal, late: Sentence, at: datetime, *, details: dict[str, str]) -> None:
    """What an appeal is part of is late with it: the earliest term counts."""
    link = link_to_leading(appeal) if appeal.state == State.MERGED else None
    if link is not None:
        change(link.earlier, verb="merged_overdue", actor=CLOCK, at=at, because=late, details=details, overdue=True)


def _remind(clock: Clock, at: datetime) -> None:
    soon = Sentence(N_("The term ends on {day}."), {"day": clock.due_on})
    details = {"purpose": clock.purpose, "reminded": _present(clock.appeal.assignee, at)}
    change(clock.appeal, verb="remind", actor=CLOCK, at=at, because=soon, details=details)
    clock.reminded_at = at
    clock.save(update_fields=["reminded_at"])
    _tell(Topic.REMINDER_DUE, clock, at)


def _escalate(clock: Clock, at: datetime) -> None:
    appeal = clock.appeal
    head = Staff.objects.filter(desk=appeal.holder, role__in=HEADS, is_active=True).order_by("pk").first()
    change(
        appeal,
        verb="escalate",
        actor=CLOCK,
        at=at,
        because=Sentence(N_("The term ended on {day}; the head of the desk was told."), {"day": clock.due_on}),
        details={"purpose": clock.purpose, "head": _present(head, at)},
    )
    clock.escalated_at = at
    clock.save(update_fields=["escalated_at"])
    _tell(Topic.ESCALATED, clock, at)


def _present(person: Staff | None, at: datetime) -> int | None:
    """Whom it is meant for: this person, or while they are away whoever stands in for them."""
    if person is None:
        return None
    return (substitute_of(person, timezone.localdate(at)) or person).pk


def _tell(topic: Topic, clock: Clock, at: datetime) -> None:
    """Tell the desk whose term it is: the one that was asked, else the one that holds the appeal."""
    desk, facts = clock.appeal.holder, {"due_on": clock.due_on}
    if clock.purpose == Purpose.INFORMATION_REQUEST:
        desk = InformationRequest.objects.select_related("asked").get(clock=clock).asked
    tell_desk(topic=topic, appeal_number=clock.appeal.number, desk=desk, facts=facts, at=at)


def _close_unrated(appeal: Appeal, at: datetime) -> None:
    move(
        Verb.CLOSE_UNRATED,
        appeal,
        by=CLOCK,
        at=at,
        because=Sentence(N_("The answer was not rated in time; the way to a higher desk stays open.")),
        closed_at=at,
    )
    end(appeal, at=at)
    tell(topic=Topic.CLOSED_UNRATED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=at)
