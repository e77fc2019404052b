"""What a state is called: the installation's own words where it has them, the fixed meaning always beside them."""

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from qorgau.directory.models import StateLabel
from qorgau.directory.reference import refresh
from qorgau.register.access import access_code
from qorgau.register.following.models import Follower
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


def own_state(**more: object) -> None:
    words = {f"staff_{code}": f"Waiting for the record ({code})" for code in ("kk", "ru", "en")}
    words |= {f"citizen_{code}": f"We look for your record ({code})" for code in ("kk", "ru", "en")}
    StateLabel.objects.create(**{"state": "registered", "desk_kind": "clinic", **words, **more})
    refresh()


def test_staff_read_own_words_and_the_fixed_meaning_everywhere(world: World, sign_in: SignIn) -> None:
    own_state()
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    other = factories.appeal(organisation_id=world.state_clinic.pk)
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    words = "Waiting for the record (en) (New)"
    card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert card.count(words) == 3  # its own head, its link, and the other appeal of the same person
    assert other.number in card
    assert "On the page of the appeal stands now: “We look for your record (en)”." in card
    assert client.get(reverse("desk:queue") + "?tab=desk").content.decode().count(words) == 2
    assert words in client.get(reverse("desk:note", args=[appeal.number])).content.decode()


def test_lists_beside_the_queue_say_the_same_words(world: World, sign_in: SignIn) -> None:
    own_state()
    staff = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk, may_read_sensitive=True)
    appeal, sensitive = (factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(2))
    Follower.objects.create(appeal=appeal, staff=staff, since=NOON)
    client, words = sign_in(staff), "Waiting for the record (en) (New)"
    assert words in client.get(reverse("desk:for_you")).content.decode()
    found = {"find": "number", "other": sensitive.number, "number": sensitive.number}
    assert client.post(reverse("desk:link", args=[appeal.number]), found).content.decode().count(words) >= 2


def test_another_kind_of_desk_keeps_the_built_in_words(world: World, sign_in: SignIn) -> None:
    own_state(desk_kind="centre")
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    client = sign_in(factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk))
    assert "Waiting for the record" not in client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()


def test_the_applicant_reads_the_words_for_citizens(world: World) -> None:
    own_state()
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    client = Client()
    with override("ru"):
        track = reverse("portal:track")
    client.post(track, {"number": appeal.number, "code": access_code(appeal.number)})
    with override("ru"):
        page = client.get(reverse("portal:appeal", args=[appeal.number])).content.decode()
    assert "We look for your record (ru)" in page
    assert "Waiting for the record" not in page
