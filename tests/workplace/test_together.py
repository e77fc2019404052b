"""Merging, undoing, linking and splitting as somebody at the desk does it, and what the queue and the cards show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from qorgau.handling.accept import accept
from qorgau.handling.merge import merge
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Link, Opening
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

SAULE = Person(surname="Тілеуова", given_name="Сәуле", phone="+7 702 000 00 68")
TWO_QUESTIONS = "Терапевт не принял меня.\n\nАптека не выдала бесплатное лекарство."


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


@pytest.fixture
def leading(world: World, specialist: Staff) -> Appeal:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(appeal, staff=specialist, at=NOON)
    return appeal


@pytest.fixture
def other(world: World) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk, applicant=SAULE, text="Кезек өте ұзақ")


def address(name: str, appeal: Appeal) -> str:
    return reverse(f"desk:{name}", args=[appeal.number])


def test_an_appeal_is_merged_by_the_number_of_the_other(client: Client, leading: Appeal, other: Appeal) -> None:
    looked = client.post(address("merging", other), {"other": leading.number, "find": "1"}).content.decode()
    assert escape(leading.text) in looked
    done = client.post(address("merging", other), {"other": leading.number, "reason": "Одно и то же"})
    assert done.status_code == 302
    other.refresh_from_db()
    assert other.state == "merged"
    card = client.get(address("appeal", other)).content.decode()
    assert "This appeal is part of another one" in card
    assert f'href="{address("appeal", leading)}"' in card


def test_the_leading_card_takes_another_in_and_shows_its_words(client: Client, leading: Appeal, other: Appeal) -> None:
    assert client.post(address("taking_in", leading), {"other": other.number, "reason": "Одно"}).status_code == 302
    card = client.get(address("appeal", leading)).content.decode()
    assert "1 more appeal is answered with this one" in card
    assert "Кезек өте ұзақ" in card
    assert "Тілеуова" in card
    # Whose words a card shows is written down for each of them.
    assert Opening.objects.filter(appeal=other, part="card").exists()


def test_a_wrong_number_is_told_beside_its_field_and_nothing_typed_is_lost(
    client: Client, leading: Appeal, world: World
) -> None:
    foreign = factories.appeal(organisation_id=world.private_clinic.pk)
    for typed, why in (
        (foreign.number, f"There is no appeal {foreign.number}, or it is not yours to see."),
        (leading.number, "An appeal cannot become part of itself. Write the number of the other one."),
        ("", "Choose an appeal, or write its number."),
    ):
        answer = client.post(address("merging", leading), {"other": typed, "reason": "Моя причина"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert why in page
        assert "Моя причина" in page
    assert not Link.objects.filter(type="part_of").exists()


def test_the_number_is_called_optional_only_where_something_else_can_be_chosen(
    client: Client, world: World, leading: Appeal, other: Appeal
) -> None:
    page = client.get(address("merging", other)).content.decode()
    assert "(not required)" not in page and 'name="other"' in page
    second = factories.appeal(organisation_id=world.state_clinic.pk)
    assert "(not required)" in client.get(address("merging", second)).content.decode()


def test_a_merging_is_undone_from_the_card(client: Client, specialist: Staff, leading: Appeal, other: Appeal) -> None:
    merge(other, into=leading, staff=specialist, reason="Одно", at=NOON)
    assert client.post(address("separation", other), {"reason": "Ошибка"}).status_code == 302
    other.refresh_from_db()
    assert (other.state, other.assignee) == ("in_work", specialist)


def test_appeals_of_the_same_person_are_offered_to_choose(client: Client, world: World, leading: Appeal) -> None:
    second = factories.appeal(organisation_id=world.state_clinic.pk)
    page = client.get(address("merging", second)).content.decode()
    assert f'value="{leading.number}"' in page
    done = client.post(address("merging", second), {"offered": leading.number, "other": "", "reason": "Дважды"})
    assert done.status_code == 302
    second.refresh_from_db()
    assert second.state == "merged"


def test_the_queue_counts_merged_ones_once_and_says_how_many(
    client: Client, specialist: Staff, leading: Appeal, other: Appeal, world: World
) -> None:
    third = factories.appeal(organisation_id=world.state_clinic.pk, applicant=SAULE, text="Опять очередь")
    for appeal in (other, third):
        merge(appeal, into=Appeal.objects.get(pk=leading.pk), staff=specialist, reason="Одно", at=NOON)
    desk = client.get(reverse("desk:queue") + "?tab=desk").content.decode()
    assert other.number not in desk
    assert "+2" in desk
    assert "and 2 merged appeals" in desk
    assert 'aria-current="page">My desk’s <span class="count" id="count-desk">1</span>' in desk
    everything = client.get(reverse("desk:queue") + "?tab=all").content.decode()
    assert other.number in everything
    assert ">Merged<" in everything


def test_a_link_is_made_and_taken_off(client: Client, leading: Appeal, other: Appeal) -> None:
    assert client.post(address("link", leading), {"other": other.number, "type": "related"}).status_code == 302
    made = Link.objects.get(type="related")
    assert other.number in client.get(address("appeal", leading)).content.decode()
    page = client.get(address("unlink", other)).content.decode()
    assert f"Related to: {leading.number}" in page
    assert f'value="{made.pk}" checked' in " ".join(page.split()), "the only one is chosen already"
    assert client.post(address("unlink", other), {"link": str(made.pk)}).status_code == 302
    assert not Link.objects.filter(type="related").exists()
    verbs = list(leading.journal.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-2:] == ["link", "unlink"]


def test_taking_a_link_off_is_offered_where_there_is_one(
    client: Client, world: World, leading: Appeal, other: Appeal
) -> None:
    foreign = factories.appeal(organisation_id=world.private_clinic.pk)
    Link.objects.create(appeal=leading, earlier=foreign, type="related", at=NOON)
    # A merging is undone, not taken off; and nobody hears of a link to what they may not see.
    Link.objects.create(appeal=other, earlier=leading, type="split_from", at=NOON)
    offered = f'href="{address("unlink", leading)}"'
    card = client.get(address("appeal", leading)).content.decode()
    assert (offered in card, "This appeal has no link that can be taken off." in card) == (False, True)
    Link.objects.create(appeal=other, earlier=leading, type="related", at=NOON)
    card = client.get(address("appeal", leading)).content.decode()
    assert (offered in card, "This appeal has no link that can be taken off." in card) == (True, False)


def test_a_link_to_what_somebody_may_not_see_is_neither_shown_nor_taken_off(
    client: Client, world: World, leading: Appeal
) -> None:
    foreign = factories.appeal(organisation_id=world.private_clinic.pk)
    hidden = Link.objects.create(appeal=leading, earlier=foreign, type="related", at=NOON)
    page = client.get(address("unlink", leading)).content.decode()
    assert (foreign.number in page, "This appeal has no link that can be taken off." in page) == (False, True)
    answer = client.post(address("unlink", leading), {"link": str(hidden.pk)})
    assert (answer.status_code, foreign.number in answer.content.decode()) == (422, False)
    assert Link.objects.filter(pk=hidden.pk).exists()


def test_a_question_is_split_off_from_the_card(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, text=TWO_QUESTIONS, received_at=NOON)
    page = client.get(address("split", appeal)).content.decode()
    assert "Аптека не выдала бесплатное лекарство." in page
    said = {
        "words": "Аптека не выдала бесплатное лекарство.", "topic": "", "organisation": str(world.private_clinic.pk),
    }  # fmt: skip
    assert client.post(address("split", appeal), said).status_code == 302
    made = Link.objects.get(type="split_from", earlier=appeal).appeal
    assert (made.text, made.organisation) == ("Аптека не выдала бесплатное лекарство.", world.private_clinic)
    assert made.number in client.get(address("appeal", appeal)).content.decode()
    wrong = client.post(address("split", appeal), {**said, "words": "Чего заявитель не говорил"})
    assert wrong.status_code == 422
    assert "These words are not in the appeal" in wrong.content.decode()


def test_the_card_costs_the_same_with_one_and_with_many_merged(
    client: Client, specialist: Staff, leading: Appeal, world: World
) -> None:
    def cost() -> int:
        client.get(address("appeal", leading))
        with CaptureQueriesContext(connection) as queries:
            client.get(address("appeal", leading))
        return len(queries)

    def take_in() -> None:
        appeal = factories.appeal(organisation_id=world.state_clinic.pk, applicant=SAULE, text="Очередь")
        merge(appeal, into=Appeal.objects.get(pk=leading.pk), staff=specialist, reason="Одно", at=NOON)

    take_in()
    one = cost()
    for _ in range(6):
        take_in()
    assert cost() == one


def test_a_merging_that_is_two_weeks_old_is_not_offered_to_undo(
    client: Client, specialist: Staff, leading: Appeal, other: Appeal
) -> None:
    merge(other, into=leading, staff=specialist, reason="Одно", at=NOON - timedelta(days=15))
    page = client.get(address("separation", other)).content.decode()
    assert escape("The time to undo the merging is over; it will be answered together with the other appeal.") in page
