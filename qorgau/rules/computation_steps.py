"""The steps of a computation sheet in words.

No sentence depends on whether a number is one or many: Russian would need three of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from qorgau.rules.computation_sheet import Step
from qorgau.rules.policies import CountsFrom, Policy, Purpose, Unit
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.working_days import WEEKEND_NAME, Calendar

_DAY = timedelta(days=1)

_RECEIVED = N_("Received on {moment}.")
_COUNTS_AS = N_("It counts as received on the next working day, {day}.")
"""The lawful registration may well be of the day before: working hours end later than such applications are taken."""
_BEGINNINGS = {
    Purpose.INFORMATION_REQUEST: N_("Asked on {moment}."),
    Purpose.RATING: N_("Answered on {moment}."),
    Purpose.NEXT_STAGE: N_("Answered on {moment}."),
    Purpose.EXTENSION_NOTICE: N_("Extended on {moment}."),
}

_COUNTING = {
    (Unit.WORKING_DAYS, CountsFrom.NEXT_DAY): N_("Term in working days: {term}. Counted from the next day, {day}."),
    (Unit.WORKING_DAYS, CountsFrom.SAME_DAY): N_("Term in working days: {term}. Counted from the same day, {day}."),
    (Unit.CALENDAR_DAYS, CountsFrom.NEXT_DAY): N_("Term in calendar days: {term}. Counted from the next day, {day}."),
    (Unit.CALENDAR_DAYS, CountsFrom.SAME_DAY): N_("Term in calendar days: {term}. Counted from the same day, {day}."),
    (Unit.MONTHS, CountsFrom.NEXT_DAY): N_("Term in months: {term}. Counted from the next day, {day}."),
    (Unit.MONTHS, CountsFrom.SAME_DAY): N_("Term in months: {term}. Counted from the same day, {day}."),
}


def steps_of_receipt(policy: Policy, local: datetime, registered_on: date, calendar: Calendar) -> Iterator[Step]:
    """What began the term, on which day it was registered, and why that is another day if it is."""
    arrived_on = local.date()
    yield Step(arrived_on, Sentence(_BEGINNINGS.get(policy.purpose, _RECEIVED), {"moment": local}))
    if registered_on == arrived_on:
        yield Step(registered_on, Sentence(N_("Registered on the same day.")))
        return
    if calendar.is_working(arrived_on):
        if policy.taken_until:
            ended = Sentence(
                N_("Applications of this kind are taken until {time}."), {"time": _clock(policy.taken_until)}
            )
        else:
            ended = Sentence(N_("The working day had ended at {time}."), {"time": _clock(calendar.closes)})
        yield Step(arrived_on, ended)
    yield from steps_of_rest(arrived_on, registered_on - _DAY, calendar)
    text = _COUNTS_AS if policy.taken_until else N_("Registered on the next working day, {day}.")
    registered = Sentence(text, {"day": registered_on})
    yield Step(registered_on, registered)


def step_of_counting(policy: Policy, counted_from: date) -> Step:
    """How long the term is, in what, and its first day."""
    text = _COUNTING[policy.unit, policy.counts_from]
    return Step(counted_from, Sentence(text, {"term": policy.term, "day": counted_from}))


def steps_of_rest(first: date, last: date, calendar: Calendar) -> Iterator[Step]:
    """The days off between two dates: holidays one by one with their names, the days of a weekend together.

    A day that a decree moved to work is named as well, since people would expect it to be skipped.
    """
    day = first
    while day <= last:
        name = calendar.names(day)
        until = _end_of_weekend(day, last, calendar) if name is WEEKEND_NAME else day
        if name is None:
            if calendar.is_moved_to_work(day):
                yield Step(day, Sentence(N_("{day} was declared a working day."), {"day": day}))
        elif until == day:
            yield Step(day, Sentence(N_("{day} is a day off: {name}."), {"day": day, "name": name}))
        else:
            text = N_("{first} to {last} are days off: {name}.")
            yield Step(day, Sentence(text, {"first": day, "last": until, "name": name}))
        day = until + _DAY


def steps_of_rolling(last_day: date, due_on: date, calendar: Calendar) -> Iterator[Step]:
    """Why a term does not end on its last day; nothing when it does."""
    if due_on == last_day:
        return
    yield from steps_of_rest(last_day, due_on - _DAY, calendar)
    text = N_("The last day, {day}, is a day off, so the term ends on the next working day, {due}.")
    yield Step(due_on, Sentence(text, {"day": last_day, "due": due_on}))


def step_of_end(due_on: date) -> Step:
    """The day all the others lead to."""
    return Step(due_on, Sentence(N_("Due on {day}."), {"day": due_on}))


def steps_of_basis(policy: Policy) -> Iterator[Step]:
    """The act or agreement that sets the term, if the row names one."""
    if policy.basis:
        yield Step(None, Sentence(N_("Basis: {basis}."), {"basis": policy.basis}))


def step_of_moved_day(moved: date, seen_on: date, calendar: Calendar) -> Step:
    """Why a term that runs was counted anew."""
    if calendar.is_working(moved):
        text = N_("{moved} became a working day, so the term was counted anew on {day}.")
    else:
        text = N_("{moved} became a day off, so the term was counted anew on {day}.")
    return Step(seen_on, Sentence(text, {"moved": moved, "day": seen_on}))


def step_of_decision(decided_on: date, reason: str) -> Step:
    """The decision to extend, with its reason as it was written."""
    return Step(decided_on, Sentence(N_("Extended on {day}. Reason: {reason}"), {"day": decided_on, "reason": reason}))


def step_of_new_end(due_on: date, limit: date) -> Step:
    """The day the term now ends, and how far it could have been extended."""
    text = N_("The new due date is {day}; the latest one allowed is {limit}.")
    return Step(due_on, Sentence(text, {"day": due_on, "limit": limit}))


def steps_of_notice(notice_due_on: date | None) -> Iterator[Step]:
    """The last day to tell the applicant, if the row sets one."""
    if notice_due_on is not None:
        sentence = Sentence(N_("The applicant must be told by {day} at the latest."), {"day": notice_due_on})
        yield Step(notice_due_on, sentence)


def _clock(moment: time) -> str:
    return f"{moment:%H:%M}"


def _end_of_weekend(day: date, last: date, calendar: Calendar) -> date:
    """The last day of the unnamed weekend that ``day`` is in, up to ``last``."""
    while day < last and calendar.names(day + _DAY) is WEEKEND_NAME:
        day += _DAY
    return day
