from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection

from qorgau.people import guessing
from qorgau.people.models import FailedAttempts

from .conftest import NOON

MINUTE = timedelta(minutes=1)
HOME, STRANGER = "10.1.2.3", "203.0.113.9"


def fail(times: int, *, name: str = "aigerim", address: str = HOME, at=NOON) -> guessing.Attempt:
    for _ in range(times):
        attempt = guessing.begin("password", name=name, address=address, at=at)
    return attempt


def paused(*, name: str = "aigerim", address: str = HOME, at=NOON, at_home: bool = False):
    """The end of the pause, or None when an attempt is let through (and counted)."""
    try:
        guessing.begin("password", name=name, address=address, at=at, at_home=lambda: at_home)
    except guessing.Paused as pause:
        return pause.until
    return None


@pytest.mark.django_db
def test_the_fifth_failure_begins_a_pause_of_one_minute():
    assert fail(4).began_pause == frozenset()
    assert fail(1).began_pause == {guessing.BY_NAME_AND_ADDRESS}
    assert paused(at=NOON) == NOON + MINUTE
    assert paused(at=NOON + MINUTE) is None


@pytest.mark.django_db
def test_each_further_failure_doubles_the_pause_up_to_an_hour():
    fail(5)
    now, pauses = NOON, []
    for _ in range(8):
        until = paused(at=now)
        pauses.append((until - now) // MINUTE)
        now = until
        fail(1, at=now)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


@pytest.mark.django_db
def test_knocking_during_a_pause_does_not_lengthen_it():
    fail(5)
    for _ in range(50):
        assert paused() == NOON + MINUTE


@pytest.mark.django_db
def test_failures_more_than_fifteen_minutes_apart_are_not_in_a_row():
    fail(4)
    fail(4, at=NOON + timedelta(minutes=15))
    assert paused(at=NOON + timedelta(minutes=30)) is None


@pytest.mark.django_db
def test_a_success_forgets_the_failures():
    guessing.succeeded(fail(4))
    fail(4)
    assert paused() is None


@pytest.mark.django_db
def test_the_right_password_at_the_last_free_attempt_leaves_no_pause():
    guessing.succeeded(fail(5))
    assert paused() is None


@pytest.mark.django_db
def test_a_stranger_guessing_elsewhere_does_not_pause_the_person():
    for n in range(19):
        fail(1, address=f"203.0.113.{n}")
    assert paused(address=HOME) is None


@pytest.mark.django_db
def test_many_machines_guessing_at_one_name_pause_it_but_not_where_the_person_signed_in_lately():
    for n in range(20):
        fail(1, address=f"203.0.113.{n}")
    assert paused(address="198.51.100.1") == NOON + MINUTE
    assert paused(address=HOME, at_home=True) is None


@pytest.mark.django_db
def test_the_pause_of_a_name_and_address_holds_even_where_the_person_signed_in_lately():
    fail(5)
    assert paused(at_home=True) == NOON + MINUTE


@pytest.mark.django_db
def test_one_machine_trying_many_names_is_paused_for_all_names():
    for n in range(60):
        fail(1, name=f"name{n}", address=STRANGER)
    assert paused(name="somebody", address=STRANGER) == NOON + MINUTE
    assert paused(name="somebody", address=HOME) is None


@pytest.mark.django_db
def test_an_account_of_their_own_does_not_clear_a_guessers_address():
    for n in range(30):
        fail(1, name=f"name{n}", address=STRANGER)
        guessing.succeeded(fail(1, name="own", address=STRANGER))
    for n in range(30):
        fail(1, name=f"other{n}", address=STRANGER)
    assert paused(name="somebody", address=STRANGER) is not None


@pytest.mark.django_db
def test_all_addresses_of_one_ipv6_machine_are_one():
    for n in range(5):
        fail(1, address=f"2001:db8:1:2::{n}")
    assert paused(address="2001:db8:1:2:ffff::1") == NOON + MINUTE
    assert paused(address="2001:db8:1:3::1") is None


@pytest.mark.django_db
def test_names_are_counted_as_they_are_looked_up():
    fail(3, name="Aigerim ")
    fail(2, name="aigerim")
    assert paused(name="AIGERIM") == NOON + MINUTE


@pytest.mark.django_db
def test_codes_and_passwords_are_counted_apart():
    fail(5)
    guessing.begin("code", name="aigerim", address=HOME, at=NOON)


@pytest.mark.django_db
def test_neither_name_nor_address_lies_in_the_table():
    fail(1)
    keys = [bytes(row.key) for row in FailedAttempts.objects.all()]
    assert len(keys) == 3
    assert not [key for key in keys if b"aigerim" in key or b"10.1.2.3" in key]


@pytest.mark.django_db
def test_old_counts_are_swept_away():
    fail(1)
    assert guessing.forget_old(NOON + timedelta(hours=23)) == 0
    assert guessing.forget_old(NOON + timedelta(hours=25)) == 3


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_the_same_moment_get_no_more_than_the_free_ones():
    def guess(_: int) -> bool:
        try:
            return paused() is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as machines:
        assert sum(machines.map(guess, range(40))) == 5
