"""Notices into chats in Telegram: once each, or reported, whatever Telegram answers; then the person's next way."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from qorgau.notices.chats import pace
from qorgau.notices.chats.models import Chat, ChatPace
from qorgau.notices.chats.reaching import mute
from qorgau.notices.deliver import CLAIM, claim, deliver_due, deliver_into_chats
from qorgau.notices.models import Notice
from qorgau.notices.outbox import ways_to
from qorgau.people.models import Applicant
from qorgau.register.models import Appeal
from tests.channels.telegram.bot_api import faults
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.server import BotApi
from tests.factories import ALMATY, NOON
from tests.notices.following import linked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def person(api: BotApi, appeal: Appeal) -> Person:
    """They have a chat with the bot, linked to the appeal."""
    return linked(api, appeal)


def told(appeal: Appeal, topic: str = "answered", **facts: Any) -> Notice:
    (notice,) = told_all(appeal, topic, **facts)
    return notice


def told_all(appeal: Appeal, topic: str = "answered", **facts: Any) -> list[Notice]:
    from django.db import transaction

    from qorgau.notices.outbox import tell
    from qorgau.notices.topics import Topic

    with transaction.atomic():
        return tell(topic=Topic(topic), appeal_number=appeal.number, applicant=appeal.applicant, facts=facts, at=NOON)


def deliver(at: datetime = NOON) -> dict[str, int]:
    return deliver_due(ways=("telegram",), now=lambda: at)


def fresh(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def test_news_comes_into_the_chat_with_buttons_and_without_a_word_of_the_matter(person: Person, appeal: Appeal) -> None:
    notice = told(appeal)

    assert deliver() == {"sent": 1}
    assert deliver() == {}
    (seen,) = person.sees
    assert appeal.number in seen.text
    assert appeal.text not in seen.text
    assert list(seen.buttons) == ["Read the answer", "Rate the answer", "Open on the site"]
    assert (fresh(notice).state, fresh(notice).unsure, fresh(notice).transport) == ("sent", 0, "telegram")
    assert fresh(notice).external_id == f"{person.id}/{seen.id}"


def test_it_speaks_the_language_of_the_chat(api: BotApi, appeal: Appeal) -> None:
    person = linked(api, appeal, language="kk")
    told(appeal, "extended")
    deliver()
    assert "өтініш" in person.text.lower()


def test_a_linked_chat_comes_first_then_what_the_person_chose(person: Person, appeal: Appeal) -> None:
    applicant = appeal.applicant
    chat = str(person.id)
    assert [way for way, _ in ways_to(applicant, chat)] == ["telegram", "sms", "email"]
    applicant.preferred_channel = "email"
    assert [way for way, _ in ways_to(applicant, chat)] == ["telegram", "email", "sms"]
    assert ways_to(Applicant(), "") == []


def test_nothing_rings_in_a_chat_at_night(person: Person, appeal: Appeal) -> None:
    night = datetime(2026, 6, 2, 23, 0, tzinfo=ALMATY)
    notice = told(appeal)
    assert deliver(night) == {}
    assert fresh(notice).state == "waiting"


@pytest.mark.parametrize("gone", ["blocks", "deletes_the_account"])
def test_who_left_the_bot_is_told_by_their_next_way(person: Person, appeal: Appeal, gone: str) -> None:
    notice = told(appeal)
    getattr(person, gone)()

    assert deliver() == {"failed": 1}
    other = Notice.objects.get(instead_of=notice)
    assert (other.transport, other.address, other.state) == ("sms", "+77010000067", "waiting")
    assert Chat.objects.get(pk=person.id).blocked_at is not None
    assert told(appeal).transport == "sms"


@pytest.mark.parametrize(("email", "ways"), [("erzhan@example.kz", ["email"]), ("", [])])
@pytest.mark.parametrize("closes", ["blocks", "stops"])
def test_a_landline_gets_no_sms_when_the_chat_is_closed(
    person: Person, appeal: Appeal, closes: str, email: str, ways: list[str]
) -> None:
    Applicant.objects.update(phone="+77272500000", email=email)
    appeal.applicant.refresh_from_db()
    notice = told(appeal)
    if closes == "blocks":
        person.blocks()
    else:
        mute(person.id, NOON)

    assert deliver() == {"failed": 1}
    assert [row.transport for row in Notice.objects.exclude(pk=notice.pk)] == ways
    assert told(appeal).transport == (ways[0] if ways else "")


def test_each_way_is_tried_once_and_then_it_is_reported(person: Person, appeal: Appeal) -> None:
    notice = told(appeal)
    person.blocks()
    deliver()
    sms = Notice.objects.get(instead_of=notice)
    Notice.objects.filter(pk=sms.pk).update(transport="email", address="erzhan@example.kz")
    from qorgau.notices.outbox import instead

    sms.refresh_from_db()
    last = instead(sms, at=NOON)
    assert last is not None and last.transport == "sms"
    last.save()
    assert instead(last, at=NOON) is None


def test_whoever_has_no_other_way_is_left_as_not_reached(person: Person, appeal: Appeal) -> None:
    Applicant.objects.update(phone="", email="")
    notice = told(appeal)
    person.blocks()
    assert deliver() == {"failed": 1}
    assert fresh(notice).error == "Forbidden: bot was blocked by the user"
    assert not Notice.objects.filter(instead_of=notice).exists()


def test_a_pause_that_telegram_asks_for_is_kept_to_the_second_and_is_no_attempt(
    api: BotApi, person: Person, appeal: Appeal
) -> None:
    notice = told(appeal)
    api.fails("sendMessage", faults.asks_to_wait(37))
    at = timezone.now().astimezone(ALMATY).replace(hour=12)
    Notice.objects.update(created_at=at, due_at=at)

    assert deliver(at) == {"postponed": 1}
    row = fresh(notice)
    assert (row.due_at, row.attempts, row.state, row.unsure) == (at + timedelta(seconds=37), 0, "waiting", 0)
    assert ChatPace.objects.get(chat_id=person.id).paused_until is not None
    assert deliver(at + timedelta(seconds=36)) == {}
    ChatPace.objects.all().delete()
    assert deliver(at + timedelta(seconds=37)) == {"sent": 1}


@pytest.mark.parametrize(
    "fault", [faults.broken(done=True), faults.cut(done=True), faults.broken(), faults.cut(done=False)]
)
def test_what_may_have_arrived_is_said_again_says_so_and_is_counted(
    api: BotApi, person: Person, appeal: Appeal, fault: faults.Fault
) -> None:
    notice = told(appeal)
    api.fails("sendMessage", fault)

    assert deliver() == {"postponed": 1}
    assert fresh(notice).unsure == 1
    ChatPace.objects.all().delete()
    api.pace.per_chat = None
    assert deliver(NOON + timedelta(minutes=1)) == {"sent": 1}

    row = fresh(notice)
    assert (row.state, row.unsure, row.attempts) == ("sent", 1, 2)
    assert len(person.sees) == 1 + fault.done
    assert "You may have read this before" in person.sees[-1].text


def test_a_server_that_was_never_reached_leaves_no_doubt(person: Person, appeal: Appeal, settings: Any) -> None:
    notice = told(appeal)
    settings.TELEGRAM_API = "http://127.0.0.1:9"
    assert deliver() == {"postponed": 1}
    assert (fresh(notice).unsure, fresh(notice).attempts) == (0, 1)


def test_a_deliverer_that_was_killed_leaves_a_doubt(person: Person, appeal: Appeal) -> None:
    notice = told(appeal)
    assert claim(NOON, {"telegram"}) is not None
    assert deliver(NOON + CLAIM) == {"sent": 1}
    assert fresh(notice).unsure == 1
    assert "You may have read this before" in person.text


def test_a_wrong_token_keeps_everything_waiting(person: Person, appeal: Appeal, settings: Any) -> None:
    notice = told(appeal)
    settings.TELEGRAM_TOKEN = "4242:another"
    assert deliver() == {"postponed": 1}
    assert fresh(notice).state == "waiting"


def test_where_no_bot_runs_any_more_the_next_way_is_taken(person: Person, appeal: Appeal, settings: Any) -> None:
    notice = told(appeal)
    settings.TELEGRAM_TOKEN = ""
    assert deliver() == {"failed": 1}
    assert Notice.objects.get(instead_of=notice).transport == "sms"


def test_several_senders_together_keep_to_the_pace_of_telegram(api: BotApi, appeal: Appeal) -> None:
    people = [linked(api, appeal) for _ in range(3)]
    for person in people * 2:
        Notice.objects.create(
            appeal_number=appeal.number,
            topic="answered",
            language="en",
            transport="telegram",
            address=str(person.id),
            created_at=NOON,
            due_at=NOON,
        )
    assert deliver_into_chats(now=lambda: NOON) == {"sent": 6}
    assert [len(person.sees) for person in people] == [2, 2, 2]
    assert {request.code for request in api.requests if request.method == "sendMessage"} == {200}


def test_what_lies_far_away_is_left_for_later_and_is_no_attempt(person: Person, appeal: Appeal) -> None:
    notice = told(appeal)
    now = timezone.now()
    pace.pause(person.id, now + timedelta(minutes=5), now)
    assert deliver() == {"postponed": 1}
    assert (fresh(notice).attempts, person.sees) == (0, [])
