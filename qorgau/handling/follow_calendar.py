"""Terms that run when a day of the calendar is moved are counted anew.

Every term that moves leaves a journal line with the reason and a step on its sheet. The applicant is told when the
answer they were promised comes later; the desk is told when its term ends earlier, so that nothing grows shorter in
silence. Each appeal is a transaction of its own: whoever is killed in the middle goes on where it was.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction

from qorgau.directory.models import Change, HolidayOverride
from qorgau.directory.reference import refresh
from qorgau.notices.outbox import tell, tell_desk
from qorgau.notices.topics import Topic
from qorgau.register import clocks
from qorgau.register.actors import CLOCK
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.merged import link_to_leading
from qorgau.register.models import Appeal, CalendarFollowed, Clock, InformationRequest
from qorgau.rules.deadlines import Purpose, Sheet, count_anew
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.working_days import Calendar

MOVED = "calendar"
"""The word of the journal line."""


def follow_calendar(at: datetime) -> int:
    """Let the terms that run follow what changed in the calendar since the last time; how many of them moved."""
    followed = CalendarFollowed.objects.values("change")
    changes = Change.objects.filter(model=HolidayOverride._meta.label_lower).exclude(pk__in=followed)
    return sum(_follow(one, at) for one in changes.order_by("pk"))


def _follow(changed: Change, at: datetime) -> int:
    """The terms that a change touches. When somebody was faster than we at one of them, the change waits for them."""
    # The change was written before we saw it; what lies in memory may be older.
    calendar = refresh().calendar
    # Rows of the calendar are never deleted, nor is their day changed.
    day = HolidayOverride.objects.get(pk=changed.row_id).day
    moved, complete = 0, True
    for appeal_id in _touched(day, calendar):
        try:
            with transaction.atomic():
                moved += _count_anew(appeal_id, day, calendar, at)
        except SomebodyWasFaster:
            complete = False
    if complete:
        CalendarFollowed.objects.create(change=changed, at=at, moved=moved)
    return moved


def _touched(day: date, calendar: Calendar) -> list[int]:
    """The appeals on which a term runs that had begun by this day and had not ended before it."""
    day_after = datetime.combine(day + timedelta(days=1), time(), calendar.zone)
    touched = Clock.objects.filter(stopped_at__isnull=True, started_at__lt=day_after, due_on__gte=day)
    return list(touched.order_by("appeal_id").values_list("appeal_id", flat=True).distinct())


def _count_anew(appeal_id: int, day: date, calendar: Calendar, at: datetime) -> int:
    appeal = Appeal.objects.select_related("holder", "applicant").get(pk=appeal_id)
    promised, moved = appeal.due_on, 0
    for clock in clocks.running(appeal):
        sheet = Sheet.from_json(clock.sheet)
        anew = count_anew(sheet, moved=day, at=at, calendar=calendar)
        if anew is not sheet:
            _let_end(clock, anew, appeal, day, calendar, at)
            moved += 1
    if moved and promised is not None and appeal.due_on is not None and appeal.due_on > promised:
        facts = {"due_on": appeal.due_on}
        tell(topic=Topic.CALENDAR_MOVED, appeal_number=appeal.number, applicant=appeal.applicant, facts=facts, at=at)
    return moved


def _let_end(clock: Clock, sheet: Sheet, appeal: Appeal, day: date, calendar: Calendar, at: datetime) -> None:
    before, clock.due_on, clock.sheet = clock.due_on, sheet.due_on, sheet.to_json()
    clock.reminded_at = None
    if clock.due_on >= calendar.local(at).date():
        clock.overdue_at = clock.escalated_at = None
    clock.save(update_fields=["due_on", "sheet", "reminded_at", "overdue_at", "escalated_at"])
    because = _because(day, calendar, before=before, now=clock.due_on)
    details = {"purpose": clock.purpose}
    fields = _of_the_answer(appeal, clock, calendar, at)
    change(appeal, verb=MOVED, actor=CLOCK, at=at, because=because, details=details, **fields)
    link = link_to_leading(appeal)
    if link is not None and clock.purpose in clocks.OF_THE_ANSWER:
        fields = _of_the_answer(link.earlier, clock, calendar, at)
        if fields:
            change(link.earlier, verb=MOVED, actor=CLOCK, at=at, because=because, **fields)
    if clock.due_on < before:
        _tell_desk(clock, appeal, at)


def _of_the_answer(appeal: Appeal, clock: Clock, calendar: Calendar, at: datetime) -> dict[str, Any]:
    """What of the appeal itself follows, when the term was one of its answer."""
    if clock.purpose not in clocks.OF_THE_ANSWER or appeal.due_on is None:
        return {}
    due_on = clocks.nearest_due(appeal)
    fields: dict[str, Any] = {"due_on": due_on} if due_on != appeal.due_on else {}
    if appeal.overdue and due_on is not None and due_on >= calendar.local(at).date():
        fields["overdue"] = False
    return fields


def _because(day: date, calendar: Calendar, *, before: date, now: date) -> Sentence:
    if calendar.is_working(day):
        text = N_("{moved} became a working day: the term ends on {day} instead of {before}.")
    else:
        text = N_("{moved} became a day off: the term ends on {day} instead of {before}.")
    return Sentence(text, {"moved": day, "day": now, "before": before})


def _tell_desk(clock: Clock, appeal: Appeal, at: datetime) -> None:
    desk = appeal.holder
    if clock.purpose == Purpose.INFORMATION_REQUEST:
        desk = InformationRequest.objects.select_related("asked").get(clock=clock).asked
    facts = {"due_on": clock.due_on}
    tell_desk(topic=Topic.CALENDAR_MOVED_AT_DESK, appeal_number=appeal.number, desk=desk, facts=facts, at=at)
