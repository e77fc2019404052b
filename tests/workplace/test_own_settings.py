"""The page of a person's own settings."""

from django.test import Client
from django.urls import reverse

from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


def test_choices_are_saved_and_said_in_the_language_chosen(world: World, sign_in: SignIn) -> None:
    somebody = factories.staff(Role.ADMINISTRATOR, world.centre, language="en")
    client = sign_in(somebody)
    page = client.get(reverse("desk:settings")).content.decode()
    assert page.count(" checked") == 3
    answer = client.post(reverse("desk:settings"), {"language": "kk"}, follow=True)
    assert answer.redirect_chain == [(reverse("desk:settings"), 302)]
    assert answer.headers["Content-Language"] == "kk"
    assert answer.content.decode().count(" checked") == 1
    somebody.refresh_from_db()
    assert (somebody.language, somebody.single_keys, somebody.email_notices) == ("kk", False, False)


def test_nonsense_is_told_and_changes_nothing(world: World, sign_in: SignIn) -> None:
    somebody = factories.staff(Role.OPERATOR, world.contact_centre, language="en")
    answer = sign_in(somebody).post(reverse("desk:settings"), {"language": "de"})
    assert answer.status_code == 422
    assert Staff.objects.get(pk=somebody.pk).single_keys is True


def test_nobody_comes_in_without_signing_in(world: World) -> None:
    assert Client().get(reverse("desk:settings")).status_code == 302
