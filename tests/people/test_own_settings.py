"""What people at the desks choose for themselves."""

import pytest

from qorgau.people.models import Staff
from qorgau.people.own_settings import OwnSettings

pytestmark = pytest.mark.django_db


def test_shortcuts_and_letters_are_on_until_somebody_turns_them_off(hire):
    somebody = hire(username="aigerim")
    assert (somebody.single_keys, somebody.email_notices) == (True, True)


def test_choices_are_kept(hire):
    somebody = hire(username="aigerim", language="ru")
    form = OwnSettings({"language": "kk"}, instance=somebody)
    assert form.is_valid(), form.errors
    form.save()
    somebody.refresh_from_db()
    assert (somebody.language, somebody.single_keys, somebody.email_notices) == ("kk", False, False)


def test_what_an_administrator_changes_meanwhile_is_not_undone(hire):
    somebody = hire(username="aigerim")
    form = OwnSettings({"language": "en", "single_keys": "on"}, instance=somebody)
    Staff.objects.filter(pk=somebody.pk).update(last_name="Серікова")
    assert form.is_valid()
    form.save()
    somebody.refresh_from_db()
    assert (somebody.last_name, somebody.language, somebody.single_keys) == ("Серікова", "en", True)


def test_a_language_nobody_speaks_is_refused(hire):
    form = OwnSettings({"language": "de"}, instance=hire(username="aigerim"))
    assert list(form.errors) == ["language"]


@pytest.mark.parametrize(("email", "said"), [("a@example.kz", "a@example.kz"), ("", "no e-mail address")])
def test_the_page_says_where_letters_go(hire, email, said):
    from django.utils.translation import override

    with override("en"):
        hint = OwnSettings(instance=hire(username="aigerim", email=email)).fields["email_notices"].help_text
    assert said in hint
