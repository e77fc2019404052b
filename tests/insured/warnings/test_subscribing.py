"""Who hears of whom: sealed, found by hash, limited, and stopped by a link that nobody can make up."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from qorgau.insured.person_key import person_key
from qorgau.insured.warnings.addresses import address_of, label_of
from qorgau.insured.warnings.links import subscription_of, token_of
from qorgau.insured.warnings.models import Subscription
from qorgau.insured.warnings.subscribing import (
    Wish,
    addresses_told_about,
    running_at_the_same_address,
    stop,
    stop_all_about,
    subscribe,
)
from qorgau.rules.problems import Problem
from tests.factories import NOON
from tests.insured.files import AIGUL, DANA

pytestmark = pytest.mark.django_db
PHONE = "+77010000067"


def wish(iin: str = AIGUL, address: str = PHONE, **more: Any) -> Wish:
    said = {"channel": "email" if "@" in address else "sms", "language": "kk", "consent_version": "2026-1"}
    return Wish(person=person_key(iin), address=address, **said | more)


def test_what_is_kept_tells_neither_the_person_nor_the_address() -> None:
    one = subscribe(wish(label="Анам", tells_back=True), at=NOON)

    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM warnings_subscription s")
        (row,) = cursor.fetchone()
    assert AIGUL not in row and AIGUL[-4:] not in row and "7010000067" not in row and "Анам" not in row
    assert (address_of(one), label_of(one)) == (PHONE, "Анам")
    assert (one.language, one.tells_back, one.consent_version, one.confirmed_at) == ("kk", True, "2026-1", NOON)


def test_asking_again_changes_what_runs_and_adds_nothing() -> None:
    first = subscribe(wish(proven=True), at=NOON)
    again = subscribe(wish(language="ru", label="Мама"), at=NOON + timedelta(days=1))

    assert again.pk == first.pk and Subscription.objects.count() == 1
    assert (again.language, label_of(again), again.proven) == ("ru", "Мама", True)


def test_what_was_stopped_can_begin_anew() -> None:
    first = subscribe(wish(), at=NOON)
    assert stop([first.pk], why=Subscription.STOPPED, at=NOON) == 1
    assert stop([first.pk], why=Subscription.REFUSED, at=NOON) == 0

    assert subscribe(wish(), at=NOON).pk != first.pk
    first.refresh_from_db()
    assert (first.ended_at, first.ended_why) == (NOON, "stopped")


def test_one_address_hears_of_a_few_people_only(settings: Any) -> None:
    settings.WARNINGS_PER_CONTACT = 1
    subscribe(wish(), at=NOON)

    with pytest.raises(Problem, match="hears of as many people as it may"):
        subscribe(wish(DANA), at=NOON)
    subscribe(wish(language="en"), at=NOON)
    subscribe(wish(DANA, "dana@example.kz"), at=NOON)


def test_of_one_person_a_few_addresses_hear_only(settings: Any) -> None:
    settings.WARNINGS_PER_PERSON = 1
    one = subscribe(wish(), at=NOON)

    with pytest.raises(Problem, match="Another number or address does not help"):
        subscribe(wish(address="a@example.kz"), at=NOON)
    stop([one.pk], why=Subscription.STOPPED, at=NOON)
    subscribe(wish(address="a@example.kz"), at=NOON)


def test_the_person_may_stop_all_that_is_about_them() -> None:
    for address in (PHONE, "a@example.kz"):
        subscribe(wish(address=address), at=NOON)
    subscribe(wish(DANA), at=NOON)

    assert addresses_told_about(AIGUL) == 2
    assert stop_all_about(AIGUL, at=NOON) == 2
    assert (addresses_told_about(AIGUL), addresses_told_about(DANA)) == (0, 1)


def test_a_link_leads_to_all_that_goes_to_its_address_and_to_nothing_else() -> None:
    one, other = subscribe(wish(), at=NOON), subscribe(wish(DANA), at=NOON)
    subscribe(wish(DANA, "a@example.kz"), at=NOON)

    found = subscription_of(token_of(one))
    assert found == one
    assert running_at_the_same_address(one) == [one, other]


def test_a_link_ends_with_no_sign_that_is_left_out_of_links() -> None:
    for serial in range(50):
        Subscription.objects.all().delete()
        assert token_of(subscribe(wish(address=f"a{serial}@example.kz"), at=NOON))[-12:].isalnum()


def test_a_link_that_was_made_up_leads_nowhere() -> None:
    one, other = subscribe(wish(), at=NOON), subscribe(wish(address="a@example.kz"), at=NOON)
    number, mark = token_of(one).split("-", 1)

    made_up = [
        f"{other.pk}-{mark}",
        f"{number}-{'A' * 12}",
        f"0{number}-{mark}",
        f"{number}-{mark}A",
        f"٣-{mark}",
        number,
        "",
        f"{10**17}-{mark}",
    ]
    assert [subscription_of(token) for token in made_up] == [None] * len(made_up)


def test_the_link_of_another_address_with_the_same_number_is_another_link() -> None:
    """A database that was restored counts its rows again from before."""
    one = subscribe(wish(), at=NOON)
    token = token_of(one)
    Subscription.objects.filter(pk=one.pk).update(address_hash=b"x" * 16)

    assert subscription_of(token) is None


def test_a_person_is_known_by_the_hash_of_the_insured_register() -> None:
    assert isinstance(subscribe(wish(), at=NOON).person, UUID)
    assert Subscription.objects.get().person == person_key(AIGUL)
