"""Terms that run follow the calendar: written down, told when the answer comes later, never shorter in silence."""

from datetime import date, datetime, timedelta

import pytest

from qorgau.directory.changes import record, values_of
from qorgau.directory.models import HolidayOverride
from qorgau.handling.accept import accept
from qorgau.handling.extend import extend
from qorgau.handling.follow_calendar import follow_calendar
from qorgau.handling.merge import merge
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.request_information import request_information
from qorgau.handling.withdraw import withdraw
from qorgau.notices.models import Notice
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.models import Appeal, CalendarFollowed, Clock, JournalLine
from qorgau.rules.deadlines import Sheet
from qorgau.rules.roles import Role
from tests.factories import ALMATY, NOON, World, appeal, staff

# An appeal of Tuesday 2 June to the Fund: fifteen working days, until Tuesday 23 June.
DUE = date(2026, 6, 23)
LATER = NOON + timedelta(days=3)
SATURDAY, MONDAY = date(2026, 6, 20), date(2026, 6, 15)


def move(day: date, *, works: bool) -> HolidayOverride:
    """As an administrator does it."""
    row = HolidayOverride.objects.filter(day=day).first() or HolidayOverride(day=day, name_ru="Перенос")
    before = values_of(row) if row.pk else {}
    row.is_working = works
    row.save()
    record(row, before=before)
    return row


@pytest.fixture
def at_branch(world: World) -> Appeal:
    world.branch.email = "desk@fund.example"
    world.branch.save()
    one = appeal(wish="fund", region=world.astana.kato)
    assert one.due_on == DUE
    return one


def last_line(one: Appeal) -> JournalLine:
    return JournalLine.objects.filter(appeal=one).latest("sequence")


def topics(one: Appeal) -> list[str]:
    return [
        topic
        for topic in Notice.objects.filter(appeal_number=one.number).order_by("pk").values_list("topic", flat=True)
        if topic.startswith("calendar")
    ]


def test_a_day_off_within_the_term_moves_its_end_and_the_applicant_is_told(at_branch: Appeal) -> None:
    move(MONDAY, works=False)
    assert follow_calendar(LATER) == 1

    at_branch.refresh_from_db()
    clock = Clock.objects.get(appeal=at_branch)
    assert at_branch.due_on == clock.due_on == date(2026, 6, 24)
    sheet = Sheet.from_json(clock.sheet)
    assert (sheet.due_on, sheet.registered_on, sheet.is_extended) == (clock.due_on, NOON.date(), False)
    assert "15 June 2026 became a day off, so the term was counted anew on 5 June 2026." in str(sheet)
    line = last_line(at_branch)
    assert (line.verb, line.actor, line.before["due_on"], line.after["due_on"]) == (
        "calendar", "clock", "2026-06-23", "2026-06-24",
    )  # fmt: skip
    assert "became a day off" in str(line.because)
    assert topics(at_branch) == ["calendar_moved"]


def test_every_change_is_followed_once(at_branch: Appeal) -> None:
    row = move(MONDAY, works=False)
    assert [follow_calendar(LATER), follow_calendar(LATER)] == [1, 0]
    assert CalendarFollowed.objects.get().moved == 1

    row.name_ru = "Другое имя"
    before = values_of(HolidayOverride.objects.get())
    row.save()
    record(row, before=before)
    assert follow_calendar(LATER) == 0
    assert CalendarFollowed.objects.count() == 2


def test_a_working_day_within_the_term_ends_it_earlier_and_the_desk_is_told(at_branch: Appeal) -> None:
    move(SATURDAY, works=True)
    assert follow_calendar(LATER) == 1

    at_branch.refresh_from_db()
    assert at_branch.due_on == date(2026, 6, 22)
    assert "became a working day" in str(last_line(at_branch).because)
    assert topics(at_branch) == ["calendar_moved_at_desk"]


def test_nobody_is_late_by_a_decree(at_branch: Appeal) -> None:
    move(SATURDAY, works=True)
    seen = datetime(2026, 6, 22, 12, tzinfo=ALMATY)
    assert follow_calendar(seen) == 0
    at_branch.refresh_from_db()
    assert at_branch.due_on == DUE


@pytest.mark.parametrize("day", [date(2026, 5, 29), date(2026, 6, 24), date(2026, 12, 31)])
def test_a_day_outside_the_term_moves_nothing(at_branch: Appeal, day: date) -> None:
    move(day, works=False)
    assert follow_calendar(LATER) == 0
    assert last_line(at_branch).verb == "register"


def test_the_last_day_itself_moves_on(at_branch: Appeal) -> None:
    move(DUE, works=False)
    assert follow_calendar(LATER) == 1
    assert Clock.objects.get(appeal=at_branch).due_on == date(2026, 6, 24)


def test_a_term_that_has_stopped_stays_as_it_was(at_branch: Appeal) -> None:
    withdraw(at_branch, reason="", at=NOON)
    move(MONDAY, works=False)
    assert follow_calendar(LATER) == 0


def test_an_extended_term_keeps_its_day_unless_people_rest_on_it(world: World, at_branch: Appeal) -> None:
    specialist, head = (staff(role, world.branch) for role in (Role.BRANCH_SPECIALIST, Role.APPROVER))
    accept(at_branch, staff=specialist, at=NOON)
    propose_extension(at_branch, staff=specialist, until=date(2026, 7, 1), reason="Нужна экспертиза", at=NOON)
    extend(at_branch, staff=head, at=NOON)
    move(MONDAY, works=False)
    assert follow_calendar(LATER) == 0
    move(date(2026, 7, 1), works=False)
    assert follow_calendar(LATER) == 1
    at_branch.refresh_from_db()
    assert at_branch.due_on == date(2026, 7, 2)


def test_what_was_overdue_is_so_no_longer(at_branch: Appeal) -> None:
    Clock.objects.filter(appeal=at_branch).update(overdue_at=NOON)
    Appeal.objects.filter(pk=at_branch.pk).update(overdue=True, version=at_branch.version + 1)
    move(DUE, works=False)
    follow_calendar(datetime(2026, 6, 24, 10, tzinfo=ALMATY))
    at_branch.refresh_from_db()
    assert (at_branch.overdue, Clock.objects.get(appeal=at_branch).overdue_at) == (False, None)


def test_the_term_of_a_request_moves_without_the_appeal(world: World, at_branch: Appeal) -> None:
    specialist = staff(Role.BRANCH_SPECIALIST, world.branch)
    accept(at_branch, staff=specialist, at=NOON)
    request_information(at_branch, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    # The appeal's own term ends later by a longer way: it has been extended in the meantime.
    Clock.objects.filter(appeal=at_branch, purpose="consideration").update(stopped_at=NOON, days_taken=0)
    before = Appeal.objects.get(pk=at_branch.pk).due_on
    move(date(2026, 6, 8), works=False)
    assert follow_calendar(LATER) == 1
    at_branch.refresh_from_db()
    assert at_branch.due_on == before and topics(at_branch) == []


def test_an_appeal_that_others_are_part_of_follows_theirs(world: World, at_branch: Appeal) -> None:
    later = appeal(wish="fund", region=world.astana.kato, received_at=NOON + timedelta(days=1))
    specialist = staff(Role.BRANCH_SPECIALIST, world.branch)
    for one in (at_branch, later):
        accept(one, staff=specialist, at=LATER)
    merge(at_branch, into=later, staff=specialist, reason="Одно", at=LATER)
    later.refresh_from_db()
    assert later.due_on == DUE
    move(MONDAY, works=False)
    assert follow_calendar(LATER) == 2
    later.refresh_from_db()
    assert later.due_on == date(2026, 6, 24)


def test_whoever_was_faster_is_waited_for(at_branch: Appeal, monkeypatch: pytest.MonkeyPatch) -> None:
    move(MONDAY, works=False)

    def faster(*args: object, **kwargs: object) -> None:
        raise SomebodyWasFaster

    with monkeypatch.context() as patch:
        patch.setattr("qorgau.handling.follow_calendar.change", faster)
        assert follow_calendar(LATER) == 0
    assert not CalendarFollowed.objects.exists()
    assert Clock.objects.get(appeal=at_branch).due_on == DUE
    assert follow_calendar(LATER) == 1
