from datetime import datetime, timedelta

import pytest

from qorgau.handling import clock
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.handling.request_information import request_information
from qorgau.handling.withdraw import withdraw
from qorgau.notices.models import Notice
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.roles import Role
from tests.factories import ALMATY, NOON, World, appeal, staff

# An appeal of Tuesday 2 June at a clinic: due Monday 8 June by the clinic's term, Tuesday 23 June by law.


@pytest.fixture
def at_clinic(world: World) -> Appeal:
    world.clinic_desk.email = "desk@clinic.example"
    world.clinic_desk.save()
    return appeal(organisation_id=world.state_clinic.pk)


def on(day: int, hour: int = 11) -> datetime:
    return datetime(2026, 6, day, hour, 0, tzinfo=ALMATY)


def lines(one: Appeal) -> list[str]:
    return list(JournalLine.objects.filter(appeal=one).order_by("sequence").values_list("verb", flat=True))


def test_the_desk_is_reminded_once_two_working_days_before(at_clinic: Appeal) -> None:
    assert clock.run(on(3)) == {}
    assert clock.run(on(4)) == {"reminded": 1}
    assert clock.run(on(4, 12)) == {}
    assert lines(at_clinic) == ["register", "remind"]
    assert Notice.objects.filter(topic="reminder_due", address="desk@clinic.example").count() == 1


def test_nobody_is_reminded_at_midnight(at_clinic: Appeal) -> None:
    assert clock.run(on(4, 0)) == {}


def test_the_day_after_the_term_it_is_overdue_and_a_working_day_later_the_head_is_told(at_clinic: Appeal) -> None:
    clock.run(on(8))
    assert clock.run(on(9, 0)) == {"overdue": 1}
    at_clinic.refresh_from_db()
    assert at_clinic.overdue
    assert clock.run(on(9)) == {}
    assert clock.run(on(10)) == {"escalated": 1}
    assert lines(at_clinic) == ["register", "remind", "overdue", "escalate"]


def test_while_the_ball_is_with_the_applicant_nobody_is_reminded_but_the_law_runs_on(at_clinic: Appeal) -> None:
    person = staff(Role.CLINIC_SPECIALIST, at_clinic.holder)
    accept(at_clinic, staff=person, at=NOON)
    ask_applicant(at_clinic, staff=person, question="Когда?", at=NOON)

    assert clock.run(on(8)) == {}
    assert clock.run(on(10)) == {"overdue": 1}


def test_an_answer_that_nobody_rated_closes_after_thirty_days(at_clinic: Appeal) -> None:
    person = staff(Role.CLINIC_SPECIALIST, at_clinic.holder)
    accept(at_clinic, staff=person, at=NOON)
    draft(
        at_clinic,
        staff=person,
        decision="explained",
        text="Разъясняем.",
        legal_basis="",
        how_to_appeal="",
        language="ru",
        at=NOON,
    )
    answer(at_clinic, staff=person, at=NOON)

    assert clock.run(NOON + timedelta(days=30)) == {}
    assert clock.run(NOON + timedelta(days=31)) == {"closed": 1}
    at_clinic.refresh_from_db()
    assert at_clinic.state == "closed"
    assert Notice.objects.filter(topic="closed_unrated").count() == 1


def test_a_clinic_late_with_information_does_not_make_the_appeal_late(at_clinic: Appeal, world: World) -> None:
    withdraw(at_clinic, reason="", at=NOON)
    specialist = staff(Role.BRANCH_SPECIALIST, world.branch)
    one = appeal(organisation_id=world.state_clinic.pk, wish="fund")
    accept(one, staff=specialist, at=NOON)
    request_information(one, staff=specialist, asked=world.clinic_desk, question="Был приём?", at=NOON)

    assert clock.run(on(8)) == {"reminded": 1}
    assert clock.run(on(10)) == {"overdue": 1}
    assert clock.run(on(12)) == {}
    one.refresh_from_db()
    assert not one.overdue
    assert lines(one)[-2:] == ["remind", "late_reply"]
    told = Notice.objects.filter(for_staff=True, appeal_number=one.number).order_by("pk")
    assert list(told.values_list("topic", "address")) == [
        ("information_requested", "desk@clinic.example"),
        ("reminder_due", "desk@clinic.example"),
        ("overdue", "desk@clinic.example"),
    ]
