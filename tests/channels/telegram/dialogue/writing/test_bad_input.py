"""Whatever comes in the middle of writing is answered with what to do, and nothing that was said is lost."""

import json

import pytest

from qorgau.channels.telegram.models import Dialogue, Received
from qorgau.lib.sealed import unseal
from qorgau.register.models import Appeal
from tests.channels.telegram.dialogue.test_menu import STICKER
from tests.channels.telegram.dialogue.writing.steps import TEXT, at_the_text, complaint, to_check
from tests.channels.telegram.dialogue.writing.words import EN
from tests.channels.telegram.phone import Phone
from tests.factories import World
from tests.insured.files import AIGUL as IIN


@pytest.mark.parametrize("what", [{"sticker": STICKER}, {"dice": {"emoji": "🎲", "value": 3}}])
def test_a_sticker_is_answered_and_the_question_put_again(phone: Phone, what: dict[str, object]) -> None:
    at_the_text(phone).sends(**what)

    assert "I have no use for this here, and have not kept it." in phone.text
    assert "What happened?" in phone.text


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"text": "Atlantis"}, "I do not know a region of this name."),
        ({"location": {"latitude": 55.75, "longitude": 37.62}}, "I know no region near this place."),
        ({"sticker": STICKER}, "Please press one of the buttons."),
        ({"text": "алматы"}, "Which clinic, hospital or another medical organisation?"),
    ],
)
def test_the_region_is_pressed_or_written(phone: Phone, what: dict[str, object], said: str) -> None:
    phone.writes("/appeal").presses(EN.complain).sends(**what)

    assert said in phone.text


def test_an_unknown_clinic_is_kept_as_it_was_written(phone: Phone) -> None:
    phone.writes("/appeal").presses(EN.complain).presses(EN.skip).writes("Qwxyz")
    assert "I find nothing like “Qwxyz” in the directory." in phone.text

    phone.presses("Keep it as I wrote it").presses(EN.skip).writes(TEXT)
    to_check(phone).presses(EN.send_complaint)
    appeal = Appeal.objects.get()
    assert (appeal.organisation, appeal.organisation_as_said) == (None, "Qwxyz")


@pytest.mark.parametrize("typed", ["Шипа клиникасы", "shipa", "ibgf", "Клинка Шыпа"])
def test_a_clinic_is_found_with_slips_and_in_other_alphabets(phone: Phone, world: World, typed: str) -> None:
    phone.writes("/appeal").presses(EN.complain).presses(EN.skip).writes(typed)

    assert "1. Клиника «Шипа»" in phone.text


def test_choosing_a_clinic_chooses_its_region(phone: Phone, world: World) -> None:
    phone.writes("/appeal").presses(EN.complain).presses(EN.skip).writes("Шипа").writes("1").presses(EN.skip)
    phone.writes(TEXT)
    to_check(phone)

    assert "Region: Astana city\nMedical organisation: Клиника «Шипа»" in phone.text


def test_a_long_text_in_pieces_is_one_text(phone: Phone) -> None:
    words = "слово " * 682
    at_the_text(phone).writes(words + "бөл").writes("ік.").writes("Another paragraph.")
    to_check(phone).presses(EN.send_complaint)

    text = Appeal.objects.get().text
    assert text.endswith("слово бөл ік.\nAnother paragraph.")


def test_more_than_fits_is_left_out_and_told(phone: Phone) -> None:
    at_the_text(phone)
    for _ in range(5):
        phone.writes("я" * 4096)

    assert "With this message the text would have 20,480 characters" in phone.text.replace("20480", "20,480")
    assert "I have 16384 characters of text." in phone.text


@pytest.mark.parametrize("nothing", ["...", "👍", "-"])
def test_a_text_without_a_word_is_asked_for_again(phone: Phone, nothing: str) -> None:
    at_the_text(phone).writes(nothing).presses(EN.go_on)

    assert "Write what happened: one sentence is enough." in phone.text


def test_a_forwarded_message_is_taken_as_it_is(phone: Phone) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
    at_the_text(phone).writes("What they wrote.", forward_origin=origin)

    assert "I took the message that you forwarded into your text as it is." in phone.text


def test_an_edited_message_changes_the_text_it_was_part_of(phone: Phone) -> None:
    at_the_text(phone).writes("One.")
    piece = phone.message(text="Tow.")
    phone.delivered({"message": piece}).delivered({"edited_message": {**piece, "text": "Two.", "edit_date": 1}})
    assert "You edited your message, and I changed the text of the appeal." in phone.text

    to_check(phone)
    phone.delivered({"edited_message": {**piece, "text": "Three.", "edit_date": 2}})
    assert "Text: One.\nThree." in phone.text


def test_another_edited_message_changes_nothing_and_says_what_to_do(phone: Phone) -> None:
    at_the_text(phone).writes("One.").edits(text="Something else")

    assert "You edited a message that is not part of the text" in phone.text
    to_check(phone).presses(EN.send_complaint)
    assert Appeal.objects.get().text == "One."


def test_the_message_with_an_iin_leaves_the_chat_and_the_number_lies_sealed(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).presses(EN.go_on).presses(EN.me)
    message = phone.message(text=f"{IIN[:6]} {IIN[6:]}")
    phone.delivered({"message": message})

    assert phone.deleted == [message["message_id"]]
    assert not Received.objects.filter(content__isnull=False).exists()
    assert IIN[:6] not in bytes(Dialogue.objects.get().state).decode("latin-1")
    phone.presses(EN.nameless).presses(EN.skip)
    assert IIN not in phone.text and f"••••••••{IIN[-4:]}" in phone.text


def test_a_doubtful_answer_is_asked_about_once(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).presses(EN.go_on).presses(EN.me).writes("12345")
    assert "An IIN has 12 digits and nothing else." in phone.text
    phone.writes("12345").presses(EN.nameless).writes("call me")
    assert "This does not look like a telephone number." in phone.text
    assert phone.writes("call me").messages[0].title == EN.check


def test_a_command_leads_away_and_the_draft_waits(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).writes("/contacts")
    assert "What you had begun is kept: “Send an appeal” leads back to it." in phone.writes("/menu").text

    phone.presses(EN.begin)
    assert phone.messages[0].title == "You have an unfinished appeal"
    assert f"Text: {TEXT}" in phone.text
    to_check(phone.presses("Go on ›")).presses(EN.send_complaint)
    assert Appeal.objects.get().text == TEXT


def test_after_a_week_the_person_is_told_what_was_kept_before_anything_is_taken(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).later(days=7).writes("hello?")
    assert "I have kept what you said on November 28, 2026:" in phone.text
    assert "I have not taken in what you just sent." in phone.text

    to_check(phone.presses("Go on ›")).presses(EN.send_complaint)
    assert Appeal.objects.get().text == TEXT


def test_begun_anew_nothing_of_before_is_left(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).writes("/appeal").presses("Throw it away and begin anew")

    assert phone.messages[0].title == "Kind of appeal"
    assert TEXT not in unseal(bytes(Dialogue.objects.get().state))


def test_back_leads_from_every_question_to_the_one_before_and_to_the_menu(phone: Phone) -> None:
    complaint(phone)
    titles = [phone.presses(EN.back).messages[0].title for _ in range(8)]
    assert titles == [
        *("Telephone", "Your name", "IIN of the patient", "Whom it is about", "Text"),
        *("Reason", "Medical organisation", "Region"),
    ]
    assert phone.presses(EN.back).presses(EN.back).messages[-1].title == "Main menu"


def test_any_part_can_be_changed_and_leads_back_to_the_check(phone: Phone) -> None:
    complaint(phone).presses(EN.change)
    assert "Date of the visit or of the event" in phone.buttons
    phone.presses("Date of the visit or of the event").writes("12 наурыз 2026")
    assert "Date of the visit or of the event: March 12, 2026" in phone.text
    phone.presses(EN.change).presses("Region").presses("Almaty city")
    assert "Region: Almaty city" in phone.text
    phone.presses(EN.change).presses(EN.back)
    assert phone.messages[0].title == EN.check


def test_a_change_of_kind_leaves_out_what_does_not_belong_to_it(phone: Phone) -> None:
    complaint(phone).presses(EN.change).presses("Kind of appeal").presses(EN.ask)
    assert "Whom it is about" not in phone.text
    phone.presses(EN.send_question)
    assert Appeal.objects.get().kind == "request"


def test_somebody_else_is_named_with_the_relation(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).presses(EN.go_on).presses(EN.another).writes("mother").writes("Оспанова Дана")
    phone.presses(EN.skip).writes("Оспанов Ержан").presses(EN.skip).presses(EN.send_complaint)

    appeal = Appeal.objects.get()
    assert appeal.patient is not None
    assert (appeal.relation, appeal.patient.full_name) == ("mother", "Оспанова Дана")
    assert appeal.applicant.full_name == "Оспанов Ержан"


def test_who_wants_no_name_is_told_the_law_and_gets_none_written_down(phone: Phone) -> None:
    complaint(phone).presses(EN.change).presses("Your name").presses(EN.nameless)
    assert "by law an appeal without a name is considered only if" in phone.text
    phone.presses(EN.send_complaint)

    applicant = Appeal.objects.get().applicant
    assert applicant.anonymous and applicant.full_name == ""


def test_the_button_of_a_check_that_is_no_longer_true_shows_it_anew(phone: Phone) -> None:
    complaint(phone)
    old = phone.button(EN.send_complaint).data
    phone.presses(EN.change).presses("Telephone").presses(EN.skip).presses_data(old)

    assert "Something was changed after this button was shown." in phone.text
    assert not Appeal.objects.exists()
    phone.presses(EN.send_complaint)
    assert Appeal.objects.count() == 1


def test_two_devices_make_one_appeal(phone: Phone) -> None:
    complaint(phone)
    send = phone.button(EN.send_complaint).data
    phone.presses_data(send).presses_data(send)

    number = Appeal.objects.get().number
    assert f"This appeal was sent already, as number {number}. Nothing was sent twice." in phone.text


def test_a_button_of_a_draft_thrown_away_says_so(phone: Phone) -> None:
    complaint(phone)
    send = phone.button(EN.send_complaint).data
    phone.writes("/appeal").presses("Throw it away and begin anew").presses_data(send)

    assert "This button belongs to an appeal that is no longer being written." in phone.text
    assert not Appeal.objects.exists()


def test_an_answer_pressed_further_up_counts_and_the_chat_stays_where_it_is(phone: Phone) -> None:
    phone.writes("/appeal").presses(EN.complain)
    almaty = phone.button("Almaty city").data
    phone.presses(EN.astana).presses(EN.skip).presses(EN.skip).presses_data(almaty)

    assert "Region: Almaty city." in phone.text
    assert "What happened?" in phone.text


def test_an_answer_changed_further_up_skips_no_question(phone: Phone) -> None:
    at_the_text(phone).writes(TEXT).presses(EN.go_on)
    me = phone.button(EN.me).data
    phone.presses(EN.another).presses_data(me)
    assert "Whom it is about: Me." in phone.text

    assert phone.presses(EN.skip).messages[0].title == "IIN of the patient"


def test_who_sends_very_many_is_asked_to_wait_and_loses_nothing(phone: Phone) -> None:
    for _ in range(6):
        complaint(phone).presses(EN.send_complaint)

    assert "You have sent several appeals within a minute." in phone.text
    assert Appeal.objects.count() == 5
    phone.later(minutes=2).presses(EN.send_complaint)
    assert Appeal.objects.count() == 6


def test_the_same_update_twice_and_out_of_order_makes_one_appeal(phone: Phone) -> None:
    complaint(phone)
    data = phone.button(EN.send_complaint).data
    message = {"message_id": 7, "chat": phone._chat(), "date": 1, "text": "…"}
    press = {"callback_query": {"id": "p", "from": phone._person(), "chat_instance": "1", "data": data,
                                "message": message}}  # fmt: skip
    phone.delivered(press, update_id=990_002).delivered(press, update_id=990_002)
    phone.delivered(press, update_id=990_001)

    assert Appeal.objects.count() == 1


def test_no_button_is_longer_than_telegram_takes(phone: Phone) -> None:
    complaint(phone).presses(EN.change)

    assert max(len(b.data.encode()) for m in phone.messages for row in m.buttons for b in row) <= 64
    state = json.loads(unseal(bytes(Dialogue.objects.get().state)))
    assert state["place"]["path"] == "write"


def test_a_deep_link_names_the_clinic_so_that_it_is_not_asked(phone: Phone, world: World) -> None:
    phone.writes(f"/start org-{world.state_clinic.pk}")
    assert "It is about: Городская поликлиника №4." in phone.text

    phone.presses(EN.complain)
    assert phone.messages[0].title == "Reason"
