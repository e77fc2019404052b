"""What an applicant has not heard stands under "For you" and is unread, until somebody does something about it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.assign import assign
from qorgau.handling.draft import draft
from qorgau.handling.note import note
from qorgau.intake.new_appeal import Person
from qorgau.notices.models import Notice
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.notices.unheard import tell_the_desk
from qorgau.people.models import Absence, Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements

TITLE = "The applicant has not heard"


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def desk(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def taken(world: World, specialist: Staff) -> Appeal:
    made = factories.appeal(
        organisation_id=world.state_clinic.pk, applicant=Person(surname="Оспанов", phone="8 701 123 45 67")
    )
    accept(made, staff=specialist, at=NOON)
    Notice.objects.filter(appeal_number=made.number).delete()
    return made


def answered(world: World, specialist: Staff) -> Appeal:
    """Answered; the message that says so failed for good."""
    appeal = taken(world, specialist)
    words = {"text": "Врач примет вас завтра.", "legal_basis": "", "how_to_appeal": ""}
    draft(appeal, staff=specialist, decision="founded", language="ru", at=NOON, **words)
    answer(appeal, staff=specialist, at=NOON)
    fail(appeal)
    return appeal


def fail(appeal: Appeal) -> None:
    notice = Notice.objects.get(appeal_number=appeal.number)
    Notice.objects.filter(pk=notice.pk).update(state="failed")
    with transaction.atomic():
        tell_the_desk(notice, at=NOON + timedelta(minutes=5))
    appeal.refresh_from_db()


def under_for_you(client: Client) -> str:
    return client.get(reverse("desk:for_you")).content.decode().partition(TITLE)[2].partition("</section>")[0]


def test_whoever_answered_finds_it_under_for_you_and_what_was_not_heard(
    world: World, specialist: Staff, desk: Client
) -> None:
    assert under_for_you(desk) == ""
    appeal = answered(world, specialist)
    told = under_for_you(desk)
    assert appeal.number in told and "There is an answer" in told
    assert reverse("desk:appeal", args=[appeal.number]) in told
    assert "Оспанов" not in told


def test_a_note_or_a_later_message_that_arrives_ends_it(world: World, specialist: Staff, desk: Client) -> None:
    by_note, by_message = answered(world, specialist), answered(world, specialist)
    note(by_note, staff=specialist, text="Позвонил, рассказал.", at=NOON + timedelta(minutes=10))
    with transaction.atomic():
        tell(
            topic=Topic.CLOSED_UNRATED,
            appeal_number=by_message.number,
            applicant=by_message.applicant,
            facts={},
            at=NOON + timedelta(minutes=20),
        )
    Notice.objects.filter(topic="closed_unrated").update(state="sent", sent_at=NOON)
    assert under_for_you(desk) == ""


def test_looking_at_the_telephone_does_not_end_it(world: World, specialist: Staff, desk: Client) -> None:
    appeal = answered(world, specialist)
    desk.post(reverse("desk:contacts", args=[appeal.number]), {"who": "applicant", "purpose": "contact"})
    assert appeal.number in under_for_you(desk)


def test_it_is_told_for_two_weeks(
    world: World, specialist: Staff, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(world, specialist)
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=14, hours=1))
    assert under_for_you(sign_in(specialist)) == ""


def test_it_is_told_to_those_whose_work_it_is(world: World, specialist: Staff, sign_in: SignIn) -> None:
    colleague = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    stranger = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    appeal = taken(world, specialist)
    ask_applicant(appeal, staff=specialist, question="Когда это было?", at=NOON)
    assign(appeal, staff=specialist, to=colleague, at=NOON)
    fail(appeal)
    assert [appeal.number in under_for_you(sign_in(one)) for one in (colleague, specialist, stranger)] == [
        True,
        False,
        False,
    ]


def test_whoever_stands_in_for_somebody_away_finds_it_and_so_does_the_desk_when_nobody_works_on_it(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    substitute, other = (factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk) for _ in range(2))
    today = NOON.date()
    Absence.objects.create(
        staff=specialist, substitute=substitute, since=today, until=today, said_by=specialist, said_at=NOON
    )
    number = answered(world, specialist).number
    assert [number in under_for_you(sign_in(one)) for one in (substitute, other)] == [True, False]
    Appeal.objects.filter(number=number).update(assignee=None, version=F("version") + 1)
    assert number in under_for_you(sign_in(other))


def test_it_is_unread_to_the_desk_and_stands_on_the_time_line(world: World, specialist: Staff, desk: Client) -> None:
    appeal = taken(world, specialist)
    ask_applicant(appeal, staff=specialist, question="Когда это было?", at=NOON)
    page = desk.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    queue = reverse("desk:queue") + "?tab=desk"
    assert "Unread</span>" not in desk.get(queue).content.decode()
    assert "News reached the applicant by no way" not in page
    fail(appeal)
    assert "Unread</span>" in desk.get(queue).content.decode()
    page = desk.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert "News reached the applicant by no way" in page
    assert page.count("They have not heard: A question to the applicant.") == 2


def test_nobody_who_writes_is_held_up_by_it(world: World, specialist: Staff, desk: Client) -> None:
    appeal = taken(world, specialist)
    ask_applicant(appeal, staff=specialist, question="Когда это было?", at=NOON)
    seen = appeal.version
    fail(appeal)
    path = reverse("desk:continuation", args=[appeal.number])
    assert desk.post(path, {"seen_version": seen}).status_code == 302
    appeal.refresh_from_db()
    assert appeal.state == "in_work"


def test_many_take_as_many_statements_as_one(world: World, specialist: Staff, desk: Client) -> None:
    counted = []
    for more in (1, 14):
        for _ in range(more):
            answered(world, specialist)
        under_for_you(desk)
        with CaptureQueriesContext(connection) as seen:
            assert under_for_you(desk).count("There is an answer") == (1 if more == 1 else 15)
        counted.append(statements(seen))
    assert counted[0] == counted[1]
