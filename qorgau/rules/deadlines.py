"""Due dates: computing a term set by law or agreement, and extending it.

A :class:`Policy` is one dated row that administrators keep; what it says is interpreted here. The result is a
:class:`Sheet` that names every step from receipt to due date in plain words.

Source: АППК Art. 64, 65, 76 (DOMAIN §4.3, §4.4).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from qorgau.rules import computation_steps as steps
from qorgau.rules.computation_sheet import Sheet, Step
from qorgau.rules.policies import CountsFrom, Policy, Purpose, Unit, policy_in_force
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.working_days import Calendar

__all__ = [
    "CountsFrom",
    "Policy",
    "Purpose",
    "Sheet",
    "Step",
    "Unit",
    "add_months",
    "compute",
    "count_anew",
    "ends_on",
    "extend",
    "policy_in_force",
]

_DAY = timedelta(days=1)


def compute(policy: Policy, received: datetime, calendar: Calendar) -> Sheet:
    """The computation sheet of a term that begins with what happened at ``received`` (an aware moment).

    In working days, the last day is the ``term``-th working day. In calendar days and months, a last day that is a day
    off moves to the next working day if the policy says so. A term in months ends on the same day of the month, or on
    the month's last day when it is shorter.
    """
    local = calendar.local(received)
    registered_on, counted_from, last_day, due_on = _days_of(policy, local, calendar)
    counts_working_days = policy.unit == Unit.WORKING_DAYS
    return Sheet(
        policy=policy,
        received=local,
        registered_on=registered_on,
        counted_from=counted_from,
        first_due_on=due_on,
        due_on=due_on,
        steps=(
            *steps.steps_of_receipt(policy, local, registered_on, calendar),
            steps.step_of_counting(policy, counted_from),
            *(steps.steps_of_rest(counted_from, last_day, calendar) if counts_working_days else ()),
            *steps.steps_of_rolling(last_day, due_on, calendar),
            steps.step_of_end(due_on),
            *steps.steps_of_basis(policy),
        ),
    )


def ends_on(policy: Policy, received: datetime, calendar: Calendar) -> date:
    """The due date that :func:`compute` comes to, for whoever reads no sheet."""
    return _days_of(policy, calendar.local(received), calendar).due_on


def extend(
    sheet: Sheet,
    *,
    reason: str,
    at: datetime,
    calendar: Calendar,
    until: date | None = None,
    months: int | None = None,
) -> Sheet:
    """The sheet with its term extended to ``until``, or by ``months`` calendar months, by a decision taken ``at``.

    Art. 76: a reasoned decision, a reasonable term, not over two months. The limit is the policy's ``extension_months``
    in calendar months from the first due date, however often the term is extended; a limit that is a day off moves to
    the next working day as every last day does. The applicant must be told within the policy's ``notice_days`` working
    days from the decision. Exactly one of ``until`` and ``months`` must be given, or ``TypeError`` is raised.

    Raises Problem when the policy allows no extension, the reason is empty, the term is over already, or the new date
    is not later than the present one or lies beyond the limit.
    """
    if (until is None) == (months is None):
        raise TypeError("give either until or months")
    policy = sheet.policy
    decided_on = calendar.local(at).date()
    _check_that_it_may_be_extended(sheet, reason, decided_on)
    last_day = until if until is not None else add_months(sheet.due_on, months or 0)
    due_on = _rolled(policy, last_day, calendar)
    limit = last_extended_day(sheet, calendar)
    if due_on <= sheet.due_on:
        raise Problem(Sentence(N_("The new date must be later than {day}."), {"day": sheet.due_on}), "until")
    if due_on > limit:
        raise Problem(Sentence(N_("The term can be extended until {day} at most."), {"day": limit}), "until")
    notice_due_on = calendar.add_working_days(decided_on, policy.notice_days) if policy.notice_days else None
    return replace(
        sheet,
        due_on=due_on,
        notice_due_on=notice_due_on,
        steps=(
            *sheet.steps,
            steps.step_of_decision(decided_on, reason.strip()),
            *steps.steps_of_rolling(last_day, due_on, calendar),
            steps.step_of_new_end(due_on, limit),
            *steps.steps_of_notice(notice_due_on),
        ),
    )


def last_extended_day(sheet: Sheet, calendar: Calendar) -> date:
    """The day until which the term can be extended at most, as `extend` counts it."""
    policy = sheet.policy
    return _rolled(policy, add_months(sheet.first_due_on, policy.extension_months), calendar)


def count_anew(sheet: Sheet, *, moved: date, at: datetime, calendar: Calendar) -> Sheet:
    """The sheet counted anew because the day ``moved`` of the calendar became a working day or a day off, seen ``at``.

    The day of receipt stands as it was registered (Art. 64). A term that was extended to a day keeps that day, unless
    it is a day off now. A term that would end earlier ends no sooner than on the next working day after ``at``, so that
    a decree makes nobody late. The same sheet comes back when its end stands.
    """
    policy, seen_on = sheet.policy, calendar.local(at).date()
    last_day = sheet.due_on if sheet.is_extended else _last_day(policy, sheet.counted_from, calendar)
    due_on = _rolled(policy, last_day, calendar)
    if due_on < sheet.due_on:
        due_on = min(max(due_on, calendar.next_working_day(seen_on)), sheet.due_on)
    if due_on == sheet.due_on:
        return sheet
    return replace(
        sheet,
        first_due_on=sheet.first_due_on if sheet.is_extended else due_on,
        due_on=due_on,
        steps=(*sheet.steps, steps.step_of_moved_day(moved, seen_on, calendar), steps.step_of_end(due_on)),
    )


def add_months(day: date, months: int) -> date:
    """The same day of the month ``months`` later, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


class _Days(NamedTuple):
    registered_on: date
    counted_from: date
    last_day: date
    due_on: date


def _days_of(policy: Policy, local: datetime, calendar: Calendar) -> _Days:
    taken = replace(calendar, closes=policy.taken_until) if policy.taken_until else calendar
    registered_on = taken.day_of_receipt(local)
    counted_from = registered_on + _DAY if policy.counts_from == CountsFrom.NEXT_DAY else registered_on
    last_day = _last_day(policy, counted_from, calendar)
    return _Days(registered_on, counted_from, last_day, _rolled(policy, last_day, calendar))


def _last_day(policy: Policy, counted_from: date, calendar: Calendar) -> date:
    day_before = counted_from - _DAY
    match policy.unit:
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(day_before, policy.term)
        case Unit.CALENDAR_DAYS:
            return day_before + timedelta(days=policy.term)
        case Unit.MONTHS:
            return add_months(day_before, policy.term)


def _rolled(policy: Policy, day: date, calendar: Calendar) -> date:
    return calendar.roll_forward(day) if policy.rolls_forward else day


def _check_that_it_may_be_extended(sheet: Sheet, reason: str, decided_on: date) -> None:
    if sheet.policy.extension_months == 0:
        raise Problem(Sentence(N_("This term cannot be extended.")))
    if not reason.strip():
        raise Problem(Sentence(N_("Say why the term is extended: the decision must give its reasons.")), "reason")
    if decided_on > sheet.due_on:
        sentence = Sentence(N_("The term ended on {day}; it can no longer be extended."), {"day": sheet.due_on})
        raise Problem(sentence, "until")
