"""What nobody comes back to is forgotten by the clock, and nothing else is."""

from datetime import datetime, timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from qorgau.channels.telegram.forgetting import forget_what_had_its_time
from qorgau.channels.telegram.models import Dialogue
from qorgau.lib.sealed import unseal
from qorgau.notices.chats.models import Chat
from tests.channels.telegram.phone import Phone
from tests.insured.files import AIGUL


@pytest.fixture(autouse=True)
def proof(settings: Any) -> None:
    settings.PROOF_PHONES = "any"


def left_half_way(chat: int = 700_000_400) -> Phone:
    phone = Phone(chat=chat, now=timezone.now())
    phone.writes("/menu").presses_data("proof:").writes(AIGUL)
    assert AIGUL in kept(phone)
    return phone


def kept(phone: Phone) -> str:
    return unseal(bytes(Dialogue.objects.get(pk=phone.chat).state))


def forget_at(chat: int) -> datetime | None:
    return Dialogue.objects.get(pk=chat).forget_at


def test_a_number_left_half_way_is_forgotten_once_a_code_would_have_run_out(world: object) -> None:
    phone = left_half_way()
    assert forget_what_had_its_time(phone.now + timedelta(minutes=9)) == 0
    assert AIGUL in kept(phone)

    assert forget_what_had_its_time(phone.now + timedelta(minutes=10)) == 1
    assert AIGUL not in kept(phone)
    assert forget_at(phone.chat) is None
    assert forget_what_had_its_time(phone.now + timedelta(minutes=20)) == 0


def test_a_draft_waits_for_as_long_as_it_takes(world: object) -> None:
    phone = Phone(now=timezone.now()).writes("/appeal").presses("Ask a question")
    before = kept(phone)
    assert forget_at(phone.chat) is None
    Dialogue.objects.update(forget_at=phone.now)  # as those from before were left by the migration
    assert forget_what_had_its_time(phone.now + timedelta(days=7)) == 1
    assert kept(phone) == before
    assert forget_at(phone.chat) is None


def test_what_cannot_be_read_any_more_is_given_up(world: object) -> None:
    phone = left_half_way()
    Dialogue.objects.update(state=b"\x01sealed with a key that was lost, and so on")
    assert forget_what_had_its_time(phone.now + timedelta(minutes=15)) == 1
    assert "proof" not in kept(phone)


@pytest.mark.django_db(transaction=True)
def test_a_chat_that_is_being_answered_is_left_alone() -> None:
    from tests import factories

    factories.world()
    phone = left_half_way()
    late, counts = phone.now + timedelta(minutes=15), []

    def forget() -> None:
        counts.append(forget_what_had_its_time(late))
        connection.close()

    with transaction.atomic():
        Chat.objects.select_for_update().get(pk=phone.chat)
        beside = Thread(target=forget)
        beside.start()
        beside.join(timeout=30)
    assert counts == [0]
    assert forget_what_had_its_time(late) == 1
