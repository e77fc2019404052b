from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from qorgau.lib.sealed import keyed_hash, seal
from qorgau.people.applicants import hash_of_shown, masked, reveal_iin
from qorgau.people.contacts import normal_email, normal_phone, phone_to_read, takes_messages
from qorgau.people.models import Applicant
from qorgau.people.same_person import same_person_filter

IIN = "900101300106"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("+7 701 000 00 67", "+77010000067"),
        ("8 701 000 00 67", "+77010000067"),
        ("8(701)000-00-67", "+77010000067"),
        ("87010000067", "+77010000067"),
        ("7010000067", "+77010000067"),
        ("  +7\u00a0701\u00a0000–00–67 ", "+77010000067"),
        ("8 (7172) 55-12-34", "+77172551234"),
        ("+998 90 123 45 67", "+998901234567"),
        ("", ""),
        ("   ", ""),
        ("12345", ""),
        ("нет телефона", ""),
        ("7" * 400, ""),
    ],
)
def test_a_telephone_is_understood_as_people_write_it(said: str, meant: str):
    assert normal_phone(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (" Aigul@Example.KZ ", "aigul@example.kz"),
        ("aigul@example.kz", "aigul@example.kz"),
        ("aigul@", ""),
        ("aigul example.kz", ""),
        ("a" * 400 + "@example.kz", ""),
        ("", ""),
    ],
)
def test_an_address_is_recognised_in_whatever_case(said: str, meant: str):
    assert normal_email(said) == meant


def test_a_screen_gets_little_of_each_datum():
    person = Applicant(
        iin_sealed=seal(IIN), phone="+77010000067", email="aigul@example.kz", postal_address="Астана, Абая 1"
    )
    assert masked(person) == {
        "iin": "••••••••0106",
        "phone": "+7 701 ••• •• 67",
        "email": "a•••@example.kz",
        "address": "•••",
    }


def test_what_was_not_given_is_empty_and_a_telephone_nobody_understood_is_masked_too():
    assert masked(Applicant()) == {"iin": "", "phone": "", "email": "", "address": ""}
    assert masked(Applicant(phone_as_said="12-34-56"))["phone"] == "••••56"


@pytest.mark.django_db
def test_the_whole_iin_comes_out_of_the_seal_also_after_the_database():
    person = Applicant.objects.create(iin_sealed=seal(IIN), iin_hash=keyed_hash(IIN))
    assert reveal_iin(Applicant.objects.get(pk=person.pk)) == IIN
    assert reveal_iin(Applicant()) == ""


@pytest.mark.django_db
def test_the_same_person_is_recognised_by_iin_telephone_or_address_never_by_name():
    name = {"surname": "Оспанов", "given_name": "Ержан"}
    first = Applicant.objects.create(
        iin_sealed=seal(IIN), iin_hash=keyed_hash(IIN), phone="+77010000067", email="e@example.kz", **name
    )
    by_iin = Applicant.objects.create(iin_sealed=seal(IIN), iin_hash=keyed_hash(IIN))
    by_phone = Applicant.objects.create(phone="+77010000067")
    by_email = Applicant.objects.create(email="e@example.kz")
    namesake = Applicant.objects.create(phone="+77020000000", **name)
    assert set(same_person_filter(first)) == {first, by_iin, by_phone, by_email}
    assert set(same_person_filter(namesake)) == {namesake}


@pytest.mark.django_db
def test_people_of_whom_nothing_is_known_are_not_one_person():
    Applicant.objects.create(anonymous=True)
    assert same_person_filter(Applicant.objects.create(surname="Оспанов")) is None


@pytest.mark.django_db
def test_each_way_of_recognising_uses_its_index_whatever_the_value():
    person = Applicant.objects.create(iin_hash=keyed_hash(IIN), phone="+77010000067", email="e@example.kz")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    plan = same_person_filter(person).explain()
    assert [name for name in ("applicant_iin", "applicant_phone", "applicant_email") if name in plan] == [
        "applicant_iin",
        "applicant_phone",
        "applicant_email",
    ]


@pytest.mark.django_db
def test_people_known_before_are_found_by_their_masked_iin_too(monkeypatch):
    migration = import_module("qorgau.people.migrations.0009_found_by_masked_iin")
    monkeypatch.setattr(migration, "SOME", 2)
    known = [Applicant.objects.create(iin_sealed=seal(IIN), iin_hash=keyed_hash(IIN)) for _ in range(5)]
    unreadable = Applicant.objects.create(iin_sealed=seal("12-34"))
    without = Applicant.objects.create(surname="Оспанов")
    for _ in range(2):
        migration.give_hashes(apps, None)
    assert list(Applicant.objects.filter(iin_shown_hash=hash_of_shown("0106")).order_by("pk")) == known
    for person in (unreadable, without):
        person.refresh_from_db()
        assert person.iin_shown_hash is None


@pytest.mark.django_db
def test_people_are_found_by_their_masked_iin_with_an_index():
    people = Applicant.objects.filter(iin_shown_hash=hash_of_shown("0106"), iin_shown_hash__isnull=False)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "applicant_iin_shown" in people.explain()


@pytest.mark.parametrize(
    ("number", "takes"),
    [
        ("+77010000067", True),
        ("+77471234567", True),
        ("+77771234567", True),
        ("+79161234567", True),
        ("+77172551234", False),
        ("+77272500000", False),
        ("1414", False),
        ("", False),
    ],
)
def test_an_sms_arrives_at_mobile_telephones_only(number: str, takes: bool) -> None:
    assert takes_messages(number) is takes


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+77010000000", "+7 701 000 00 00"),
        ("+77172123456", "+7 717 212 34 56"),
        ("+998901234567", "+998 90 123 45 67"),
        ("", ""),
        ("домофон 12", "домофон 12"),
    ],
)
def test_a_telephone_stands_as_people_read_it_out(number, read):
    assert phone_to_read(number) == read
