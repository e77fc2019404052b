from collections.abc import Iterator
from typing import Any

import pytest

from qorgau.notices.models import Notice
from qorgau.register.models import Appeal
from tests import factories
from tests.channels.telegram.bot_api.server import TOKEN, BotApi, running_bot_api


@pytest.fixture
def api(settings: Any) -> Iterator[BotApi]:
    """The strict server in place of Telegram."""
    with running_bot_api() as api:
        settings.TELEGRAM_TOKEN, settings.TELEGRAM_API = TOKEN, api.address
        yield api


@pytest.fixture
def appeal(api: BotApi) -> Appeal:
    """Of somebody who left a telephone and an address; nothing waits to be told."""
    factories.world()
    appeal = factories.appeal(applicant=factories.Person(phone="+77010000067", email="erzhan@example.kz"))
    Notice.objects.all().delete()
    return appeal
