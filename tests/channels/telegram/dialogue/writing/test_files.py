"""Photographs, recordings, documents: fetched after the turn, checked as on the portal, one appeal of all of them."""

from pathlib import Path

import pytest

from qorgau.channels.telegram.dialogue.files import not_given
from qorgau.channels.telegram.models import WantedFile
from qorgau.intake.models import StagedFile
from qorgau.register.models import Appeal, Attachment
from tests.channels.telegram.dialogue.writing.steps import (
    at_the_text,
    document,
    files_come,
    files_do_not_come,
    photo,
    to_check,
    voice,
)
from tests.channels.telegram.dialogue.writing.words import EN
from tests.channels.telegram.phone import Phone

PDF = b"%PDF-1.7\n" + b"0" * 200
OGG = b"OggS\x00\x02" + b"\x00" * 20 + b"\x01\x13OpusHead" + b"\x00" * 100


def test_an_album_is_one_appeal_with_many_files(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone)
    phone.sends(**document("a.pdf", 900, "a"), media_group_id="7", caption="See the papers.")
    assert "I am taking your files in, one moment." in phone.text
    for name in "bc":
        assert phone.sends(**document(f"{name}.pdf", 900, name), media_group_id="7").messages == []
    files_come(phone, PDF, tmp_path)
    assert phone.text == "3 files in all."

    to_check(phone).presses(EN.send_complaint)
    assert Appeal.objects.get().text == "See the papers."
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.pdf", "b.pdf", "c.pdf"]
    assert not StagedFile.objects.exists()


def test_a_voice_message_is_kept_as_a_file_and_the_person_is_told(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).sends(**voice())

    assert "I keep your recording as a file: staff of the Fund listen to it." in phone.text
    files_come(phone, OGG, tmp_path)
    phone.writes("Listen.")
    to_check(phone).presses(EN.send_complaint)
    attachment = Attachment.objects.get()
    assert (attachment.name, attachment.media_type) == ("voice message 1.ogg", "audio/ogg")


def test_files_without_a_word_are_taken_once_that_is_meant(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).sends(**voice())
    files_come(phone, OGG, tmp_path)
    phone.writes("/appeal").presses("Go on ›").presses("Go on ›")
    assert "There are files, but no words yet." in phone.text

    phone.presses("Send the files alone").presses("Me").presses("Skip").presses(EN.nameless)
    phone.presses("Skip").presses(EN.send_complaint)
    assert Appeal.objects.get().text == "What it is about is said in the files."


def test_a_file_of_21_megabytes_is_refused_with_what_to_do(phone: Phone) -> None:
    at_the_text(phone).sends(**document("film.mp4", 21_000_000))

    assert "“film.mp4” is larger than 20 MB and cannot be taken. Send a shorter recording" in phone.text
    assert not WantedFile.objects.exists()


def test_a_kind_that_is_not_taken_is_refused_when_it_was_looked_into(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).sends(**document("program.exe", 900)).writes("Words.")
    files_come(phone, b"MZ" + b"\x00" * 100, tmp_path)

    assert phone.text == "“program.exe”: programs are not taken."
    to_check(phone).presses(EN.send_complaint)
    assert Appeal.objects.count() == 1 and not Attachment.objects.exists()


def test_what_telegram_does_not_give_is_told_and_holds_nothing_up(phone: Phone) -> None:
    at_the_text(phone).writes("Words.").sends(**photo())
    files_do_not_come(phone, not_given("photograph 1.jpg"))

    assert phone.text == "Telegram did not give me “photograph 1.jpg”. Please send it once more."
    to_check(phone).presses(EN.send_complaint)
    assert Appeal.objects.count() == 1


def test_nothing_is_sent_while_a_file_is_on_its_way(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).writes("Words.").sends(**document("a.pdf", 900))
    to_check(phone).presses(EN.send_complaint)

    assert "1 file is still on its way from Telegram." in phone.text
    assert not Appeal.objects.exists()
    send = phone.button(EN.send_complaint).data
    files_come(phone, PDF, tmp_path)
    phone.presses_data(send)
    assert Attachment.objects.count() == 1


def test_files_forgotten_in_a_week_are_fetched_anew(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).writes("Words.").sends(**document("a.pdf", 900))
    files_come(phone, PDF, tmp_path)
    to_check(phone)
    send = phone.button(EN.send_complaint).data
    StagedFile.objects.all().delete()

    phone.later(days=7).presses_data(send)
    assert "1 file is still on its way from Telegram." in phone.text
    send = phone.button(EN.send_complaint).data
    files_come(phone, PDF, tmp_path).presses_data(send)
    assert Attachment.objects.count() == 1


def test_a_file_that_comes_when_the_person_is_elsewhere_leads_them_nowhere(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).writes("Words.").sends(**document("a.pdf", 900)).writes("/status")
    before = phone.said
    assert files_come(phone, PDF, tmp_path).said is before

    assert "12 digits" in phone.writes("123").text
    phone.writes("/appeal").presses("Go on ›")
    assert "1 file in all." in phone.text


def test_the_eleventh_file_is_refused(phone: Phone, settings: object) -> None:
    settings.ATTACHMENTS_AT_MOST = 1  # type: ignore[attr-defined]
    at_the_text(phone).sends(**photo("a")).sends(**photo("b"))

    assert "1 files can be sent at once, and you have added them." in phone.text
    assert WantedFile.objects.count() == 1


def test_the_same_file_twice_is_there_once(phone: Phone) -> None:
    at_the_text(phone).sends(**photo("a")).sends(**photo("a"))

    assert "This file is there already." in phone.text
    assert WantedFile.objects.count() == 1


def test_a_file_sent_on_the_page_to_check_is_told_where_to_go(phone: Phone) -> None:
    at_the_text(phone).writes("Words.")
    to_check(phone).sends(**photo("a"))

    assert "To add words or files, press “Change or add something”, then “Text”." in phone.text
    phone.presses(EN.change).presses("Text").sends(**photo("a")).presses(EN.go_on)
    assert "Files: photograph 1.jpg" in phone.text


def test_the_last_file_can_be_taken_out(phone: Phone, tmp_path: Path) -> None:
    at_the_text(phone).writes("Words.").sends(**document("a.pdf", 900))
    phone.presses("Take out the last file")
    assert "I took out “a.pdf”." in phone.text
    before = phone.said
    assert files_come(phone, PDF, tmp_path).said is before
    to_check(phone).presses(EN.send_complaint)
    assert not Attachment.objects.exists()


@pytest.mark.parametrize("what", ["video_note", "animation"])
def test_videos_of_every_kind_are_files(phone: Phone, what: str) -> None:
    sent = {"file_id": "v", "file_unique_id": "v", "length": 1, "width": 1, "height": 1, "duration": 1}
    more = {"document": sent} if what == "animation" else {}
    at_the_text(phone).sends(**{what: sent, **more})

    assert "1 file in all." in phone.text
    assert WantedFile.objects.count() == 1
