"""An application to be attached, on the card of the clinic's desk."""

import pytest
from django.urls import reverse

from qorgau.directory.loading import load_reference
from qorgau.directory.reference import current, refresh
from qorgau.intake.new_appeal import ClinicChoice, Person
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Kind
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


@pytest.fixture
def application(world: World) -> Appeal:
    factories.attachment()
    return factories.appeal(
        kind=Kind.APPLICATION,
        topic="attachment-change",
        organisation_id=world.state_clinic.pk,
        text="Прошу прикрепить.",
        applicant=Person(surname="Оспанов", phone="+7 701 000 00 67"),
        choice=ClinicChoice(reason="student"),
    )


def card(sign_in: SignIn, role: Role, world: World, appeal: Appeal) -> str:
    desk = world.clinic_desk if role == Role.CLINIC_SPECIALIST else world.centre
    page = sign_in(factories.staff(role, desk)).get(reverse("desk:appeal", args=[appeal.number]))
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_the_card_shows_reason_papers_and_what_the_rule_says(
    world: World, application: Appeal, sign_in: SignIn
) -> None:
    page = card(sign_in, Role.CLINIC_SPECIALIST, world, application)

    for words in (
        "Attachment to the clinic", "The reason holds on the day it came",
        "Application of a student, also of a madrasa",
        "a certificate of the place of study", "this is taken on any day of the year",
        "We have not been able to check this in the order itself",
    ):  # fmt: skip
        assert words in page, words


def test_it_stands_there_in_the_language_of_who_reads(world: World, application: Appeal, sign_in: SignIn) -> None:
    person = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk, language="ru")
    page = sign_in(person).get(reverse("desk:appeal", args=[application.number])).content.decode()

    assert "Заявление студента или учащегося медресе" in page and "справка с места учёбы" in page


def test_who_reads_figures_does_not_learn_what_the_person_is(
    world: World, application: Appeal, sign_in: SignIn
) -> None:
    page = card(sign_in, Role.ANALYST, world, application)

    assert "Attachment to the clinic" not in page and "Application of a student" not in page


def test_steps_and_texts_of_the_answer_are_those_of_the_topic(world: World, sign_in: SignIn) -> None:
    load_reference()
    topic = refresh().topic_by_code("attachment-change")
    assert topic is not None
    offered = current().templates_for(desk_kind="clinic", topic_id=topic.pk)

    assert [template.code for template in offered][:2] == ["attachment-done", "attachment-not-done"]
    appeal = factories.appeal(kind=Kind.APPLICATION, topic=topic.code, organisation_id=world.state_clinic.pk)
    page = card(sign_in, Role.CLINIC_SPECIALIST, world, appeal)
    assert "Checklist: 0 of 6" in page and "See in the register of the attached population" in page
    assert "The reason holds" not in page
