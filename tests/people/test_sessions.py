"""Sessions of the staff: what is kept is found again, until its time is over."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qorgau.people.models import Staff, StaffSession
from qorgau.people.second_factor import has_second_factor
from qorgau.people.sessions import SessionStore
from qorgau.people.signed_in import signed_in
from qorgau.people.tasks import forget_sessions_that_ran_out

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
    StaffSession.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
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


def test_a_page_of_somebody_signed_in_asks_for_session_and_person_at_once(aigerim: Staff, client: Client) -> None:
    client.force_login(aigerim)
    assert StaffSession.objects.get().staff == aigerim
    request = RequestFactory().get("/desk/")
    request.session = SessionStore(client.session.session_key)
    with CaptureQueriesContext(connection) as asked:
        person = signed_in(request)
        assert person == aigerim
        assert isinstance(person, Staff) and person.desk is not None and not has_second_factor(person)
    assert len(asked) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"password": "argon2$another"},
        {"is_active": False},
        {"active_until": date(2020, 1, 1)},
    ],
)
def test_a_session_whose_person_has_changed_lets_nobody_in(
    aigerim: Staff, client: Client, change: dict[str, object]
) -> None:
    client.force_login(aigerim)
    Staff.objects.filter(pk=aigerim.pk).update(**change)
    request = RequestFactory().get("/desk/")
    request.session = SessionStore(client.session.session_key)
    assert not signed_in(request).is_authenticated


@pytest.mark.parametrize("name", [BACKEND_SESSION_KEY, HASH_SESSION_KEY])
@pytest.mark.parametrize("value", [None, "", "something else"])
def test_a_session_that_is_not_in_order_lets_nobody_in(
    aigerim: Staff, client: Client, name: str, value: str | None
) -> None:
    client.force_login(aigerim)
    session = client.session
    session[name] = value
    session.save()
    request = RequestFactory().get("/desk/")
    request.session = SessionStore(session.session_key)
    assert not signed_in(request).is_authenticated


def test_whose_a_session_is_the_session_itself_says(aigerim: Staff, client: Client) -> None:
    """The row beside it only spares a question."""
    client.force_login(aigerim)
    StaffSession.objects.update(staff=None)
    request = RequestFactory().get("/desk/")
    request.session = SessionStore(client.session.session_key)
    assert signed_in(request) == aigerim


def test_sessions_that_ran_out_are_forgotten_every_night() -> None:
    late, live = begun(), begun()
    StaffSession.objects.filter(pk=late).update(expire_date=timezone.now() - timedelta(seconds=1))
    forget_sessions_that_ran_out(timestamp=0)
    assert list(StaffSession.objects.values_list("pk", flat=True)) == [live]
