"""The menu with its known words, the language, and an answer to whatever comes."""

import pytest

from qorgau.lib.telegram.says import Leave, Message
from qorgau.notices.chats.models import Chat
from tests.channels.telegram.phone import Phone

STICKER = {
    "type": "regular",
    "width": 512,
    "height": 512,
    "is_animated": False,
    "is_video": False,
    "file_id": "a",
    "file_unique_id": "b",
}


def test_who_starts_is_greeted_and_asked_for_a_language(phone: Phone) -> None:
    phone.writes("/start")

    assert phone.text.startswith("Hello.")
    assert phone.buttons == ["Қазақша", "Русский", "English"]
    assert [[key.text for key in row] for row in phone.messages[0].keyboard or ()] == [["Main menu"]]


@pytest.mark.parametrize(
    ("language", "name", "menu", "first"),
    [
        ("kk", "Қазақша", "Басты мәзір", "Сақтандыру мәртебесін анықтау"),
        ("ru", "Русский", "Главное меню", "Определить статус застрахованности"),
        ("en", "English", "Main menu", "Find out the insurance status"),
    ],
)
def test_the_language_is_chosen_and_stays(phone: Phone, language: str, name: str, menu: str, first: str) -> None:
    phone.writes("/start").presses(name)

    assert phone.acknowledged
    assert phone.messages[0].keyboard is not None
    assert phone.messages[0].keyboard[0][0].text == menu
    assert phone.messages[-1].title == menu
    assert phone.buttons[0] == first
    assert Chat.objects.get().language == language
    assert phone.writes(menu).buttons[0] == first


@pytest.mark.parametrize(
    "words", ["Главное меню", "главное меню", " Басты мәзір ", "Main menu", "МЕНЮ", "/menu", "/cancel"]
)
def test_the_menu_is_known_by_its_words_in_every_language(phone: Phone, words: str) -> None:
    assert phone.writes(words).messages[-1].title == "Main menu"


def test_a_section_is_known_by_its_words_in_every_language(phone: Phone) -> None:
    assert "12 digits" in phone.writes("Определить статус застрахованности").text


@pytest.mark.parametrize(
    "what",
    [
        {"sticker": STICKER},
        {"dice": {"emoji": "🎲", "value": 3}},
        {"text": "qwerty"},
        {"text": "x" * 4096},
        {"contact": {"phone_number": "+77010000000", "first_name": "A"}},
        {"location": {"latitude": 43.2, "longitude": 76.9}},
        {"photo": [{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}]},
        {"video_note": {"file_id": "a", "file_unique_id": "b", "length": 1, "duration": 1}},
    ],
)
def test_whatever_comes_to_the_menu_is_answered_with_what_to_do(phone: Phone, what: dict[str, object]) -> None:
    phone.sends(**what)

    assert "Please choose what you would like to do." in phone.text
    assert phone.messages[-1].title == "Main menu"


def test_an_edited_message_is_answered(phone: Phone) -> None:
    assert "You changed a message" in phone.edits(text="other words").text


def test_an_unknown_command_leads_to_the_menu(phone: Phone) -> None:
    phone.writes("/pizza@qorgau_bot large")

    assert "I do not know the command /pizza." in phone.text
    assert phone.messages[-1].title == "Main menu"


def test_a_button_that_is_no_longer_there_leads_to_the_menu(phone: Phone) -> None:
    phone.presses_data("gone:by")

    assert "This button no longer works." in phone.text
    assert phone.acknowledged


def test_a_group_is_refused_in_all_languages_and_left(phone: Phone) -> None:
    group = {"id": -100123, "type": "supergroup", "title": "Neighbours"}
    added = {"message_id": 1, "chat": group, "date": 1, "text": "/start@qorgau_bot"}

    phone.comes({"message": added})
    phone.delivered({"message": {**added, "text": "just talk"}})
    in_group = Phone(chat=group["id"]).reads()  # type: ignore[arg-type]

    message, leave = in_group
    assert isinstance(message, Message)
    assert "a chat with me" in message.text
    assert isinstance(leave, Leave)
    assert not Chat.objects.exists()


def test_who_blocked_the_bot_hears_nothing_and_is_welcome_back(phone: Phone) -> None:
    phone.writes("/start")
    member = {"user": {"id": 4242, "is_bot": True, "first_name": "Bot"}, "status": "member"}
    person = {"id": phone.chat, "is_bot": False, "first_name": "P"}
    left = {"chat": {"id": phone.chat, "type": "private"}, "from": person}
    kicked = {"user": member["user"], "status": "kicked", "until_date": 0}
    change = {**left, "date": 1, "old_chat_member": member, "new_chat_member": kicked}

    assert phone.delivered({"my_chat_member": change}).said == []
    assert Chat.objects.get().blocked_at == phone.now
    phone.writes("/start")
    assert Chat.objects.get().blocked_at is None
