"""From the menu to a number, for every kind of appeal, in every language."""

import pytest

from qorgau.lib.telegram.says import Message
from qorgau.notices.chats.linking import appeals_of
from qorgau.register.models import Appeal
from tests.channels.telegram.dialogue.writing.words import ALL, EN, Words
from tests.channels.telegram.phone import Phone
from tests.factories import World

TEXT = "Терапевт қабылдаудан бас тартты."


def speaking(words: Words) -> Phone:
    return Phone(language=words.code)


def complaint(phone: Phone, words: Words = EN) -> Phone:
    """Written up to the page to check."""
    phone.writes("/menu").presses(words.begin).presses(words.complain).presses(words.astana)
    phone.writes("4 емхана").presses("1").presses("2").writes(TEXT).presses(words.go_on)
    return phone.presses(words.me).presses(words.skip).writes("Оспанов Ержан Серікұлы").writes("8 701 000 00 67")


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.code)
def test_a_complaint_becomes_an_appeal_with_number_day_and_receipt(world: World, words: Words) -> None:
    phone = complaint(speaking(words), words)
    assert phone.messages[0].title == words.check
    assert TEXT in phone.text

    phone.presses(words.send_complaint)

    appeal = Appeal.objects.get()
    told, _receipt = phone.messages
    assert told.title == words.registered
    assert f"{words.number}: {appeal.number}" in told.text
    assert f"{words.due}: " in told.text
    assert words.next in told.text
    ((name, content),) = phone.papers
    assert name == f"{appeal.number}.pdf"
    assert content.startswith(b"%PDF")
    assert (appeal.channel, appeal.kind, appeal.language) == ("telegram", "complaint", words.code)
    assert (appeal.text, appeal.region, appeal.organisation) == (TEXT, world.astana, world.state_clinic)
    assert appeal.topic is not None
    assert appeal.applicant.full_name == "Оспанов Ержан Серікұлы"
    assert appeal.applicant.phone == "+77010000067"


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.code)
def test_a_question_needs_its_words_alone(world: World, words: Words) -> None:
    phone = speaking(words).writes("/appeal").presses(words.ask).presses(words.skip).presses(words.skip)
    phone.writes(TEXT).presses(words.go_on).presses(words.skip).presses(words.skip).presses(words.send_question)

    appeal = Appeal.objects.get()
    assert (appeal.kind, appeal.region, appeal.topic) == ("request", None, None)
    assert appeal.number in phone.text


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.code)
def test_a_proposal_and_thanks(world: World, words: Words) -> None:
    phone = speaking(words).writes("/appeal").presses(words.propose).presses(words.skip).writes(TEXT)
    phone.presses(words.go_on).presses(words.skip).presses(words.skip).presses(words.send_proposal)
    assert Appeal.objects.get().kind == "proposal"

    phone.writes("/appeal").presses(words.thank).presses(words.astana).presses(words.skip).writes(TEXT + "!")
    phone.presses(words.go_on).writes("Айгүл").presses(words.skip).presses(words.send_thanks)
    assert Appeal.objects.filter(kind="response", applicant__surname="Айгүл").count() == 1


def test_the_appeal_belongs_to_the_chat_and_to_no_other(world: World) -> None:
    phone = complaint(Phone()).presses(EN.send_complaint)

    assert appeals_of(phone.chat).get() == Appeal.objects.get()
    assert not appeals_of(phone.chat + 1).exists()


def test_the_number_comes_before_the_paper(world: World) -> None:
    first, second = complaint(Phone()).presses(EN.send_complaint).messages

    assert isinstance(first, Message) and first.document is None and first.buttons
    assert second.document is not None
