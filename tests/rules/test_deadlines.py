"""Due dates: golden cases counted by hand, and a second computation written differently."""

import json
from bisect import bisect_left
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qorgau.rules.deadlines import CountsFrom, Policy, Purpose, Sheet, Unit, add_months, compute, ends_on, extend
from qorgau.rules.problems import Problem
from qorgau.rules.working_days import Calendar
from tests.rules.calendars import ALMATY, KAZAKHSTAN, NAURYZ, at

ARTICLE_76 = {"kk": "ӘРПК 76-бап", "ru": "АППК, ст. 76", "en": "Administrative Procedural Code, Art. 76"}


def rule(term, unit, purpose=Purpose.CONSIDERATION, **more):
    return Policy(code="rule", purpose=purpose, term=term, unit=unit, valid_from=date(2021, 7, 1), **more)


CONSIDERATION = rule(15, Unit.WORKING_DAYS, extension_months=2, notice_days=3, basis=ARTICLE_76, source_mark="V")
REDIRECTION = rule(3, Unit.WORKING_DAYS, Purpose.REDIRECTION)
CONSULTATION = rule(1, Unit.WORKING_DAYS, Purpose.CONSULTATION)
SUPPORT_SERVICE = rule(5, Unit.CALENDAR_DAYS, Purpose.SUPPORT_SERVICE)
ATTACHMENT = rule(1, Unit.WORKING_DAYS, Purpose.ATTACHMENT, taken_until=time(18))
RATING = rule(30, Unit.CALENDAR_DAYS, Purpose.RATING, rolls_forward=False)
NEXT_STAGE = rule(3, Unit.MONTHS, Purpose.NEXT_STAGE)


def due(policy, received):
    return compute(policy, received, KAZAKHSTAN).due_on


@pytest.mark.parametrize(
    ("policy", "received", "expected"),
    [
        # 10-13, 16-20, 26-27 March, 30 March - 2 April: over Women's Day and Nauryz
        (CONSIDERATION, at(2026, 3, 6), date(2026, 4, 2)),
        # 5 (a Sunday moved to work), 6, 8-10, 13-17, 20-24 January: over New Year and Christmas
        (CONSIDERATION, at(2024, 12, 31), date(2025, 1, 24)),
        # received on Saturday, registered on Monday
        (CONSIDERATION, at(2026, 2, 14), date(2026, 3, 10)),
        # over a year's end
        (CONSIDERATION, at(2025, 12, 19), date(2026, 1, 14)),
        # 31 August 2026 is counted
        (REDIRECTION, at(2026, 8, 28), date(2026, 9, 2)),
        # 1 September 2025 is not
        (REDIRECTION, at(2025, 8, 29), date(2025, 9, 4)),
        (REDIRECTION, at(2026, 3, 19), date(2026, 3, 27)),
        (CONSULTATION, at(2026, 3, 20, 17), date(2026, 3, 26)),
        (CONSULTATION, at(2026, 3, 18, 19), date(2026, 3, 20)),
        (SUPPORT_SERVICE, at(2026, 2, 4), date(2026, 2, 9)),
        # the last day, Saturday 7 March, moves over Women's Day
        (SUPPORT_SERVICE, at(2026, 3, 2), date(2026, 3, 10)),
        # received on Sunday, registered on Monday 2 February, 7 February is a Saturday
        (SUPPORT_SERVICE, at(2026, 2, 1), date(2026, 2, 9)),
        # a service that is taken until 18:00: on Thursday before and after it, on Friday, on the eve of a holiday
        (ATTACHMENT, at(2026, 3, 5, 17, 59), date(2026, 3, 6)),
        (ATTACHMENT, at(2026, 3, 5, 18), date(2026, 3, 10)),
        (ATTACHMENT, at(2026, 2, 13), date(2026, 2, 16)),
        (ATTACHMENT, at(2026, 2, 13, 19), date(2026, 2, 17)),
        (ATTACHMENT, at(2026, 2, 14), date(2026, 2, 17)),
        (ATTACHMENT, at(2026, 3, 20), date(2026, 3, 26)),
        # a term that does not roll may end on a day off
        (RATING, at(2026, 2, 20), date(2026, 3, 22)),
        (NEXT_STAGE, at(2026, 1, 30), date(2026, 4, 30)),
        (NEXT_STAGE, at(2025, 11, 28), date(2026, 3, 2)),  # 28 February is a Saturday
    ],
)
def test_terms_end_as_counted_by_hand(policy, received, expected):
    assert due(policy, received) == expected


@pytest.mark.parametrize(
    ("unit", "term", "next_day", "same_day"),
    [
        (Unit.WORKING_DAYS, 3, date(2026, 2, 12), date(2026, 2, 11)),
        (Unit.CALENDAR_DAYS, 3, date(2026, 2, 12), date(2026, 2, 11)),
        (Unit.MONTHS, 1, date(2026, 3, 9), date(2026, 3, 8)),
    ],
)
def test_the_first_day_of_a_term_is_a_matter_of_the_rule(unit, term, next_day, same_day):
    received = at(2026, 2, 9)
    assert due(rule(term, unit, rolls_forward=False), received) == next_day
    assert due(rule(term, unit, counts_from=CountsFrom.SAME_DAY, rolls_forward=False), received) == same_day


def test_the_sheet_names_every_step():
    sheet = compute(CONSIDERATION, at(2026, 3, 6, 19, 5), KAZAKHSTAN)
    assert [(step.on, str(step)) for step in sheet.steps] == [
        (date(2026, 3, 6), "Received on 6 March 2026, 19:05."),
        (date(2026, 3, 6), "The working day had ended at 18:30."),
        (date(2026, 3, 7), "7 March 2026 to 8 March 2026 are days off: weekend."),
        (date(2026, 3, 9), "9 March 2026 is a day off: International Women's Day."),
        (date(2026, 3, 10), "Registered on the next working day, 10 March 2026."),
        (date(2026, 3, 11), "Term in working days: 15. Counted from the next day, 11 March 2026."),
        (date(2026, 3, 14), "14 March 2026 to 15 March 2026 are days off: weekend."),
        (date(2026, 3, 21), "21 March 2026 to 22 March 2026 are days off: weekend."),
        (date(2026, 3, 23), "23 March 2026 is a day off: Nauryz."),
        (date(2026, 3, 24), "24 March 2026 is a day off: Nauryz."),
        (date(2026, 3, 25), "25 March 2026 is a day off: Nauryz."),
        (date(2026, 3, 28), "28 March 2026 to 29 March 2026 are days off: weekend."),
        (date(2026, 4, 3), "Due on 3 April 2026."),
        (None, "Basis: Administrative Procedural Code, Art. 76."),
    ]
    assert (sheet.registered_on, sheet.counted_from, sheet.first_due_on) == (
        date(2026, 3, 10),
        date(2026, 3, 11),
        date(2026, 4, 3),
    )
    assert not sheet.is_extended


def test_the_sheet_names_a_day_that_was_moved_to_work():
    steps = [str(step) for step in compute(REDIRECTION, at(2025, 1, 1), KAZAKHSTAN).steps]
    assert steps == [
        "Received on 1 January 2025, 10:00.",
        "1 January 2025 is a day off: New Year.",
        "2 January 2025 is a day off: New Year.",
        "3 January 2025 is a day off: New Year.",
        "4 January 2025 is a day off: weekend.",
        "Registered on the next working day, 5 January 2025.",
        "Term in working days: 3. Counted from the next day, 6 January 2025.",
        "7 January 2025 is a day off: Orthodox Christmas.",
        "Due on 9 January 2025.",
    ]
    steps = [str(step) for step in compute(REDIRECTION, at(2024, 12, 31), KAZAKHSTAN).steps]
    assert "5 January 2025 was declared a working day." in steps


def test_the_sheet_says_that_a_service_is_taken_for_a_part_of_the_day():
    assert [str(step) for step in compute(ATTACHMENT, at(2026, 3, 5, 18, 10), KAZAKHSTAN).steps] == [
        "Received on 5 March 2026, 18:10.",
        "Applications of this kind are taken until 18:00.",
        "It counts as received on the next working day, 6 March 2026.",
        "Term in working days: 1. Counted from the next day, 7 March 2026.",
        "7 March 2026 to 8 March 2026 are days off: weekend.",
        "9 March 2026 is a day off: International Women's Day.",
        "Due on 10 March 2026.",
    ]


def test_the_sheet_says_why_the_last_day_moved():
    steps = [str(step) for step in compute(SUPPORT_SERVICE, at(2026, 3, 2), KAZAKHSTAN).steps]
    assert steps == [
        "Received on 2 March 2026, 10:00.",
        "Registered on the same day.",
        "Term in calendar days: 5. Counted from the next day, 3 March 2026.",
        "7 March 2026 to 8 March 2026 are days off: weekend.",
        "9 March 2026 is a day off: International Women's Day.",
        "The last day, 7 March 2026, is a day off, so the term ends on the next working day, 10 March 2026.",
        "Due on 10 March 2026.",
    ]


@pytest.mark.parametrize(
    ("purpose", "beginning"),
    [
        (Purpose.INFORMATION_REQUEST, "Asked on 2 March 2026, 10:00."),
        (Purpose.RATING, "Answered on 2 March 2026, 10:00."),
        (Purpose.NEXT_STAGE, "Answered on 2 March 2026, 10:00."),
        (Purpose.EXTENSION_NOTICE, "Extended on 2 March 2026, 10:00."),
        (Purpose.PUBLIC_SERVICE, "Received on 2 March 2026, 10:00."),
    ],
)
def test_the_sheet_begins_with_what_began_the_term(purpose, beginning):
    assert str(compute(rule(5, Unit.CALENDAR_DAYS, purpose), at(2026, 3, 2), KAZAKHSTAN).steps[0]) == beginning


def test_the_sheet_prints_one_step_a_line():
    sheet = compute(CONSULTATION, at(2026, 3, 2), KAZAKHSTAN)
    assert str(sheet).splitlines() == [str(step) for step in sheet.steps]


def test_the_moment_of_receipt_is_told_by_the_clock_on_the_wall():
    sheet = compute(CONSIDERATION, datetime(2026, 3, 6, 5, tzinfo=UTC), KAZAKHSTAN)
    assert str(sheet.steps[0]) == "Received on 6 March 2026, 10:00."


def test_a_moment_without_a_zone_is_our_own_mistake():
    with pytest.raises(TypeError, match="has no time zone"):
        compute(CONSIDERATION, datetime(2026, 3, 6), KAZAKHSTAN)


# Extension (Art. 76)

SHEET = compute(CONSIDERATION, at(2026, 3, 6), KAZAKHSTAN)  # due on 2 April 2026
DECIDED = at(2026, 3, 19, 12)


def extended(sheet=SHEET, *, reason="The clinic's archive is needed.", at=DECIDED, **more):
    return extend(sheet, reason=reason, at=at, calendar=KAZAKHSTAN, **more)


def refusal(*args, **more):
    with pytest.raises(Problem) as caught:
        extended(*args, **more)
    return str(caught.value), caught.value.field


def test_an_extension_adds_its_steps_and_keeps_the_earlier_ones():
    sheet = extended(until=date(2026, 5, 9))
    assert (sheet.due_on, sheet.first_due_on, sheet.notice_due_on) == (
        date(2026, 5, 12),
        date(2026, 4, 2),
        date(2026, 3, 27),
    )
    assert sheet.is_extended
    assert sheet.steps[: len(SHEET.steps)] == SHEET.steps
    assert [str(step) for step in sheet.steps[len(SHEET.steps) :]] == [
        "Extended on 19 March 2026. Reason: The clinic's archive is needed.",
        "9 May 2026 to 10 May 2026 are days off: weekend.",
        "11 May 2026 is a day off: Victory Day.",
        "The last day, 9 May 2026, is a day off, so the term ends on the next working day, 12 May 2026.",
        "The new due date is 12 May 2026; the latest one allowed is 2 June 2026.",
        "The applicant must be told by 27 March 2026 at the latest.",
    ]


def test_an_extension_may_be_given_in_months():
    assert extended(months=1).due_on == date(2026, 5, 4)  # 2 May is a Saturday
    assert extended(months=2).due_on == date(2026, 6, 2)


def test_the_limit_is_measured_from_the_first_due_date_however_often_the_term_is_extended():
    once = extended(months=1)
    assert extended(once, until=date(2026, 6, 2)).due_on == date(2026, 6, 2)
    assert refusal(once, until=date(2026, 6, 3)) == ("The term can be extended until 2 June 2026 at most.", "until")
    assert refusal(until=date(2026, 6, 3)) == ("The term can be extended until 2 June 2026 at most.", "until")
    assert refusal(months=3) == ("The term can be extended until 2 June 2026 at most.", "until")


def test_a_limit_on_a_day_off_moves_as_every_last_day_does():
    sheet = compute(CONSIDERATION, at(2026, 2, 16), KAZAKHSTAN)
    assert sheet.due_on == date(2026, 3, 10)
    longest = extended(sheet, at=at(2026, 2, 20), months=2)  # 10 May 2026 is a Sunday, 11 May is Victory Day
    assert longest.due_on == date(2026, 5, 12)


def test_an_extension_needs_a_reason():
    assert refusal(until=date(2026, 5, 8), reason=" \n") == (
        "Say why the term is extended: the decision must give its reasons.",
        "reason",
    )


@pytest.mark.parametrize("until", [date(2026, 4, 2), date(2026, 3, 20)])
def test_an_extension_goes_forward(until):
    assert refusal(until=until) == ("The new date must be later than 2 April 2026.", "until")
    assert refusal(months=0) == ("The new date must be later than 2 April 2026.", "until")


def test_a_term_that_is_over_cannot_be_extended():
    assert extended(until=date(2026, 4, 30), at=at(2026, 4, 2, 23)).due_on == date(2026, 4, 30)
    assert refusal(until=date(2026, 4, 30), at=at(2026, 4, 3, 0)) == (
        "The term ended on 2 April 2026; it can no longer be extended.",
        "until",
    )


def test_a_rule_may_forbid_extension():
    sheet = compute(SUPPORT_SERVICE, at(2026, 3, 2), KAZAKHSTAN)
    assert refusal(sheet, until=date(2026, 3, 20)) == ("This term cannot be extended.", "")


def test_a_rule_may_set_no_duty_to_tell():
    sheet = compute(rule(15, Unit.WORKING_DAYS, extension_months=1), at(2026, 3, 6), KAZAKHSTAN)
    assert extended(sheet, until=date(2026, 4, 30)).notice_due_on is None


@pytest.mark.parametrize("choice", [{}, {"until": date(2026, 5, 8), "months": 1}])
def test_an_extension_is_given_in_one_way(choice):
    with pytest.raises(TypeError, match="either until or months"):
        extended(**choice)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 6, 15), 0, date(2026, 6, 15)),
    ],
)
def test_months_end_on_the_same_day_or_the_last_one(day, months, expected):
    assert add_months(day, months) == expected


# Properties

moments = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1), timezones=st.just(UTC))
some_days = st.frozensets(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=60)
calendars = st.builds(
    lambda off, working: Calendar(days_off=dict.fromkeys(off, NAURYZ), working=working), some_days, some_days
)
rules_ = st.builds(
    rule,
    st.integers(1, 40),
    st.sampled_from(Unit),
    st.sampled_from(Purpose),
    counts_from=st.sampled_from(CountsFrom),
    rolls_forward=st.booleans(),
    basis=st.sampled_from(["", ARTICLE_76]),
).filter(lambda policy: policy.unit != Unit.MONTHS or policy.term <= 12)


def second_computation(policy, received, calendar):
    """The due date once more, out of one list of the working days of five years."""
    first = date(2024, 1, 1)
    every = [first + timedelta(days=offset) for offset in range(365 * 5)]
    free = {day for day in every if day.isoweekday() > 5} | set(calendar.days_off)
    work = sorted((set(every) - free) | calendar.working)
    local = received.astimezone(ALMATY)
    start = work[bisect_left(work, local.date() + timedelta(days=(local.hour, local.minute) >= (18, 30)))]
    skip = 1 if policy.counts_from == CountsFrom.NEXT_DAY else 0
    if policy.unit == Unit.WORKING_DAYS:
        return work[bisect_left(work, start) + policy.term - 1 + skip]
    if policy.unit == Unit.CALENDAR_DAYS:
        last = every[every.index(start) + policy.term - 1 + skip]
    else:
        before = start - timedelta(days=1 - skip)
        months = before.year * 12 + before.month + policy.term - 1
        this_month = [day for day in every if day.year * 12 + day.month - 1 == months]
        last = this_month[min(before.day, len(this_month)) - 1]
    return work[bisect_left(work, last)] if policy.rolls_forward else last


@given(rules_, moments, calendars)
def test_due_dates_agree_with_a_second_computation(policy, received, calendar):
    due_on = second_computation(policy, received, calendar)
    assert compute(policy, received, calendar).due_on == ends_on(policy, received, calendar) == due_on


@given(rules_, moments, calendars)
def test_a_sheet_survives_the_way_through_json_and_prints_the_same(policy, received, calendar):
    sheet = compute(policy, received, calendar)
    again = Sheet.from_json(json.loads(json.dumps(sheet.to_json())))
    assert again == sheet
    assert str(again) == str(sheet)


@given(st.integers(1, 40), moments, calendars)
def test_the_skipped_days_on_the_sheet_add_up_to_the_calendar(term, received, calendar):
    """Calendar days from the first to the last day, less the days off the sheet names, are the term."""
    sheet = compute(rule(term, Unit.WORKING_DAYS), received, calendar)
    place = next(i for i, step in enumerate(sheet.steps) if step.sentence.text.startswith("Term in"))
    skipped = 0
    for step in sheet.steps[place:]:
        facts = step.sentence.facts
        if "first" in facts:
            skipped += (facts["last"] - facts["first"]).days + 1
        elif "is a day off" in step.sentence.text:
            skipped += 1
    assert (sheet.due_on - sheet.counted_from).days + 1 - skipped == term


@given(moments, calendars, st.integers(0, 120), st.integers(0, 40))
def test_an_extension_never_passes_two_months_rolled_to_a_working_day(received, calendar, later, decided):
    sheet = compute(CONSIDERATION, received, calendar)
    at = received + timedelta(days=decided)
    try:
        longer = extend(sheet, reason="x", at=at, calendar=calendar, until=sheet.due_on + timedelta(days=later))
    except Problem:
        return
    assert sheet.due_on < longer.due_on <= calendar.roll_forward(add_months(sheet.due_on, 2))
    assert calendar.is_working(longer.due_on)
    days_after = [at.astimezone(ALMATY).date() + timedelta(days=n) for n in range(1, 100)]
    assert longer.notice_due_on == [day for day in days_after if calendar.is_working(day)][2]
