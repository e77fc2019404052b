"""Whatever Telegram answers and whenever a worker dies: every notice is delivered or reported.

It comes twice only where the row says that it may have.
"""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from qorgau.notices.chats.linking import link
from qorgau.notices.chats.models import Chat, ChatPace
from qorgau.notices.deliver import CLAIM, claim, deliver_due
from qorgau.notices.models import Notice
from tests import factories
from tests.channels.telegram.bot_api import faults
from tests.channels.telegram.bot_api.server import TOKEN, running_bot_api
from tests.factories import NOON

pytestmark = pytest.mark.django_db(transaction=True)

FAULTS = [
    faults.broken(),
    faults.broken(done=True),
    faults.cut(done=False),
    faults.cut(done=True),
    faults.asks_to_wait(2),
]


@pytest.mark.parametrize("seed", [1, 2])
def test_every_notice_is_delivered_or_reported(settings: Any, seed: int) -> None:
    random = Random(seed)
    factories.world()
    appeal = factories.appeal(applicant=factories.Person(phone="+77010000067"))
    Notice.objects.all().delete()
    with running_bot_api(per_second=None, per_chat=None) as api:
        settings.TELEGRAM_TOKEN, settings.TELEGRAM_API, settings.TELEGRAM_PER_SECOND = TOKEN, api.address, 0
        people = [api.person() for _ in range(4)]
        for person in people:
            person.starts()
            Chat.objects.create(id=person.id, language="en", begun_at=NOON, heard_at=NOON)
            link(appeal.applicant_id, person.id, NOON)
        told = [_written(appeal.number, people[place % 4].id) for place in range(24)]
        people[3].blocks()
        api.fate = lambda method: random.choice([*FAULTS, None, None, None]) if method == "sendMessage" else None

        at = NOON
        while Notice.objects.filter(transport="telegram", state="waiting").exists():
            if random.random() < 0.1:
                claim(at, {"telegram"})  # and whoever claimed it is killed
            deliver_due(ways=("telegram",), now=lambda at=at: at)  # type: ignore[misc]
            at += max(CLAIM, timedelta(minutes=10))
            if not 9 <= at.hour < 20:
                at = at.replace(hour=10) + timedelta(days=1)
            ChatPace.objects.all().delete()

        for notice in told:
            notice.refresh_from_db()
            came = sum(notice.facts["mark"] in seen.text for person in people for seen in person.said)
            if notice.state == "sent":
                assert 1 <= came <= 1 + notice.unsure
            else:
                assert (notice.state, came <= notice.unsure) == ("failed", True)
                assert Notice.objects.get(instead_of=notice).transport == "sms"
        assert {one.state for one in told[3::4]} == {"failed"}


def _written(number: str, chat: int) -> Notice:
    """One that can be told from the others by the desk that it names."""
    mark = f"Desk {Notice.objects.count()}!"
    return Notice.objects.create(
        appeal_number=number,
        topic="accepted",
        facts={"desk": mark, "mark": mark},
        language="en",
        transport="telegram",
        address=str(chat),
        created_at=NOON,
        due_at=NOON,
    )
