"""Papers are drawn after the turn that promised them, and what cannot be drawn keeps nobody waiting."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.translation import override

from qorgau.channels.telegram.dialogue.writing import sending
from qorgau.intake import talon
from qorgau.lib.telegram.says import Message, Paper, Say, from_json
from qorgau.lib.telegram.says import as_json as kept
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Saying
from qorgau.notices.chats.sender import Sender
from qorgau.register.models import Appeal
from tests.channels.telegram.dialogue.writing.words import ALL, EN, Words
from tests.channels.telegram.phone import NOW, Phone

CHAT = 700_000_001


def question(phone: Phone, words: Words = EN) -> Phone:
    phone.writes("/appeal").presses(words.ask).presses(words.skip).presses(words.skip)
    return phone.writes("When?").presses(words.go_on).presses(words.skip).presses(words.skip)


def never(*_: Any, **__: Any) -> bytes:
    raise AssertionError("nothing is drawn in a turn")


def test_a_turn_draws_nothing_and_number_and_code_come_first(
    world: object, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    question(phone)
    monkeypatch.setattr(talon, "render", never)
    phone.presses("Send the question")

    number = Appeal.objects.get().number
    told, receipt = phone.messages
    assert number in told.text and "access code" in told.text
    assert isinstance(receipt.document, Paper) and receipt.document.about == number


def test_what_waits_holds_no_paper_and_comes_out_as_it_went_in() -> None:
    say = Message(document=Paper(name="a.pdf", kind="receipt", about="26-1", language="kk", otherwise="No file."))
    assert from_json(kept(say)) == say


class Chat:
    """A wire that only hears, and a sender to it whose clock is set by hand."""

    def __init__(self, make: Any) -> None:
        self.heard: list[Say] = []
        self.make = make

    async def send(self, chat: int, say: Say) -> int:
        self.heard.append(say)
        return len(self.heard)

    def say_everything(self, at: datetime) -> list[str]:
        sender = Sender(self, papers={"receipt": self.make}, now=lambda: at)  # type: ignore[arg-type]
        asyncio.run(sender.say_everything())
        heard, self.heard = self.heard, []
        return [told(say) for say in heard]


def told(say: Say) -> str:
    assert isinstance(say, Message)
    return say.text or (say.document.name if say.document else "")


def promised(otherwise: str = "No file.") -> None:
    paper = Paper(name="a.pdf", kind="receipt", about="26-1", language="kk", otherwise=otherwise)
    queue.put(CHAT, [Message(text="Number and code"), Message(document=paper), Message(text="And then")], NOW)


@pytest.fixture(autouse=True)
def no_pace(settings: Any) -> None:
    settings.TELEGRAM_PER_SECOND = 0


@pytest.mark.django_db(transaction=True)
def test_the_paper_is_said_in_its_place() -> None:
    promised()
    assert Chat(lambda paper: b"%PDF").say_everything(NOW) == ["Number and code", "a.pdf", "And then"]
    assert not Saying.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_paper_that_was_not_made_is_tried_again_and_keeps_its_place() -> None:
    faults = iter([ZeroDivisionError])

    def make(paper: Paper) -> bytes:
        for fault in faults:
            raise fault
        return b"%PDF"

    promised()
    chat = Chat(make)
    assert chat.say_everything(NOW) == ["Number and code"]
    assert chat.say_everything(NOW + timedelta(seconds=2)) == ["a.pdf", "And then"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["receipt", "nobody knows it"])
def test_a_paper_that_cannot_be_made_is_replaced_by_words(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(paper: Paper) -> bytes:
        raise ZeroDivisionError

    promised()
    chat = Chat(make)
    said = [chat.say_everything(NOW + timedelta(seconds=2 * times)) for times in range(4)]
    assert said == [["Number and code"], [], ["No file.", "And then"], []]
    assert not Saying.objects.exists()


OTHERWISE = {
    "kk": "Талонды файл түрінде жасау мүмкін болмады. Сізге жоғарыдағы нөмір мен код жеткілікті: солармен өтінішіңіз "
    "сайтта ашылады.",
    "ru": "Не получилось сделать талон файлом. Вам достаточно номера и кода выше: по ним ваше обращение открывается на "
    "сайте.",
    "en": "The receipt could not be made as a file. You need nothing more than the number and the code above: they "
    "open your appeal on the site.",
}


@pytest.mark.parametrize("words", ALL, ids=lambda words: words.code)
def test_what_is_said_instead_of_a_receipt(world: object, words: Words) -> None:
    phone = question(Phone(chat=700_000_500, language=words.code), words).presses(words.send_question)
    paper = phone.messages[1].document
    assert isinstance(paper, Paper)
    assert paper.otherwise == OTHERWISE[words.code]
    with override("en" if words.code != "en" else "ru"):
        assert sending.draw_receipt(paper).startswith(b"%PDF")
