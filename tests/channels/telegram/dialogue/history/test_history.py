"""The appeals of a chat: the list, each with its state, and all that its applicant may do, as on the portal."""

import pytest
from django.utils import timezone

from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.notices.chats.linking import link
from qorgau.register.models import Appeal, Message, Rating, Withdrawal
from tests.channels.portal.tracking.life_of import ago, answered, asked, filed
from tests.channels.telegram.phone import Phone
from tests.factories import World

BUTTONS = {
    "kk": ("Жауапты оқу", "Хабарлама немесе файл қосу", "Жауапты бағалау", "Жоғары тұрған бөлімге жүгіну"),
    "ru": ("Прочитать ответ", "Добавить сообщение или файл", "Оценить ответ", "Обратиться в вышестоящее подразделение"),
    "en": ("Read the answer", "Add a message or a file", "Rate the answer", "Go one step higher"),
}


@pytest.fixture
def phone(world: World) -> Phone:
    phone = Phone(now=timezone.now())
    return phone.writes("/menu")


def of(phone: Phone, appeal: Appeal) -> Appeal:
    """The appeal, belonging to the chat of this telephone."""
    link(appeal.applicant_id, phone.chat, phone.now)
    return appeal


def test_who_has_sent_nothing_is_told_how_to_begin(phone: Phone) -> None:
    phone.writes("/history")

    assert "Nothing was sent from this chat yet." in phone.text
    assert phone.buttons == ["Send an appeal", "Link an earlier appeal", "Main menu"]


def test_the_list_shows_the_newest_first_a_page_at_a_time(phone: Phone, world: World) -> None:
    own = [of(phone, filed(world, text=f"Words of appeal {number}.")) for number in range(6)]
    filed(world, text="Somebody else's.")

    phone.writes("/history")
    assert "You have 6 appeals." in phone.text
    assert phone.text.index(own[5].number) < phone.text.index(own[4].number)
    assert own[0].number not in phone.text and "Somebody else" not in phone.text
    assert "Words of appeal 5.\nRegistered\nAnswer due on: " in phone.text

    phone.presses("Older ones ›")
    assert phone.messages[0].edits == 7
    assert own[0].number in phone.text


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_an_answered_appeal_offers_what_can_be_done_now(phone: Phone, world: World, language: str) -> None:
    one = of(phone, answered(world)[0])
    phone.presses_data(f"language:{language}").presses_data(f"history:{one.pk}")

    read, write, rate, higher = BUTTONS[language]
    assert one.number in phone.text
    assert {read, write, rate, higher} <= set(phone.buttons)
    phone.presses(read)
    assert "Біз тексердік.\nДәрігерге ескерту жасалды." in phone.text
    assert "Денсаулық туралы кодекс, 35-бап" in phone.text
    assert "Қорға шағымдануға болады." in phone.text


def test_the_answer_comes_as_a_paper_too(phone: Phone, world: World) -> None:
    one = of(phone, answered(world)[0])
    phone.presses_data(f"history:{one.pk}").presses("Read the answer").presses("Save the answer (PDF)")

    ((name, content),) = phone.papers
    assert name == f"{one.number}-answer.pdf"
    assert content.startswith(b"%PDF")


def test_an_appeal_of_another_chat_cannot_be_opened_by_any_button(phone: Phone, world: World) -> None:
    one, _person = answered(world)
    verbs = ("", ":answer", ":paper", ":life", ":said", ":file:1", ":write", ":next", ":rate", ":rate:solved.5")
    for data in (*verbs, ":rated:solved.5", ":withdraw", ":withdrawn"):
        phone.presses_data(f"history:{one.pk}{data}")
        assert "This appeal does not belong to this chat." in phone.text, data
        assert one.number not in phone.text
    phone.presses_data("history:999999999999999999999:answer")
    assert "This appeal does not belong to this chat." in phone.text
    assert not Rating.objects.exists() and not Withdrawal.objects.exists()


def test_a_message_is_sent_as_one_however_many_pieces_it_has(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}").presses("Add a message or a file")
    phone.writes("First line.").writes("Second line.").presses("Send the message")

    assert "Your message was added. The desk has been told." in phone.text
    message = Message.objects.get(appeal=one)
    assert message.text == "First line.\nSecond line."


def test_the_button_that_sends_pressed_again_sends_nothing_again(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}:write").writes("Once.")
    send = phone.button("Send the message").data
    phone.presses_data(send).presses_data(send)

    assert "This was sent already. Nothing was sent twice." in phone.text
    assert Message.objects.filter(appeal=one).count() == 1


def test_a_question_of_the_desk_is_shown_and_answered(phone: Phone, world: World) -> None:
    one = of(phone, asked(world)[0])
    phone.presses_data(f"history:{one.pk}")
    assert "The desk asks you:\nҚай күні болды?" in phone.text

    phone.presses("Reply to the question").writes("On Monday.").presses("Send the message")
    one.refresh_from_db()
    assert one.state == "in_work"


def test_a_message_half_written_outlives_looking_elsewhere(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}:write").writes("Half of it")
    phone.presses_data(f"history:{one.pk}:said").writes("/status").writes("/menu")
    assert "What you had begun is kept: “History of appeals” leads back to it." in phone.text

    phone.writes("/history")
    assert "I have 10 characters of text." in phone.text
    phone.writes("and the rest.").presses("Send the message")
    assert Message.objects.get(appeal=one).text == "Half of it\nand the rest."


def test_the_answer_is_rated_with_stars_and_words(phone: Phone, world: World) -> None:
    one = of(phone, answered(world)[0])
    phone.presses_data(f"history:{one.pk}").presses("Rate the answer").presses("Partly").presses("4 ★")
    phone.writes("They were kind.")

    assert "Thank you. Your rating was written down." in phone.text
    assert list(Rating.objects.values_list("outcome", "stars", "words")) == [("partly", 4, "They were kind.")]


def test_a_rating_needs_neither_stars_nor_words_and_is_given_once(phone: Phone, world: World) -> None:
    one = of(phone, answered(world)[0])
    phone.presses_data(f"history:{one.pk}:rate").presses("No, it is not solved").presses("Without stars")
    send = phone.button("Send the rating").data
    phone.presses_data(send).presses_data(send)

    assert "You have rated this answer already." in phone.text
    assert list(Rating.objects.values_list("outcome", "stars", "words")) == [("not_solved", None, "")]


def test_the_next_stage_gets_a_number_a_receipt_and_belongs_to_the_chat(phone: Phone, world: World) -> None:
    one = of(phone, answered(world)[0])
    phone.presses_data(f"history:{one.pk}").presses("Go one step higher")
    assert "It goes to: " in phone.text and "What is wrong with the answer?" in phone.text

    phone.writes("Nothing was put right.").presses("Send to the higher desk")
    following = Appeal.objects.exclude(pk=one.pk).get()
    assert following.number in phone.text
    assert phone.messages[1].document is not None
    assert (following.channel, following.text) == ("telegram", "Nothing was put right.")
    assert following.number in phone.writes("/history").text


def test_withdrawing_is_asked_about_and_keeps_the_reason(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}").presses("Withdraw the appeal")
    assert "nobody looks into it any more, and you get no answer;" in phone.text

    phone.writes("It was solved on the spot.")
    assert "Your reason: “It was solved on the spot.”." in phone.text
    phone.presses("Yes, withdraw it")
    assert "Your appeal is withdrawn." in phone.text
    assert list(Withdrawal.objects.values_list("channel", "reason")) == [("telegram", "It was solved on the spot.")]


def test_a_button_of_long_ago_asks_before_it_withdraws(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}:withdraw")
    yes = phone.button("Yes, withdraw it").data
    phone.presses("No, keep it").presses_data(yes)

    assert "Withdraw your appeal?" in phone.text
    assert not Withdrawal.objects.exists()


def test_what_happened_and_what_was_written_can_be_read(phone: Phone, world: World) -> None:
    one = of(phone, asked(world)[0])
    phone.presses_data(f"history:{one.pk}:life")
    assert "Your appeal was registered" in phone.text
    assert "Қай күні болды?" in phone.text
    phone.presses_data(f"history:{one.pk}:said")
    assert f"Text: {one.text}" in phone.text


def test_a_verb_that_is_not_possible_now_says_why(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}:rate:solved.5")

    assert not Rating.objects.exists()
    assert one.number in phone.text


@pytest.mark.parametrize(
    "what",
    [{"sticker": {"type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False,
                  "file_id": "a", "file_unique_id": "b"}}, {"dice": {"emoji": "🎲", "value": 3}}],
)  # fmt: skip
def test_what_cannot_be_sent_to_a_desk_is_answered(phone: Phone, world: World, what: dict[str, object]) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}:write").sends(**what)

    assert "I have no use for this here, and have not kept it." in phone.text
    assert phone.writes("Words.").buttons[0] == "Send the message"


def test_an_edited_piece_of_a_message_is_replaced(phone: Phone, world: World) -> None:
    one = of(phone, filed(world))
    phone.presses_data(f"history:{one.pk}:write")
    piece = phone.message(text="Frist")
    phone.delivered({"message": piece}).delivered({"edited_message": {**piece, "text": "First", "edit_date": 1}})
    phone.presses("Send the message")

    assert Message.objects.get(appeal=one).text == "First"


def test_a_recorded_withdrawal_is_confirmed(phone: Phone, world: World) -> None:
    one, person = asked(world)
    of(phone, one)
    record_withdrawal(one, staff=person, channel="call", reason="So they said", at=ago(minutes=5))
    phone.presses_data(f"history:{one.pk}")
    assert "Only you can confirm it." in phone.text
    phone.presses("Withdraw the appeal")
    assert "The reason that was written down:\nSo they said" in phone.text
    phone.presses("Yes, withdraw it")
    assert Withdrawal.objects.get().confirmed_at is not None
