"""Registering at the desk: paper, spoken words and calls come in by the one way, whatever else is known."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from qorgau.directory.changes import new_version
from qorgau.directory.models import Topic
from qorgau.directory.reference import refresh
from qorgau.handling.withdraw import withdraw
from qorgau.people.models import Staff
from qorgau.register.access import access_code
from qorgau.register.models import Appeal, Attachment, JournalLine, Withdrawal
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

NEW = "/desk/new/"


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk, post="Главный специалист")


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def filled_in(**more: object) -> dict[str, object]:
    return {
        "delivery_key": "desk-1",
        "how": "oral",
        "kind": "complaint",
        "text": "Отказали в приёме.",
        "language": "ru",
        **more,
    }


def test_one_sentence_is_enough(client: Client, specialist: Staff, world: World) -> None:
    answer = client.post(NEW, filled_in())
    appeal = Appeal.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("desk:receipt", args=[appeal.number])
    assert (appeal.channel, appeal.taken_by, appeal.text) == ("clinic_desk", specialist, "Отказали в приёме.")
    assert access_code(appeal.number) not in client.get(answer["Location"]).content.decode()
    receipt = client.post(answer["Location"]).content.decode()
    for words in (appeal.number, access_code(appeal.number), "Сейітова А.", "Главный специалист", "Отказали в приёме."):
        assert words in receipt, words


def test_everything_that_is_known_is_taken_along(client: Client, world: World) -> None:
    group = Topic.objects.create(code="access", name_ru="Доступность")
    Topic.objects.filter(code="refusal").update(parent=group)
    refresh()
    letter = SimpleUploadedFile("жалоба.txt", "Отказали".encode(), "text/plain")
    answer = client.post(
        NEW,
        filled_in(
            how="paper", organisation=world.state_clinic.pk, region=world.astana.kato, topic="refusal",
            event_date="2026-05-30", circumstances="Гипертония", desired_outcome="Принять", surname="Оспанов",
            given_name="Ержан", patronymic="Серікұлы", iin="900101300106", phone="87010000067", email="e@example.kz",
            postal_address="Астана", preferred_channel="post", files=[letter],
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    appeal = Appeal.objects.select_related("applicant", "organisation", "topic").get()
    assert (appeal.organisation, appeal.holder) == (world.state_clinic, world.clinic_desk)
    assert (appeal.event_date, appeal.desired_outcome) == (date(2026, 5, 30), "Принять")
    assert appeal.topic is not None and appeal.topic.code == "refusal"
    assert appeal.applicant.full_name == "Оспанов Ержан Серікұлы"
    assert (appeal.applicant.phone, appeal.applicant.preferred_channel) == ("+77010000067", "post")
    assert Attachment.objects.get().name == "жалоба.txt"


def test_an_application_to_be_attached_on_paper_is_judged_like_one_from_the_site(
    client: Client, specialist: Staff, world: World
) -> None:
    factories.attachment()
    assert "An application to be attached to a clinic" in client.get(NEW).content.decode()
    client.post(
        NEW,
        filled_in(how="paper", organisation=world.state_clinic.pk, attachment_reason="moved", last_choice="12.10.2025"),
    )
    appeal = Appeal.objects.select_related("topic", "holder").get()

    assert (appeal.kind, appeal.topic and appeal.topic.code) == ("application", "attachment-change")
    assert appeal.holder == world.clinic_desk
    assert [clock.purpose for clock in appeal.clocks.all() if clock.due_on == appeal.due_on] == ["attachment"]
    assert appeal.clinic_choice.verdict["standing"] == "any_day"
    for path in (reverse("desk:receipt", args=[appeal.number]), reverse("desk:appeal", args=[appeal.number])):
        page = client.get(path).content.decode()
        assert "The reason holds on the day it came" in page and "What the rule says of the day it came:" in page
        assert "was told before sending" not in page


def test_a_mother_applies_on_paper_for_each_of_her_children(client: Client, world: World) -> None:
    factories.attachment()
    mother = {"how": "paper", "surname": "Сапарова", "iin": "840229401515", "relation": "мать"}
    about = {"organisation": world.state_clinic.pk, "attachment_reason": "newborn", "text": "Прошу прикрепить."}
    for child in ("150615601119", "050505501610"):
        said = filled_in(delivery_key=child, patient_surname="Сапарова", patient_iin=child, **mother, **about)
        assert client.post(NEW, said).status_code == 302
    first, second = Appeal.objects.select_related("patient", "applicant").order_by("pk")

    assert first.patient is not None and second.patient is not None and first.relation == "мать"
    assert len({one.iin_hash for one in (first.applicant, first.patient, second.patient)}) == 3
    assert second.flags == []
    assert client.post(NEW, filled_in(delivery_key="alone")).status_code == 302
    assert Appeal.objects.latest("pk").patient is None


def test_a_reason_of_attachment_that_is_not_in_the_list_or_a_day_that_is_none_is_said(client: Client) -> None:
    factories.attachment()
    answer = client.post(NEW, filled_in(attachment_reason="whim", last_choice="last year"))
    page = answer.content.decode()

    assert answer.status_code == 422 and Appeal.objects.count() == 0
    assert "Write the date as day, month and year" in page and '<details class="details" open>' in page


def test_a_call_is_taken_down_as_a_call(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.OPERATOR, world.contact_centre))
    assert '<input type="radio" name="how" id="id_how_2" value="call" checked' in client.get(NEW).content.decode()
    client.post(NEW, filled_in(how="call"))
    appeal = Appeal.objects.get()
    assert (appeal.channel, appeal.holder) == ("call", world.contact_centre)
    assert (
        "Read the number and the code out"
        in client.post(reverse("desk:receipt", args=[appeal.number])).content.decode()
    )


def test_the_code_is_shown_once_and_the_journal_says_to_whom(client: Client, specialist: Staff) -> None:
    client.post(NEW, filled_in())
    appeal = Appeal.objects.get()
    path, code = reverse("desk:receipt", args=[appeal.number]), access_code(appeal.number)
    assert code in client.post(path).content.decode()
    again = client.post(path)
    assert (again.status_code, code in again.content.decode()) == (409, False)
    assert "It is shown once" in client.get(path).content.decode()
    line = JournalLine.objects.get(verb="code_shown")
    assert (line.staff, line.after) == (specialist, {"code_version": 1})
    assert code not in str(line.after)


def test_a_withdrawal_with_a_code_that_staff_saw_is_marked(client: Client, world: World, specialist: Staff) -> None:
    for seen in (False, True):
        about = {"organisation": world.state_clinic.pk, "text": f"Отказали: {seen}"}
        client.post(NEW, filled_in(delivery_key=f"desk-{seen}", **about))
        appeal = Appeal.objects.select_related("applicant", "holder").get(text=f"Отказали: {seen}")
        if seen:
            client.post(reverse("desk:receipt", args=[appeal.number]))
            appeal.refresh_from_db()
        withdraw(appeal, reason="", at=NOON)
        assert Withdrawal.objects.get(appeal=appeal).code_seen_by == (specialist if seen else None)
        card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
        assert ("It was withdrawn with a code that" in card) == seen


def test_a_clinics_form_begins_with_the_clinic(client: Client, world: World) -> None:
    page = client.get(NEW).content.decode()
    assert re.search(rf'name="organisation"[^>]*value="{world.state_clinic.pk}"[^>]*checked', page)


def test_sending_twice_registers_once(client: Client) -> None:
    first, second = client.post(NEW, filled_in()), client.post(NEW, filled_in())
    assert first["Location"] == second["Location"]
    assert Appeal.objects.count() == 1


def test_the_same_form_with_other_content_is_refused_with_the_number(client: Client) -> None:
    client.post(NEW, filled_in())
    answer = client.post(NEW, filled_in(text="Другая жалоба."))
    assert answer.status_code == 409
    assert Appeal.objects.get().number in answer.content.decode()
    assert "Другая жалоба." in answer.content.decode()

    key = re.search(r'name="delivery_key"[^>]*?value="([^"]+)"', answer.content.decode())
    assert key is not None, "the form goes on under a key of its own"
    assert client.post(NEW, filled_in(text="Другая жалоба.", delivery_key=key[1])).status_code == 302
    assert Appeal.objects.count() == 2


def test_nothing_typed_is_lost_by_an_error(client: Client, world: World) -> None:
    letter = SimpleUploadedFile("жалоба.txt", "Отказали".encode(), "text/plain")
    answer = client.post(NEW, filled_in(text="", surname="Оспанов", phone="123", sensitive="on", files=[letter]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write what happened: one sentence is enough." in page
    for kept in ("Оспанов", 'value="123"', "жалоба.txt", "desk-1"):
        assert kept in page, kept
    assert not Appeal.objects.exists()


def test_wrong_data_are_kept_and_flagged_never_refused(client: Client) -> None:
    said = filled_in(iin="123", phone="нет", email="не@адрес", event_date="позавчера")
    asked = client.post(NEW, said)
    page = asked.content.decode()
    assert (asked.status_code, Appeal.objects.exists()) == (422, False)
    for words in ("Ask the person while they are here.", "does not look like a telephone number"):
        assert words in page
    carried = re.search(r'name="asked" id="id_asked" value="([^"]+)"', page) or re.search(
        r'name="asked" value="([^"]+)"', page
    )
    assert carried is not None and set(carried[1].split()) == {"iin", "phone", "email"}
    assert client.post(NEW, said | {"asked": carried[1]}).status_code == 302
    appeal = Appeal.objects.get()
    assert appeal.event_date_as_said == "позавчера"
    assert len(appeal.flags) >= 3


def test_an_organisation_is_found_without_losing_the_rest(client: Client, world: World) -> None:
    answer = client.post(NEW, filled_in(find="organisation_words", organisation_words="Шипа", organisation=""))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{world.private_clinic.pk}"' in page
    assert "Отказали в приёме." in page
    assert "error-summary" not in page
    part = client.get(reverse("desk:organisations"), {"organisation_words": "Шипа"}).content.decode()
    assert "Клиника «Шипа»" in part
    assert "<html" not in part


def test_organisations_of_the_region_that_is_chosen_are_found_first(client: Client, world: World) -> None:
    """Without one, those of the region of the desk."""
    factories.organisation(world.almaty, name="Поликлиника №4")
    new_version(organisations=True)
    refresh()
    here, there = "Городская поликлиника №4", ">Поликлиника №4"
    words = {"organisation_words": "поликлиника 4"}
    astana, almaty = world.astana.kato, world.almaty.kato
    for region, first, second in ((almaty, there, here), (astana, here, there), ("", here, there)):
        by_button = client.post(NEW, filled_in(find="organisation_words", organisation="", region=region, **words))
        while_typing = client.get(reverse("desk:organisations"), {"region": region, **words})
        for page in (by_button.content.decode(), while_typing.content.decode()):
            assert page.index(first) < page.index(second)


def test_words_typed_after_a_choice_mean_another_organisation(client: Client, world: World) -> None:
    """A clinic's form begins with the clinic; whoever types another name must not get their own."""
    typed = {"organisation": world.state_clinic.pk, "organisation_words": "Ауыл амбулаториясы"}
    looking = client.post(NEW, filled_in(find="organisation_words", **typed)).content.decode()
    assert f'value="{world.state_clinic.pk}"' not in looking
    client.post(NEW, filled_in(**typed))
    appeal = Appeal.objects.get()
    assert (appeal.organisation, appeal.organisation_as_said) == (None, "Ауыл амбулаториясы")


def test_an_organisation_that_is_not_in_the_list_is_kept_as_said(client: Client) -> None:
    client.post(NEW, filled_in(organisation_words="Ауыл амбулаториясы", organisation=""))
    assert Appeal.objects.get().organisation_as_said == "Ауыл амбулаториясы"


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999", "9" * 5000, "²"])
def test_a_forged_organisation_is_no_500(client: Client, key: str) -> None:
    assert client.post(NEW, filled_in(organisation=key)).status_code == 302
    assert Appeal.objects.get().organisation is None


def test_a_sensitive_appeal_leaves_the_clinic_at_once(client: Client, world: World, specialist: Staff) -> None:
    answer = client.post(NEW, filled_in(sensitive="on", organisation=world.state_clinic.pk))
    appeal = Appeal.objects.get()
    assert appeal.holder == world.branch
    receipt = client.get(answer["Location"])
    assert receipt.status_code == 200, "who took it still gives the person the receipt"
    assert reverse("desk:appeal", args=[appeal.number]) not in receipt.content.decode()
    assert client.get(reverse("desk:appeal", args=[appeal.number])).status_code == 404


def test_tokens_of_files_that_can_be_none_are_no_500(client: Client) -> None:
    assert client.post(NEW, filled_in(kept="\0")).status_code == 302
