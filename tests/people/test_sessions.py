"""Sessions of the staff: what is kept is found again, until its time is over."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from qorgau.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def begun() -> str:
    session = SessionStore()
    session["who"] = "somebody"
    session.create()
    assert session.session_key
    return session.session_key


def test_what_was_kept_is_found_by_its_key() -> None:
    assert SessionStore(begun())["who"] == "somebody"


def test_one_that_ran_out_is_empty_and_loses_its_key() -> None:
    key = begun()
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(key)
    assert late.get("who") is None
    assert late.session_key is None


def test_a_key_that_nobody_was_given_opens_nothing() -> None:
    assert SessionStore("0" * 32).load() == {}


def test_what_is_changed_is_kept_under_the_same_key() -> None:
    key = begun()
    session = SessionStore(key)
    session["who"] = "somebody else"
    session.save()
    assert SessionStore(key)["who"] == "somebody else"
