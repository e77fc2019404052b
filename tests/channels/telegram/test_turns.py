"""Nothing lost, nothing doubled: an update, its answer and where the chat stands are one."""

import pytest
from django.db import IntegrityError

from qorgau.channels.telegram import turns
from qorgau.channels.telegram.models import Dialogue, Received
from qorgau.notices.chats.models import Saying
from tests.channels.telegram.phone import Phone


def test_an_update_that_is_delivered_twice_is_answered_once(phone: Phone) -> None:
    hello = {"message": phone.message(text="/start")}
    phone.delivered(hello, update_id=900_001)
    assert phone.messages

    assert phone.comes(hello, update_id=900_001) == 0
    assert phone.delivered(hello, update_id=900_001).said == []
    assert Dialogue.objects.get().version == 1


def test_updates_of_a_chat_are_answered_in_their_order_however_they_come(phone: Phone) -> None:
    phone.comes({"message": phone.message(text="/contacts")}, update_id=910_002)
    phone.comes({"message": phone.message(text="/status")}, update_id=910_001)
    phone.delivered({"message": phone.message(text="/language")}, update_id=910_003)

    assert ["12 digits" in m.text for m in phone.messages] == [True, False, False]
    assert phone.messages[1].title == "Contacts"


def test_what_breaks_in_the_middle_leaves_nothing_and_is_tried_again(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone.writes("/status")
    whole = turns.answer

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(turns, "answer", broken)
    assert phone.writes("/contacts").said == []
    monkeypatch.setattr(turns, "answer", whole)
    phone.later(seconds=3).delivered({"message": phone.message(text="/language")})

    assert phone.messages[0].title == "Contacts"
    assert len(phone.messages) == 2


@pytest.mark.parametrize("fault", [ZeroDivisionError, IntegrityError])
def test_what_breaks_three_times_is_told_and_keeps_nobody_waiting(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    phone.writes("/status")

    def broken(*_: object) -> None:
        raise fault

    monkeypatch.setattr(turns, "answer", broken)
    phone.writes("/contacts")
    for _ in range(2):
        phone.later(seconds=3)
        turns.take_turn(phone.now)
    phone.said = phone.reads()

    assert "Something went wrong on our side" in phone.text
    assert not Received.objects.filter(content__isnull=False).exists()


def test_what_waits_and_where_a_chat_stands_lie_sealed(phone: Phone) -> None:
    phone.comes({"message": phone.message(text="my secret illness")})

    assert b"secret" not in bytes(Received.objects.get().content)
    turns.take_turn(phone.now)
    assert all(b"understand" not in bytes(row.content) for row in Saying.objects.all())
