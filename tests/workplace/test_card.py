"""The card: what it shows, to whom, and how it keeps personal data."""

import io
import re
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.answer import answer
from qorgau.handling.draft import draft
from qorgau.handling.note import note
from qorgau.handling.rate import rate
from qorgau.intake.new_appeal import Person
from qorgau.intake.staging import stage
from qorgau.people.models import Staff
from qorgau.register.files import place_of
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, Attachment, JournalLine, Opening
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.intake import sample_files as samples
from tests.workplace.conftest import SignIn, statements

IIN = "900101300106"
PERSON = Person(
    surname="Оспанов", given_name="Ержан", iin=IIN, phone="+7 701 123 45 67", email="erzhan@example.kz",
    postal_address="Астана, Абай 5",
)  # fmt: skip


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World) -> Appeal:
    return factories.appeal(
        organisation_id=world.state_clinic.pk,
        applicant=PERSON,
        text="Отказали <script>alert(1)</script>\nДважды.",
        circumstances="Гипертония",
        desired_outcome="Чтобы приняли",
        event_date="прошлой весной",
        preferred_channel="sms",
    )


def card(sign_in: SignIn, person: Staff, appeal: Appeal) -> str:
    page = sign_in(person).get(reverse("desk:appeal", args=[appeal.number]))
    assert page.status_code == 200
    return page.content.decode()


def test_everything_about_one_appeal_is_on_one_screen(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    page = card(sign_in, specialist, appeal)
    for words in (
        appeal.number, "Complaint", "New", "Отказали &lt;script&gt;", "Гипертония", "Чтобы приняли", "прошлой весной",
        "Городская поликлиника №4", "Astana city", "Portal", "Оспанов Ержан", "SMS", "Русский", "Registered",
        "Receipt with the number and the code", "Term of the clinic’s own desk", "Lawful term of the answer",
        "The date of the event was kept as it was written.", "Why this desk",
    ):  # fmt: skip
        assert words in page, words
    assert "<script>alert" not in page


def test_contacts_and_iin_are_masked_and_never_in_an_address(
    specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    page = card(sign_in, specialist, appeal)
    for secret in (IIN, "701 123 45 67", "+77011234567", "erzhan@example.kz", "Абай 5"):
        assert secret not in page
    assert "••••••••0106" in page
    assert "+7 701 ••• •• 67" in page
    assert "e•••@example.kz" in page


def test_a_look_at_contacts_is_written_down_with_its_purpose(
    specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, path = sign_in(specialist), reverse("desk:contacts", args=[appeal.number])
    page = client.post(path, {"who": "applicant", "purpose": "contact"})
    assert page.status_code == 200
    for secret in (IIN, '<a href="tel:+77011234567">+7 701 123 45 67</a>', "erzhan@example.kz", "Астана, Абай 5"):
        assert secret in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    line = JournalLine.objects.get(appeal=appeal, verb="looked")
    assert (line.staff, line.after, line.before) == (specialist, {"who": "applicant", "why": "contact"}, {})
    assert list(verify(appeal.number)) == []
    history = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert "Contacts and IIN were looked at" in history
    assert "Why: To contact the person" in history
    assert IIN not in history


@pytest.mark.parametrize(
    "fields", [{}, {"who": "applicant"}, {"who": "applicant", "purpose": "curiosity"}, {"who": "x"}]
)
def test_without_a_purpose_nothing_is_shown(
    specialist: Staff, appeal: Appeal, sign_in: SignIn, fields: dict[str, str]
) -> None:
    page = sign_in(specialist).post(reverse("desk:contacts", args=[appeal.number]), fields)
    assert page.status_code in (404, 422)
    assert IIN not in page.content.decode()
    assert not JournalLine.objects.filter(verb="looked").exists()


def test_there_is_no_patient_to_look_at(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    path = reverse("desk:contacts", args=[appeal.number])
    assert sign_in(specialist).post(path, {"who": "patient", "purpose": "contact"}).status_code == 404
    assert sign_in(specialist).get(path).status_code == 405


def test_the_person_on_whose_behalf_somebody_writes_is_shown_apart(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    appeal = factories.appeal(
        organisation_id=world.state_clinic.pk,
        applicant=PERSON,
        patient=Person(surname="Оспанова", given_name="Гүлнар", iin="850101400051"),
        relation="мать",
    )
    page = card(sign_in, specialist, appeal)
    assert "Patient" in page and "Оспанова Гүлнар" in page and "мать" in page
    shown = sign_in(specialist).post(
        reverse("desk:contacts", args=[appeal.number]), {"who": "patient", "purpose": "records"}
    )
    assert "850101400051" in shown.content.decode()
    assert IIN not in shown.content.decode()


def test_an_analyst_reads_without_personal_data(world: World, sign_in: SignIn) -> None:
    token = stage(SimpleUploadedFile("Оспанов.txt", "текст".encode(), "text/plain"), at=timezone.now()).token
    appeal = factories.appeal(
        organisation_id=world.state_clinic.pk, applicant=PERSON, staged_files=(token,), text=f"Мой ИИН {IIN}, отказали."
    )
    analyst = factories.staff(Role.ANALYST, world.centre)
    page = card(sign_in, analyst, appeal)
    for secret in (IIN, "Оспанов", "701", "example.kz", "Show in full"):
        assert secret not in page.replace("Оспанов.", ""), secret
    assert "отказали." in page
    assert "Ержан" not in page
    file = Attachment.objects.get(appeal=appeal)
    assert sign_in(analyst).get(reverse("desk:file", args=[appeal.number, file.pk])).status_code == 404


def test_files_are_downloads_and_pictures_have_a_preview(world: World, specialist: Staff, sign_in: SignIn) -> None:
    png = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    tokens = [
        stage(SimpleUploadedFile(name, content, kind), at=timezone.now()).token
        for name, content, kind in (("снимок.png", png, "image/png"), ("письмо.txt", "текст".encode(), "text/plain"))
    ]
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, staged_files=tuple(tokens))
    picture, letter = Attachment.objects.filter(appeal=appeal).order_by("pk")
    client = sign_in(specialist)
    page = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert page.count("<img") == 1
    for file in (picture, letter):
        download = client.get(reverse("desk:file", args=[appeal.number, file.pk]))
        assert download["Content-Disposition"].startswith("attachment;")
        assert download["X-Content-Type-Options"] == "nosniff"
        assert download["Content-Security-Policy"] == "default-src 'none'; sandbox"
    preview = client.get(reverse("desk:preview", args=[appeal.number, picture.pk]))
    assert preview["Content-Type"] == "image/png"
    assert preview["X-Content-Type-Options"] == "nosniff"
    assert client.get(reverse("desk:preview", args=[appeal.number, letter.pk])).status_code == 404
    assert client.get(reverse("desk:small", args=[appeal.number, letter.pk])).status_code == 404


def test_the_card_draws_small_pictures_and_makes_the_ones_that_are_missing(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    photo = samples.encoded(samples.picture((1600, 1200)), "JPEG", exif=samples.exif())
    token = stage(SimpleUploadedFile("снимок.jpg", photo, "image/jpeg"), at=timezone.now()).token
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, staged_files=(token,))
    picture = Attachment.objects.get(appeal=appeal)
    client, small = sign_in(specialist), reverse("desk:small", args=[appeal.number, picture.pk])
    page = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert f'<img src="{small}"' in page
    stored = place_of(picture.stored_as)
    for _stored_before_there_were_any in range(2):
        drawn = client.get(small)
        content = b"".join(drawn.streaming_content)  # type: ignore[attr-defined]
        assert Image.open(io.BytesIO(content)).size == (288, 224)
        assert (len(content) < 20_000, b"Secret" in content) == (True, False)
        assert drawn["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert drawn["X-Content-Type-Options"] == "nosniff"
        stored.with_name(f"{stored.name}-small").unlink(missing_ok=True)
    stored.write_bytes(b"lost to a broken disk")
    assert b"".join(client.get(small).streaming_content) == b"lost to a broken disk"  # type: ignore[attr-defined]


def test_small_pictures_of_a_card_are_one_opening_with_it(world: World, specialist: Staff, sign_in: SignIn) -> None:
    token = stage(SimpleUploadedFile("снимок.png", samples.png(), "image/png"), at=timezone.now()).token
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, staged_files=(token,))
    small = reverse("desk:small", args=[appeal.number, Attachment.objects.get(appeal=appeal).pk])
    client = sign_in(specialist)
    client.get(small)
    client.get(small)
    assert [one.part for one in Opening.objects.filter(appeal=appeal)] == ["card"]
    client.get(reverse("desk:appeal", args=[appeal.number]))
    client.get(small)
    assert [one.part for one in Opening.objects.filter(appeal=appeal)] == ["card", "card"]


def test_verbs_that_are_not_possible_say_why(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    page = card(sign_in, specialist, appeal)
    assert re.search(r'class="button button-primary" href="[^"]+/acceptance/"', page)
    assert "The desk must accept the appeal first." in page
    assert "Only the desk that the appeal was handed to can do this." in page
    assert "/draft/" not in page


def test_earlier_and_later_appeals_of_the_person_are_one_click_away(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    again = factories.appeal(organisation_id=world.state_clinic.pk, applicant=PERSON, text=appeal.text)
    other = factories.appeal(organisation_id=world.state_clinic.pk, applicant=Person(phone="8 701 123-45-67"))
    page = card(sign_in, specialist, again)
    assert "Probably the same as" in page
    assert page.count(f"/desk/appeal/{appeal.number}/") == 2, "as a link and as an appeal of the same person"
    assert f"/desk/appeal/{other.number}/" in page
    assert f"It seems to repeat appeal {appeal.number}." in page


def test_the_answer_and_its_rating_are_shown(world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    accept(appeal, staff=specialist, at=NOON)
    draft(
        appeal, staff=specialist, decision="partly", text="Запишем вас.", legal_basis="Кодекс", how_to_appeal="В суд",
        language="ru", at=NOON,
    )  # fmt: skip
    answer(appeal, staff=specialist, at=NOON)
    rate(appeal, outcome="not_solved", stars=2, words="Не записали", at=NOON)
    page = card(sign_in, specialist, appeal)
    for words in ("Partly founded", "Запишем вас.", "Кодекс", "В суд", "Not solved", "2 stars of 5", "Не записали"):
        assert words in page, words


def test_the_card_takes_as_many_queries_with_thirty_of_everything(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, path = sign_in(specialist), reverse("desk:appeal", args=[appeal.number])
    accept(appeal, staff=specialist, at=NOON)
    factories.appeal(organisation_id=world.state_clinic.pk, applicant=PERSON)
    note(appeal, staff=specialist, text="Первая", at=NOON)
    client.get(path)
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    for n in range(30):
        note(appeal, staff=specialist, text=f"Ещё {n}", at=NOON)
        factories.appeal(organisation_id=world.state_clinic.pk, applicant=PERSON, text=f"Другое дело {n}")
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(path)
    assert statements(with_thirty) == statements(with_one)
    assert statements(with_one) <= 35


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_card_speaks_the_language_of_the_reader_and_marks_that_of_the_words(
    world: World, appeal: Appeal, sign_in: SignIn, language: str
) -> None:
    person = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk, language=language)
    page = card(sign_in, person, appeal)
    assert f'<html lang="{language}"' in page
    assert '<div class="as-written" lang="ru">Отказали' in page


def test_a_pdf_is_looked_at_in_a_tab_of_its_own_and_runs_nothing_of_ours(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF"
    )
    token = stage(SimpleUploadedFile("выписка.pdf", content, "application/pdf"), at=timezone.now()).token
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, staged_files=(token,))
    file = Attachment.objects.get(appeal=appeal)
    client, preview = sign_in(specialist), reverse("desk:preview", args=[appeal.number, file.pk])
    page = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert f'href="{preview}" target="_blank" rel="noopener"' in page and "<img" not in page
    shown = client.get(preview)
    assert (shown["Content-Type"], shown["Content-Disposition"].split(";")[0]) == ("application/pdf", "inline")
    assert "default-src 'none'" in shown["Content-Security-Policy"] and "script" not in shown["Content-Security-Policy"]
    saved = client.get(reverse("desk:file", args=[appeal.number, file.pk]))
    assert saved["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert saved["Content-Disposition"].startswith("attachment;")


def test_pictures_of_messages_are_drawn_with_words_for_those_who_do_not_see_them(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    png = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    token = stage(SimpleUploadedFile("чек.png", png, "image/png"), at=timezone.now()).token
    add_message(appeal, text="Вот чек", at=NOON, delivery_key="m", staged_files=(token,))
    page = card(sign_in, specialist, appeal)
    assert 'alt="Picture чек.png, opens in a new tab" loading="lazy"' in page


def test_whoever_was_signed_out_meanwhile_comes_back_to_the_card_they_had_open(specialist: Staff) -> None:
    path = reverse("desk:contacts", args=["26-0001234-9"])
    card = "http://testserver/desk/appeal/26-0001234-9/?from=tab%3Ddesk"
    answer = Client().post(path, headers={"HX-Request": "true", "HX-Current-URL": card})
    assert answer.status_code == 401
    assert unquote(answer["HX-Redirect"]) == "/staff/login/?next=/desk/appeal/26-0001234-9/?from=tab%3Ddesk"
    elsewhere = Client().post(path, headers={"HX-Request": "true", "HX-Current-URL": "https://evil.example/desk/"})
    assert "evil" not in elsewhere["HX-Redirect"]
    assert Client().post(path, headers={"HX-Request": "true"})["HX-Redirect"] == "/staff/login/"
