"""The desk learns of news that reached the applicant by no way, once the last way has failed."""

from threading import Thread
from typing import Any

import pytest
from django.db import connection, transaction

from qorgau.directory.models import Desk
from qorgau.directory.reference import refresh
from qorgau.intake.new_appeal import Person as Writer
from qorgau.notices.chats.reaching import mute
from qorgau.notices.deliver import deliver_due
from qorgau.notices.models import Notice
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.notices.wording import message_for
from qorgau.register.actors import CLOCK
from qorgau.register.change import change
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, JournalLine
from tests import factories
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.server import BotApi
from tests.factories import NOON
from tests.notices.following import linked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def chat_alone(api: BotApi) -> Appeal:
    """Of somebody who has a chat with the bot and left nothing else."""
    world = factories.world()
    Desk.objects.filter(pk=world.clinic_desk.pk).update(email="clinic@example.kz")
    refresh()
    made = factories.appeal(organisation_id=world.state_clinic.pk, applicant=Writer(surname="Оспанов"))
    Notice.objects.all().delete()
    return made


def told(appeal: Appeal, topic: Topic = Topic.ANSWERED) -> None:
    with transaction.atomic():
        tell(topic=topic, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=NOON)


def deliver() -> dict[str, int]:
    return deliver_due(ways=("telegram",), now=lambda: NOON)


def said(appeal: Appeal) -> list[tuple[str, Any]]:
    lines = JournalLine.objects.filter(appeal=appeal, verb="unheard")
    return list(lines.values_list("actor", "after"))


def letters() -> list[str]:
    return list(Notice.objects.filter(for_staff=True, topic="unheard").values_list("address", flat=True))


def test_the_journal_and_a_letter_say_so_once(api: BotApi, chat_alone: Appeal) -> None:
    person = linked(api, chat_alone, "ru")
    told(chat_alone)
    assert (said(chat_alone), letters()) == ([], [])
    person.blocks()
    assert deliver() == {"failed": 1}
    assert deliver() == {}
    assert said(chat_alone) == [("clock", {"not_heard": "answered"})]
    assert letters() == ["clinic@example.kz"]
    assert list(verify()) == []


def test_the_letter_names_the_number_and_leads_to_the_card(api: BotApi, chat_alone: Appeal) -> None:
    linked(api, chat_alone, "ru").blocks()
    told(chat_alone)
    deliver()
    notice = Notice.objects.get(topic="unheard")
    notice.language = "en"
    letter = message_for(notice)
    assert letter.subject == f"Appeal {chat_alone.number}: the applicant has not heard"
    assert f"/desk/appeal/{chat_alone.number}/" in letter.body and "Оспанов" not in letter.body


def test_another_way_that_may_still_reach_them_keeps_the_desk_in_peace(api: BotApi, appeal: Appeal) -> None:
    linked(api, appeal, "ru").blocks()
    told(appeal)
    assert deliver() == {"failed": 1}
    assert Notice.objects.filter(transport="sms", state="waiting").exists()
    assert said(appeal) == []


def test_of_several_chats_the_last_one_tells(api: BotApi, chat_alone: Appeal) -> None:
    people: list[Person] = [linked(api, chat_alone, "ru"), linked(api, chat_alone, "kk")]
    told(chat_alone)
    for person in people:
        person.blocks()
    assert deliver() == {"failed": 2}
    assert len(said(chat_alone)) == 1


def test_courtesies_and_what_a_later_message_made_old_are_no_news(api: BotApi, chat_alone: Appeal) -> None:
    person = linked(api, chat_alone, "ru")
    told(chat_alone, Topic.ACCEPTED)
    told(chat_alone, Topic.QUESTION_ASKED)
    Notice.objects.filter(topic="question_asked").update(created_at=NOON.replace(hour=11))
    told(chat_alone)
    Notice.objects.filter(topic="answered").update(state="sent", sent_at=NOON)
    person.blocks()
    assert deliver() == {"failed": 2}
    assert said(chat_alone) == []


def test_whoever_changes_the_appeal_at_that_moment_is_waited_for(api: BotApi, chat_alone: Appeal) -> None:
    person = linked(api, chat_alone, "ru")
    told(chat_alone)
    mute(person.id, NOON)
    outcomes: list[dict[str, int]] = []

    def work() -> None:
        outcomes.append(deliver())
        connection.close()

    worker = Thread(target=work)
    with transaction.atomic():
        change(chat_alone, verb="remind", actor=CLOCK, at=NOON)
        worker.start()
    worker.join()
    assert outcomes == [{"failed": 1}]
    assert said(chat_alone) == [("clock", {"not_heard": "answered"})]
    assert list(verify()) == []
