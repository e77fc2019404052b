"""One of several questions as an appeal of its own: the same words, person and time, another number and code."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qorgau.handling.link import link
from qorgau.handling.split import split
from qorgau.handling.unlink import unlink
from qorgau.intake.new_appeal import Person
from qorgau.intake.staging import stage
from qorgau.notices.models import Notice
from qorgau.notices.wording import message_for
from qorgau.people.models import Staff
from qorgau.register.access import access_code, opened_by
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.files import open_attachment
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, Attachment, Link
from qorgau.register.scope import appeals_for
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World

LATER = NOON + timedelta(days=2)
FIRST, SECOND = "Терапевт не принял меня.", "Аптека не выдала\nбесплатное лекарство."
PERSON = Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67", iin="900101300017")


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World) -> Appeal:
    token = stage(SimpleUploadedFile("рецепт.txt", "Рецепт".encode(), "text/plain"), at=NOON).token
    return factories.appeal(
        organisation_id=world.state_clinic.pk, text=f"{FIRST}\n\n{SECOND}", applicant=PERSON, staged_files=(token,)
    )


def fresh(appeal: Appeal) -> Appeal:
    return Appeal.objects.select_related("applicant", "holder", "organisation", "region", "topic").get(pk=appeal.pk)


def test_the_second_question_keeps_person_words_and_time_of_the_first(
    world: World, appeal: Appeal, specialist: Staff
) -> None:
    file = Attachment.objects.get(appeal=appeal)
    receipt = split(
        fresh(appeal),
        staff=specialist,
        words="Аптека не выдала бесплатное лекарство.",
        topic=None,
        organisation=world.private_clinic,
        files=[file],
        at=LATER,
    )
    made, first = Appeal.objects.get(number=receipt.number), fresh(appeal)
    assert (made.received_at, made.registered_on) == (first.received_at, first.registered_on)
    assert made.applicant.iin_hash == first.applicant.iin_hash
    assert made.holder == world.private_clinic_desk
    assert made.due_on == first.due_on  # the term counts from the first receipt
    assert first.text == f"{FIRST}\n\n{SECOND}"
    assert Link.objects.get(appeal=made).type == "split_from"
    copy = Attachment.objects.get(appeal=made)
    assert copy.stored_as != file.stored_as
    with open_attachment(copy) as content:
        assert content.read().decode() == "Рецепт"
    assert appeals_for(specialist).filter(pk=made.pk).exists()
    assert opened_by(made.number, access_code(made.number)) == made
    assert list(made.journal.order_by("sequence").values_list("verb", "staff")) == [
        ("register", None), ("split_off", specialist.pk)
    ]  # fmt: skip
    assert list(verify()) == []


def test_the_applicant_hears_the_number_and_the_code(world: World, appeal: Appeal, specialist: Staff) -> None:
    receipt = split(fresh(appeal), staff=specialist, words=SECOND, topic=None, organisation=None, at=LATER)
    notice = Notice.objects.get(appeal_number=receipt.number, for_staff=False)
    assert (notice.topic, notice.created_at) == ("split", LATER)
    said = message_for(notice).body
    assert receipt.number in said
    assert receipt.access_code in said


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("", "Choose the words"),
        (f"{FIRST}\n\n{SECOND}", "These are all the words"),
        ("Главврач берёт взятки.", "These words are not in the appeal"),
        (f"{SECOND}\n\nИ ещё одно слово от нас.", "These words are not in the appeal: “И ещё одно слово от нас.”"),
    ],
)
def test_only_the_applicants_own_words_are_split_off(appeal: Appeal, specialist: Staff, words: str, why: str) -> None:
    with pytest.raises(Problem) as refusal:
        split(fresh(appeal), staff=specialist, words=words, topic=None, organisation=None, at=LATER)
    assert str(refusal.value.sentence).startswith(why)
    assert refusal.value.field == "words"
    assert Appeal.objects.count() == 1


def test_a_form_that_was_sent_twice_splits_once(appeal: Appeal, specialist: Staff) -> None:
    one, again = fresh(appeal), fresh(appeal)
    split(one, staff=specialist, words=SECOND, topic=None, organisation=None, at=LATER, seen_version=1)
    with pytest.raises(SomebodyWasFaster):
        split(again, staff=specialist, words=SECOND, topic=None, organisation=None, at=LATER, seen_version=1)
    assert Appeal.objects.count() == 2


def test_another_desk_splits_nothing(world: World, appeal: Appeal) -> None:
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    with pytest.raises(NotAllowed):
        split(fresh(appeal), staff=branch, words=SECOND, topic=None, organisation=None, at=LATER)


def test_what_was_done_stays_linked(appeal: Appeal, specialist: Staff, world: World) -> None:
    split(fresh(appeal), staff=specialist, words=SECOND, topic=None, organisation=None, at=LATER)
    made = Link.objects.get(type="split_from")
    with pytest.raises(Problem, match="This link tells of what was done and stays"):
        unlink(fresh(appeal), link=made, staff=specialist, at=LATER)
    with pytest.raises(Problem, match="Choose how"):
        link(fresh(appeal), other=made.appeal, type="stage_after", staff=specialist, at=LATER)
    with pytest.raises(Problem, match="cannot be linked with itself"):
        link(fresh(appeal), other=fresh(appeal), type="related", staff=specialist, at=LATER)
