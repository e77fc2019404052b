from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from qorgau.notices.models import Notice
from qorgau.notices.outbox import prepare, tell, tell_desk
from qorgau.notices.topics import Topic
from qorgau.people.models import Applicant
from qorgau.rules.ladder import DeskKind
from qorgau.rules.sentences import Sentence
from tests import factories
from tests.factories import ALMATY, NOON

NIGHT = datetime(2026, 6, 2, 23, 30, tzinfo=ALMATY)
PHONE, EMAIL = "+77010000067", "erzhan@example.kz"
LANDLINE = "+77272500000"


def person(phone: str = PHONE, email: str = EMAIL, wish: str = "", language: str = "ru") -> Applicant:
    return Applicant(phone=phone, email=email, preferred_channel=wish, language=language)


def told(applicant: Applicant, *, at: datetime = NOON, **facts: Any) -> Notice:
    (notice,) = tell(topic=Topic.EXTENDED, appeal_number="26-0000001-5", applicant=applicant, facts=facts, at=at)
    return notice


@pytest.mark.parametrize(
    ("applicant", "way", "address"),
    [
        (person(wish="email"), "email", EMAIL),
        (person(wish="sms"), "sms", PHONE),
        (person(wish="phone"), "sms", PHONE),
        (person(wish="telegram"), "sms", PHONE),
        (person(), "sms", PHONE),
        (person(phone=""), "email", EMAIL),
        (person(phone="", wish="sms"), "email", EMAIL),
        (person(email="", wish="email"), "sms", PHONE),
        (person(phone=LANDLINE), "email", EMAIL),
        (person(phone=LANDLINE, wish="sms"), "email", EMAIL),
    ],
)
def test_a_person_hears_by_the_way_they_chose_or_the_one_they_left(
    db: None, applicant: Applicant, way: str, address: str
) -> None:
    notice = Notice.objects.get(pk=told(applicant).pk)

    assert (notice.transport, notice.address, notice.state) == (way, address, "waiting")
    assert (notice.topic, notice.appeal_number, notice.language) == ("extended", "26-0000001-5", "ru")
    assert (notice.created_at, notice.due_at, notice.for_staff) == (NOON, NOON, False)


def test_staff_see_who_left_no_way_to_be_told(db: None) -> None:
    for phone in ("", LANDLINE):
        notice = told(person(phone=phone, email=""))

        assert (notice.transport, notice.address, notice.state) == ("", "", "undeliverable")


def test_an_appeal_with_a_landline_is_registered_and_its_receipt_leaves_by_mail(db: None) -> None:
    factories.world()
    factories.appeal(applicant=factories.Person(phone="8 (727) 250-00-00", email=EMAIL))
    assert [(row.transport, row.address) for row in Notice.objects.all()] == [("email", EMAIL)]


def test_an_sms_waits_for_the_morning_and_a_letter_does_not(db: None) -> None:
    assert told(person(), at=NIGHT).due_at == datetime(2026, 6, 3, 9, 0, tzinfo=ALMATY)
    assert told(person(wish="email"), at=NIGHT).due_at == NIGHT


def test_facts_are_kept_in_a_form_that_can_be_said_later(db: None) -> None:
    names = {"kk": "Қор", "ru": "Фонд", "en": "Fund"}
    notice = told(person(), due_on=date(2026, 6, 24), desk=names, code_version=2, place=Sentence("court"), nothing=None)

    notice.refresh_from_db()
    assert notice.facts == {
        "due_on": {"date": "2026-06-24"},
        "desk": names,
        "code_version": 2,
        "place": {"text": "court", "facts": {}},
    }


def test_a_notice_goes_with_the_change_it_tells_of(db: None) -> None:
    with pytest.raises(KeyError), transaction.atomic():
        told(person())
        raise KeyError

    assert Notice.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_notice_outside_of_a_transaction_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(RuntimeError, match="in the transaction of the change"):
        told(person())


def test_telling_is_one_statement(db: None, django_assert_num_queries: Any) -> None:
    desk = factories.desk(DeskKind.CENTRE, "Центр", email="desk@example.kz")

    with django_assert_num_queries(1):
        told(person(), due_on=date(2026, 6, 24))
    with django_assert_num_queries(1):
        tell_desk(topic=Topic.OVERDUE, appeal_number="26-0000001-5", desk=desk, facts={}, at=NIGHT)


def test_a_desk_hears_at_its_address_at_any_hour(db: None) -> None:
    desk = factories.desk(DeskKind.CENTRE, "Центр", email="desk@example.kz")

    notice = tell_desk(topic=Topic.OVERDUE, appeal_number="26-0000001-5", desk=desk, facts={}, at=NIGHT)

    assert notice is not None
    assert (notice.transport, notice.address, notice.for_staff, notice.language) == (
        "email",
        "desk@example.kz",
        True,
        "kk",
    )
    assert notice.due_at == NIGHT


def test_a_desk_without_an_address_has_its_queue(db: None) -> None:
    desk = factories.desk(DeskKind.CENTRE, "Центр")

    assert tell_desk(topic=Topic.OVERDUE, appeal_number="26-0000001-5", desk=desk, facts={}, at=NOON) is None
    assert Notice.objects.count() == 0


def test_a_prepared_notice_is_the_one_that_would_be_written(db: None) -> None:
    applicant = person()
    (prepared,) = prepare(topic=Topic.RECEIPT, appeal_number="26-0000001-5", applicant=applicant, facts={}, at=NOON)
    (written,) = tell(topic=Topic.RECEIPT, appeal_number="26-0000001-5", applicant=applicant, facts={}, at=NOON)

    assert prepared.pk is None
    for field in Notice._meta.concrete_fields:
        if field.name != "id":
            assert getattr(prepared, field.attname) == getattr(written, field.attname)


def test_the_receipt_is_written_with_its_appeal(world: factories.World) -> None:
    appeal = factories.appeal(received_at=NIGHT)

    notice = Notice.objects.get(appeal_number=appeal.number)
    assert (notice.topic, notice.transport, notice.address) == ("receipt", "sms", "+77010000067")
    assert notice.due_at - NIGHT == timedelta(hours=9, minutes=30)
    assert "code" not in str(notice.facts)
