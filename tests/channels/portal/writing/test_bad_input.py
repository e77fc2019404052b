"""Whatever is typed or sent: a clear message beside the field, nothing lost, never a page about our own failure."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qorgau.register.models import Appeal, Attachment
from tests.channels.portal.conftest import COMPLAINT, field, form_of, words
from tests.channels.portal.writing.test_writing import TEXT, typed
from tests.factories import World


def test_an_empty_text_is_asked_for(world: World, browser: Client) -> None:
    answer = browser.post(COMPLAINT, typed(text="  \n ", circumstances="Грипп"))

    assert answer.status_code == 422
    assert "Write what it is about: one sentence is enough." in words(answer)
    assert 'href="#id_text"' in words(answer)
    assert field(form_of(answer, COMPLAINT), "circumstances").strip() == "Грипп"


def test_a_text_without_a_letter_is_asked_for(world: World, browser: Client) -> None:
    answer = browser.post(COMPLAINT, typed(text="!!! ... 😀"))

    assert answer.status_code == 422
    assert "Write what happened: one sentence is enough." in words(answer)


def test_a_megabyte_of_text_comes_back_whole_with_the_limit(world: World, browser: Client) -> None:
    text = "Шағым. " * 75_000  # a megabyte in UTF-8
    answer = browser.post(COMPLAINT, typed(text=text))

    assert answer.status_code == 422
    assert "This has 524999 characters; 20000 fit here. Please shorten it." in words(answer)
    assert field(form_of(answer, COMPLAINT), "text").strip() == text.strip()


def test_twenty_thousand_characters_fit_with_their_line_breaks(world: World, browser: Client) -> None:
    text = ("Қ" * 99 + "\r\n") * 200  # browsers send a line break as two characters

    assert browser.post(COMPLAINT, typed(text=text)).status_code == 302
    assert len(Appeal.objects.get().text) == 19_999


@pytest.mark.parametrize("said", ["вчера", "31.02.2026", "99.99.9999", "01.01.2999"])
def test_a_date_that_cannot_be_is_asked_once_and_then_kept_as_said(world: World, browser: Client, said: str) -> None:
    asked = browser.post(COMPLAINT, typed(event_date=said))
    assert asked.status_code == 422
    assert "send it again as it is" in words(asked)
    form = form_of(asked, COMPLAINT)
    assert field(form, "event_date") == said

    assert browser.post(COMPLAINT, dict(form.filled({"step": "send"}))).status_code == 302
    appeal = Appeal.objects.get()
    assert appeal.event_date is None
    assert appeal.event_date_as_said in (said, "2999-01-01")


def test_an_iin_with_a_wrong_digit_is_asked_once_kept_and_flagged(world: World, browser: Client) -> None:
    asked = browser.post(COMPLAINT, typed(iin="900101300107"))
    assert asked.status_code == 422
    assert "There is no such IIN: one of the digits is wrong." in words(asked)

    form = form_of(asked, COMPLAINT).filled({"step": "send"})
    assert browser.post(COMPLAINT, dict(form)).status_code == 302
    appeal = Appeal.objects.get()
    assert appeal.applicant.iin_hash is None and appeal.applicant.iin_sealed is not None
    assert "The IIN was kept as it was given: {problem}" in [flag["text"] for flag in appeal.flags]


def test_a_telephone_and_an_address_that_cannot_be_are_asked_once(world: World, browser: Client) -> None:
    asked = browser.post(COMPLAINT, typed(phone="позвоните соседке", email="нет"))
    assert "This does not look like a telephone number." in words(asked)
    assert "This does not look like an e-mail address." in words(asked)

    assert browser.post(COMPLAINT, dict(form_of(asked, COMPLAINT).filled({"step": "send"}))).status_code == 302


def test_html_and_scripts_are_words(world: World, browser: Client) -> None:
    text = "<script>alert(1)</script> «врач» & <b>медсестра</b>"
    check = browser.post(COMPLAINT, typed(text=text, step="check"))

    assert "<script>alert" not in check.content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in check.content.decode()
    browser.post(COMPLAINT, typed(text=text))
    assert Appeal.objects.get().text == text


def test_control_characters_and_tricks_with_direction_go_and_the_words_stay(world: World, browser: Client) -> None:
    said = typed(text="До\x00кто\u202eр \x07гру\u200bбил\x1b[31m", surname="Ос\u202eпа\x00нов")
    assert browser.post(COMPLAINT, said).status_code == 302

    appeal = Appeal.objects.get()
    assert appeal.text == "Доктор грубил[31m" and appeal.applicant.surname == "Оспанов"


@pytest.mark.parametrize("name", ["surname", "circumstances", "organisation", "phone", "email", "iin", "event_date"])
def test_no_field_is_ever_too_long_for_us(world: World, browser: Client, name: str) -> None:
    answer = browser.post(COMPLAINT, typed(**{name: "ы" * 100_000}))

    assert answer.status_code == 422
    assert "characters;" in words(answer) and f'href="#id_{name}"' in words(answer)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("region", "999999999", "Choose the region from the list."),
        ("topic", "no-such", "Choose the reason from the list."),
        ("wish", "minister", "Choose one of the list."),
        ("language", "de", "Choose one of the list."),
    ],
)
def test_what_is_not_in_a_list_is_asked_again(
    world: World, browser: Client, name: str, value: str, message: str
) -> None:
    answer = browser.post(COMPLAINT, typed(**{name: value}))

    assert answer.status_code == 422 and message in words(answer)


@pytest.mark.parametrize("value", ["0", "999999999", "-1", "x", "１２", "9" * 40, "1 OR 1=1"])
def test_an_organisation_that_is_none_does_no_harm(world: World, browser: Client, value: str) -> None:
    assert browser.post(COMPLAINT, typed(organisation_id=value)).status_code == 302


@pytest.mark.parametrize("name", ["delivery", "began", "asked", "file"])
@pytest.mark.parametrize("value", ["", "x" * 1000, "١٢٣", "'; DROP TABLE", "\x00", "-5"])
def test_hidden_fields_may_hold_anything(world: World, browser: Client, name: str, value: str) -> None:
    assert browser.post(COMPLAINT, typed(**{name: value})).status_code in (302, 422)


def test_a_wrong_file_is_refused_by_name_and_the_others_are_kept(world: World, browser: Client) -> None:
    files = [
        SimpleUploadedFile("справка.txt", "Қабылдау болмады".encode(), "text/plain"),
        SimpleUploadedFile("photo.jpg", b"MZ\x90\x00" + b"\x00" * 300, "image/jpeg"),
    ]
    answer = browser.post(COMPLAINT, typed(files=files, text=""))

    assert answer.status_code == 422
    assert "“photo.jpg”:" in words(answer) and "The other files were taken." in words(answer)
    assert "справка.txt" in words(answer)
    form = form_of(answer, COMPLAINT)
    browser.post(COMPLAINT, dict(form.filled({"text": TEXT, "step": "send"})))
    assert [file.name for file in Attachment.objects.filter(appeal=Appeal.objects.get())] == ["справка.txt"]


def test_a_file_can_be_taken_out_again(world: World, browser: Client) -> None:
    file = SimpleUploadedFile("справка.txt", "Қабылдау болмады".encode(), "text/plain")
    form = form_of(browser.post(COMPLAINT, typed(files=[file], text="")), COMPLAINT)
    without = browser.post(COMPLAINT, dict(form.filled({"take_out": field(form, "file"), "text": TEXT})))

    assert without.status_code == 200
    assert "file" not in [name for name, _ in form_of(without, COMPLAINT).fields]
    assert field(form_of(without, COMPLAINT), "text").strip() == TEXT


def test_too_many_files_are_told_and_the_first_ones_kept(world: World, browser: Client, settings: Any) -> None:
    settings.ATTACHMENTS_AT_MOST = 2
    files = [SimpleUploadedFile(f"{i}.txt", f"Бет {i}".encode(), "text/plain") for i in range(3)]
    answer = browser.post(COMPLAINT, typed(files=files))

    assert answer.status_code == 422
    assert "3 files were added; 2 can be sent at once." in words(answer)
    assert [name for name, _ in form_of(answer, COMPLAINT).fields].count("file") == 2


def test_a_huge_file_is_told(world: World, browser: Client, settings: Any) -> None:
    settings.ATTACHMENT_LIMIT_MB = 1
    huge = SimpleUploadedFile("huge.pdf", b"%PDF-1.4\n" + b"0" * 1_100_000, "application/pdf")
    answer = browser.post(COMPLAINT, typed(files=[huge]))

    assert answer.status_code == 422 and "the file is larger than 1 MB." in words(answer)


def test_a_file_token_of_nobody_is_told_and_nothing_is_registered(world: World, browser: Client) -> None:
    answer = browser.post(COMPLAINT, typed(file="0" * 32))

    assert answer.status_code == 422
    assert "A file that was added here is no longer kept" in words(answer)
    assert not Appeal.objects.exists()
    # What is no longer there does not come back with the form, so the person is not stuck.
    assert browser.post(COMPLAINT, dict(form_of(answer, COMPLAINT).filled({"step": "send"}))).status_code == 302


def test_more_fields_than_any_form_has_are_told(world: World, browser: Client) -> None:
    answer = browser.post(COMPLAINT, {f"x{i}": "1" for i in range(500)})

    assert answer.status_code == 413
    assert "That was too much at once" in words(answer)


def test_more_than_the_server_reads_at_once_is_told(world: World, browser: Client) -> None:
    answer = browser.post(COMPLAINT, typed(text="x" * 3_000_000))

    assert answer.status_code == 413
    assert "That was too much at once" in words(answer)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=abc", b"--abc\r\nbroken"),
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=\xff", b"x"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"text=a"),
        ("application/json", b"{}"),
        ("text/plain", b"\xff\xfe"),
    ],
)
def test_a_body_that_no_form_sends_is_no_failure_of_ours(
    world: World, browser: Client, content_type: str, body: bytes
) -> None:
    answer = browser.generic("POST", COMPLAINT, body, content_type=content_type)

    assert answer.status_code in (200, 400, 422)
    assert not Appeal.objects.exists()


def test_bytes_that_are_no_text_are_kept_as_far_as_they_can_be(world: World, browser: Client) -> None:
    body = b"text=%D0%96%FF%FE%D0%B0%D0%BB%D0%BE%D0%B1%D0%B0&step=send&began=1"
    answer = browser.generic("POST", COMPLAINT, body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 302
    assert Appeal.objects.get().text == "Ж\ufffd\ufffdалоба"


def test_a_flood_from_one_network_waits_and_loses_nothing(world: World, browser: Client, settings: Any) -> None:
    settings.SENDINGS_PER_MINUTE = 2
    answers = [browser.post(COMPLAINT, typed(), REMOTE_ADDR="203.0.113.7") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[2]["Retry-After"] == "30"
    assert "Please wait a little" in words(answers[2])

    settings.SENDINGS_PER_MINUTE = 100
    form = form_of(answers[2], COMPLAINT).filled({"step": "send"})
    assert browser.post(COMPLAINT, dict(form), REMOTE_ADDR="203.0.113.7").status_code == 302
    assert Appeal.objects.count() == 3


def test_neighbours_of_a_flood_are_not_kept_waiting(world: World, browser: Client, settings: Any) -> None:
    settings.SENDINGS_PER_MINUTE = 1
    for _ in range(3):
        browser.post(COMPLAINT, typed(), REMOTE_ADDR="203.0.113.8")

    assert browser.post(COMPLAINT, typed(), REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize("key", ["²", "9" * 5000, "999999", "\0"])
def test_an_organisation_that_is_none_loses_neither_the_page_nor_its_name(
    world: World, browser: Client, key: str
) -> None:
    said = {"organisation_id": key, "organisation": "Ауыл амбулаториясы"}
    assert browser.post(COMPLAINT, typed(find="organisation", **said)).status_code == 200
    assert browser.post(COMPLAINT, typed(step="", **said)).status_code in (200, 422)
    answer = browser.post(COMPLAINT, typed(asked="organisation", step="send", **said))

    assert answer.status_code == 302
    assert Appeal.objects.get().organisation_as_said == "Ауыл амбулаториясы"
