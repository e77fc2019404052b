"""Following an appeal that is answered together with somebody else's: one's own words, the state of both, no more."""

from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.answer import answer
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.handling.for_applicant.story import read_story
from qorgau.handling.merge import merge
from qorgau.handling.note import note
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.access import access_code
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World

ERZHAN = Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67", iin="900101300017")
SAULE = Person(surname="Тілеуова", given_name="Сәуле", phone="+7 702 000 00 68", email="saule@example.kz")
WORDS = {"Оспанов": "Терапевт не принял: слова Ержана", "Тілеуова": "Кезекте тұрдым: Сәуленің сөзі"}


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def pair(world: World, specialist: Staff) -> tuple[Appeal, Appeal]:
    """Ержан's leads, Сәуле's is part of it; both wrote, and the desk wrote to itself and to Ержан."""
    now = timezone.now()
    both = [
        factories.appeal(
            organisation_id=world.state_clinic.pk,
            applicant=person,
            text=WORDS[person.surname],
            received_at=now - timedelta(hours=2),
        )
        for person in (ERZHAN, SAULE)
    ]
    leading, merged = both
    accept(leading, staff=specialist, at=now)
    merge(merged, into=leading, staff=specialist, reason="Причина: Сәуле и Ержан об одном", at=now)
    note(leading, staff=specialist, text="Заметка об Ержане", at=now)
    leading.refresh_from_db()
    add_message(leading, text="Ещё слово Ержана", delivery_key="m-1", at=now)
    add_message(merged, text="Тағы бір сөз, Сәуле", delivery_key="m-2", at=now)
    leading.refresh_from_db()
    ask_applicant(leading, staff=specialist, question="Ержан, когда это было?", at=now)
    return leading, merged


def page_of(appeal: Appeal, language: str = "ru") -> str:
    client = Client()
    opened = client.post(f"/{language}/track/", {"number": appeal.number, "code": access_code(appeal.number)})
    assert opened.status_code == 302
    return client.get(opened["Location"]).content.decode()


def of_the_other(leading: Appeal, merged: Appeal) -> dict[int, list[str]]:
    return {
        merged.pk: [leading.number, "Ержан", "Оспанов", "900101300017", "000 00 67", "701 000", "Причина", "Заметка"],
        leading.pk: [merged.number, "Сәуле", "Тілеуова", "saule", "000 00 68", "702 000", "Причина", "Заметка"],
    }


def test_each_applicant_sees_their_own_words_and_nothing_of_the_other(pair: tuple[Appeal, Appeal]) -> None:
    leading, merged = pair
    foreign = of_the_other(*pair)
    for appeal, own in ((leading, "слова Ержана"), (merged, "Сәуленің сөзі")):
        page = page_of(appeal)
        assert own in page
        assert appeal.number in page
        assert [words for words in foreign[appeal.pk] if words in page] == []


def test_a_merged_appeal_shows_where_the_leading_one_stands(pair: tuple[Appeal, Appeal], specialist: Staff) -> None:
    leading, merged = pair
    # The question is Ержан's alone: for Сәуле the desk is at work.
    waits = "The desk has asked you something and waits for your reply."
    assert (waits in page_of(merged, "en"), waits in page_of(leading, "en")) == (False, True)
    assert ("когда это было" in page_of(merged), "когда это было" in page_of(leading)) == (False, True)


def test_the_answer_stands_on_both_pages(pair: tuple[Appeal, Appeal], specialist: Staff) -> None:
    leading, merged = pair
    client = Client()
    opened = client.post("/ru/track/", {"number": merged.number, "code": access_code(merged.number)})
    before = client.get(opened["Location"]).content.decode()
    assert "Очередь устранена" not in before
    add_message(leading, text="В марте", delivery_key="m-3", at=timezone.now())
    leading.refresh_from_db()
    said = {
        "decision": "founded",
        "text": "Очередь устранена.",
        "legal_basis": "",
        "how_to_appeal": "",
        "language": "ru",
    }
    draft(leading, staff=specialist, at=timezone.now(), **said)
    leading.refresh_from_db()
    answer(leading, staff=specialist, at=timezone.now())
    # The same browser, whose page was kept, sees it too.
    assert "Очередь устранена." in client.get(opened["Location"]).content.decode()
    foreign = of_the_other(leading, merged)
    for appeal in (leading, merged):
        page = page_of(appeal)
        assert "Очередь устранена." in page
        assert [words for words in foreign[appeal.pk] if words in page] == []
    pdf = client.get(f"/ru/appeal/{merged.number}/answer.pdf")
    assert pdf.content.startswith(b"%PDF-")


def test_no_code_opens_the_other_ones_page(pair: tuple[Appeal, Appeal]) -> None:
    for one, other in product(pair, pair):
        response = Client().post("/ru/track/", {"number": one.number, "code": access_code(other.number)})
        assert response.status_code == (302 if one is other else 422)


def test_a_kept_page_follows_the_leading_appeal(pair: tuple[Appeal, Appeal], specialist: Staff) -> None:
    leading, merged = pair
    client = Client()
    opened = client.post("/en/track/", {"number": merged.number, "code": access_code(merged.number)})
    first = client.get(opened["Location"]).content.decode()
    assert "Being looked into" in first
    assert client.get(opened["Location"]).status_code == 200
    add_message(leading, text="В марте", delivery_key="m-3", at=timezone.now())
    leading.refresh_from_db()
    said = {"decision": "founded", "text": "Ответ", "legal_basis": "", "how_to_appeal": "", "language": "ru"}
    draft(leading, staff=specialist, at=timezone.now(), **said)
    leading.refresh_from_db()
    answer(leading, staff=specialist, at=timezone.now())
    assert "Being looked into" not in client.get(opened["Location"]).content.decode()


def test_each_applicant_reads_their_own_term(world: World, specialist: Staff) -> None:
    now = timezone.now()
    early = factories.appeal(
        organisation_id=world.state_clinic.pk, applicant=SAULE, received_at=now - timedelta(days=60)
    )
    leading = factories.appeal(organisation_id=world.state_clinic.pk, applicant=ERZHAN, received_at=now)
    own = leading.due_on
    merge(early, into=leading, staff=specialist, reason="Одно", at=now)
    leading.refresh_from_db()
    assert leading.due_on == early.due_on
    read = [read_story(appeal.number) for appeal in (leading, early)]
    assert [story.row.due_on for story in read if story] == [own, early.due_on]
