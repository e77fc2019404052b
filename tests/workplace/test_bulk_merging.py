"""Merging several appeals of the queue into one of them, and linking them with one of them."""

from uuid import uuid4

from django.urls import reverse

from qorgau.intake.new_appeal import Person
from qorgau.register.models import Appeal, Link
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


def test_chosen_appeals_become_part_of_the_one_that_leads(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    three = [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(3)]
    leading = three[1]
    sent = {"row": [f"{one.number}.{one.version}" for one in three], "key": str(uuid4()), "reason": "Одна очередь"}
    missing = client.post(reverse("desk:many", args=["merging"]), sent)
    assert missing.status_code == 422
    assert "Choose the appeal that leads: work goes on there." in missing.content.decode()
    answer = client.post(reverse("desk:many", args=["merging"]), {**sent, "into": leading.number}, follow=True)
    assert "Done with 3 appeals." in answer.content.decode()
    states = {one.pk: one.state for one in Appeal.objects.all()}
    assert states == {three[0].pk: "merged", leading.pk: "registered", three[2].pk: "merged"}
    assert set(Link.objects.filter(type="part_of").values_list("earlier_id", flat=True)) == {leading.pk}


def test_what_cannot_be_merged_is_refused_with_its_own_sentence(world: World, sign_in: SignIn) -> None:
    branch = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    own = [factories.appeal(wish="fund", region=world.astana.kato) for _ in range(2)]
    watched = factories.appeal(organisation_id=world.state_clinic.pk)
    chosen = [*own, watched]
    sent = {"row": [f"{one.number}.{one.version}" for one in chosen], "key": str(uuid4()), "reason": "Одно и то же"}
    answer = branch.post(reverse("desk:many", args=["merging"]), {**sent, "into": own[0].number}, follow=True)
    assert "Only the desk that holds the appeal can do this." in answer.content.decode()
    watched.refresh_from_db()
    assert watched.state == "registered"
    assert Link.objects.filter(type="part_of").count() == 1


def test_chosen_appeals_are_linked_with_one_of_them_and_stay_as_they_are(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    three = [factories.appeal(organisation_id=world.state_clinic.pk, applicant=_somebody(name)) for name in "АБВ"]
    path, (first, main, third) = reverse("desk:many", args=["link"]), three
    sent = {"row": [f"{one.number}.{one.version}" for one in three], "key": str(uuid4()), "type": "related"}
    missing = client.post(path, sent)
    assert (missing.status_code, "Choose the appeal that the others are linked with." in missing.content.decode()) == (
        422,
        True,
    )
    answer = client.post(path, {**sent, "to": main.number}, follow=True)
    assert "Done with 3 appeals." in answer.content.decode()
    assert set(Link.objects.values_list("appeal_id", "earlier_id", "type")) == {
        (first.pk, main.pk, "related"),
        (third.pk, main.pk, "related"),
    }
    assert {one.state for one in Appeal.objects.all()} == {"registered"}
    assert [first.journal.filter(verb="link").count(), main.journal.filter(verb="link").count()] == [1, 2]


def _somebody(surname: str) -> Person:
    return Person(surname=surname * 3, phone="")
