"""The receipt that the bot hands out stands on the card like those of other doors: that it was given, when, and how."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from qorgau.channels.telegram.turns import take_turn
from qorgau.lib.telegram.says import Message, Say
from qorgau.lib.telegram.wire import Trouble
from qorgau.notices.chats.linking import link
from qorgau.notices.chats.models import Chat, GivenReceipt, Saying
from qorgau.notices.chats.reaching import has_gone
from qorgau.notices.chats.sender import Sender
from qorgau.notices.models import Notice
from qorgau.notices.receipts import give_in_chat, tell_what_was_not_said
from qorgau.notices.tasks import deliver_notices
from qorgau.register.models import Appeal
from qorgau.workplace.card import parts as card_parts
from tests.channels.telegram.dialogue.writing.words import EN
from tests.channels.telegram.phone import Phone

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def bot(settings: Any) -> None:
    settings.TELEGRAM_TOKEN, settings.TELEGRAM_PER_SECOND = "4242:token", 0
    settings.QUIET_HOURS = (0, 0)


@pytest.fixture
def phone(world: object) -> Phone:
    return Phone(now=timezone.now())


def sent(phone: Phone) -> Appeal:
    """An appeal of somebody who left a telephone; what the bot says of it waits in the queue."""
    phone.writes("/appeal").presses(EN.ask).presses(EN.skip).presses(EN.skip)
    phone.writes("When?").presses(EN.go_on).presses(EN.skip).writes("+7 701 000 00 67")
    send = phone.button(EN.send_question).data
    query = {"id": "p", "from": phone._person(), "chat_instance": "1", "data": send}
    phone.comes(
        {"callback_query": {**query, "message": {"message_id": 7, "chat": phone._chat(), "date": 1, "text": "…"}}}
    )
    take_turn(phone.now)
    return Appeal.objects.get()


class Wire:
    """One that takes everything, or says what it does not."""

    def __init__(self, *troubles: Trouble) -> None:
        self.troubles = list(troubles)
        self.heard: list[Say] = []

    async def send(self, chat: int, say: Say) -> int:
        if isinstance(say, Message) and say.gives and self.troubles:
            raise self.troubles.pop(0)
        self.heard.append(say)
        return 900 + len(self.heard)

    def says_everything(self, at: Any) -> None:
        sender = Sender(self, papers={"receipt": lambda paper: b"%PDF"}, now=lambda: at)  # type: ignore[arg-type]
        asyncio.run(sender.say_everything())


def on_the_card(appeal: Appeal) -> list[tuple[str, str, str]]:
    return [(str(row["topic"]), str(row["way"]), str(row["state_words"])) for row in card_parts.notices(appeal)["rows"]]


def test_the_card_shows_that_the_receipt_was_given_once_it_was_said(phone: Phone) -> None:
    appeal = sent(phone)
    assert on_the_card(appeal) == [("Receipt with the number and the code", "Telegram", "Waiting to leave")]
    assert not Notice.objects.exists()

    Wire().says_everything(phone.now)
    assert on_the_card(appeal) == [("Receipt with the number and the code", "Telegram", "Sent")]
    given = GivenReceipt.objects.get()
    assert (given.appeal_number, given.chat_id, given.said_at) == (appeal.number, phone.chat, phone.now)
    assert tell_what_was_not_said(phone.now) == 0
    assert not Saying.objects.exists()


def test_what_may_have_come_twice_is_counted(phone: Phone) -> None:
    appeal, wire = sent(phone), Wire(Trouble("cut", unsure=True), Trouble("not there"))
    for minutes in range(3):
        wire.says_everything(phone.now + timedelta(minutes=minutes))
    assert on_the_card(appeal) == [("Receipt with the number and the code", "Telegram", "Sent, may have come twice")]
    assert GivenReceipt.objects.get().unsure == 1


@pytest.mark.parametrize("how", ["while it is said", "before"])
def test_who_blocks_the_bot_before_they_read_it_gets_number_and_code_by_their_next_way(phone: Phone, how: str) -> None:
    appeal = sent(phone)
    if how == "before":
        has_gone(phone.chat, phone.now)
    Wire(Trouble("Forbidden: bot was blocked by the user", gone=True)).says_everything(phone.now)

    assert [tell_what_was_not_said(phone.now) for _ in range(2)] == [1, 0]
    assert [row[1:] for row in on_the_card(appeal)] == [
        ("Telegram", "Could not be delivered"),
        ("SMS", "Waiting to leave"),
    ]
    notice = Notice.objects.get()
    assert (notice.topic, notice.transport, notice.address) == ("receipt", "sms", "+77010000067")


def test_a_message_that_telegram_refuses_leaves_as_others_do(phone: Phone) -> None:
    appeal = sent(phone)
    Wire(Trouble("Bad Request: something", permanent=True)).says_everything(phone.now)
    deliver_notices(0)
    notice = Notice.objects.get()
    assert (notice.topic, notice.transport, notice.address) == ("receipt", "telegram", str(phone.chat))
    assert on_the_card(appeal)[0][2] == "Could not be delivered"


def test_the_other_chats_of_the_person_hear_of_a_next_appeal(phone: Phone) -> None:
    appeal = sent(phone)
    mother = 700_000_777
    Chat.objects.create(id=mother, language="kk", begun_at=phone.now, heard_at=phone.now)
    link(appeal.applicant_id, mother, phone.now)

    with transaction.atomic():
        give_in_chat(appeal, phone.chat, at=phone.now)
    other = Notice.objects.get()
    assert (other.topic, other.transport, other.address) == ("receipt", "telegram", str(mother))
