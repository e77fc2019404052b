"""The buttons under notices lead somewhere."""

from typing import Any

import pytest
from django.utils import timezone

from qorgau.channels.telegram.dialogue.paths import PATHS
from qorgau.notices.chat_wording import said_in_chat
from qorgau.notices.chats.linking import link
from qorgau.notices.models import Notice
from qorgau.notices.topics import ABOUT_NO_APPEAL, FOR_DESKS, Topic
from qorgau.notices.wording import message_for
from qorgau.register.models import Appeal
from tests import factories
from tests.channels.telegram.phone import Phone

TO_APPLICANTS = [topic for topic in Topic if topic not in FOR_DESKS | ABOUT_NO_APPEAL]


@pytest.fixture
def appeal(phone: Phone, settings: Any) -> Appeal:
    settings.TELEGRAM_TOKEN = "4242:token"
    appeal = factories.appeal()
    phone.writes("/menu")
    link(appeal.applicant_id, phone.chat, timezone.now())
    return appeal


@pytest.mark.parametrize("topic", TO_APPLICANTS)
def test_every_notice_can_be_said_in_a_chat_and_each_button_is_answered(
    phone: Phone, appeal: Appeal, topic: Topic
) -> None:
    notice = Notice(
        appeal_number=appeal.number,
        topic=topic.value,
        facts={"due_on": {"date": "2026-12-01"}, "of": appeal.number},
        language="en",
        transport="telegram",
        address=str(phone.chat),
    )
    said = said_in_chat(notice, message_for(notice))

    assert appeal.number in said.title + said.text
    assert "here:" not in said.text and "http" not in said.text
    assert appeal.text not in said.text
    for row in said.buttons:
        for button in row:
            assert button.data.partition(":")[0] in {path.name for path in PATHS}
            phone.presses_data(button.data)
            assert phone.text and "no longer works" not in phone.text
