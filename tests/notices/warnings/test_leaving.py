"""The moment in which a warning leaves: judged once more, given its address, and ended when that does not exist."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from qorgau.insured.models import LookUp
from qorgau.insured.warnings.links import token_of
from qorgau.insured.warnings.models import Subscription, Told
from qorgau.insured.warnings.subscribing import stop
from qorgau.notices.deliver import deliver_due
from qorgau.notices.models import Notice
from qorgau.notices.send_again import send_again
from qorgau.notices.warnings.round import go_round
from tests.insured.conftest import Loader
from tests.insured.files import DANA
from tests.notices.servers import Gateway, MailServer, running_gateway, running_mail_server
from tests.notices.warnings.conftest import EMAIL, JUNE, PHONE, at, subscribed, worked

pytestmark = pytest.mark.usefixtures("emptied")
DAY = timedelta(days=1)


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with running_gateway() as server:
        settings.NOTICE_TRANSPORTS = settings.NOTICE_TRANSPORTS | {"sms": "http"}
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN = server.address, "token"
        yield server


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    with running_mail_server() as server:
        settings.NOTICE_TRANSPORTS = settings.NOTICE_TRANSPORTS | {"email": "smtp"}
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        yield server


def deliver(moment: datetime) -> dict[str, int]:
    return deliver_due(now=lambda: moment)


def test_a_warning_goes_where_it_shall_and_leaves_no_trace_of_it(load: Loader, gateway: Gateway) -> None:
    load([worked()])
    one = subscribed()
    go_round(at(9, 23))

    assert deliver(at(9, 23)) == {"sent": 1}
    assert [message["to"] for message in gateway.got] == [PHONE]
    notice = Notice.objects.get()
    assert (notice.state, notice.address) == ("sent", "")
    assert f"/w/{token_of(one)}" in gateway.got[0]["text"]
    assert [look.purpose for look in LookUp.objects.all()] == ["warning", "warning"]


def test_a_payment_that_came_meanwhile_ends_the_warning(load: Loader, gateway: Gateway) -> None:
    load([worked()])
    subscribed()
    go_round(at(9, 23, 0, 5))
    load([worked(until=JUNE + 1)])

    assert deliver(at(9, 23, 9)) == {"overtaken": 1}
    assert gateway.got == [] and Notice.objects.get().state == "overtaken"
    assert Told.objects.count() == 0


def test_a_payment_that_was_taken_back_warns_again(load: Loader, gateway: Gateway) -> None:
    load([worked()])
    subscribed()
    go_round(at(9, 23, 0, 5))
    load([worked(until=JUNE + 1)])
    deliver(at(9, 23, 9))
    load([worked()])
    go_round(at(9, 24))

    assert deliver(at(9, 24)) == {"sent": 1}


def test_a_warning_that_is_late_is_not_sent_after_the_last_day(load: Loader, gateway: Gateway) -> None:
    load([worked()])
    subscribed()
    go_round(at(9, 30))

    assert deliver(at(10, 1)) == {"overtaken": 1}
    go_round(at(10, 1))
    assert deliver(at(10, 1)) == {"sent": 1} and "ended on 30.09.2026" in gateway.got[0]["text"]


def test_whoever_stopped_hears_nothing_that_was_waiting(load: Loader, gateway: Gateway) -> None:
    load([worked()])
    one = subscribed()
    go_round(at(9, 23))
    stop([one.pk], why=Subscription.STOPPED, at=at(9, 23))

    assert deliver(at(9, 23)) == {"overtaken": 1} and gateway.got == []


def test_an_address_that_does_not_exist_ends_its_warnings(load: Loader, gateway: Gateway) -> None:
    load([worked()])
    one = subscribed()
    go_round(at(9, 23))
    gateway.answers = [(400, {})]

    assert deliver(at(9, 23)) == {"failed": 1}
    one.refresh_from_db()
    assert (one.ended_why, one.ended_at) == ("refused", at(9, 23))


def test_a_gateway_that_is_away_ends_nothing_and_what_failed_leaves_when_it_is_still_so(
    load: Loader, gateway: Gateway
) -> None:
    load([worked()])
    one = subscribed()
    go_round(at(9, 23))
    Notice.objects.update(state="failed", attempts=6)
    one.refresh_from_db()
    assert one.ended_at is None

    assert send_again(failed_since=at(9, 22), at=at(9, 25)) == 1
    assert deliver(at(9, 25)) == {"sent": 1}


def test_a_silent_register_delays_a_warning(load: Loader, gateway: Gateway, settings: Any) -> None:
    load([worked()])
    subscribed()
    go_round(at(9, 23))
    settings.INSURED_SOURCE = "remote"

    assert deliver(at(9, 23)) == {"postponed": 1}
    settings.INSURED_SOURCE = "local"
    assert deliver(at(9, 23) + DAY) == {"sent": 1}


def test_a_letter_can_be_stopped_by_the_button_of_a_mail_program(load: Loader, mail: MailServer) -> None:
    load([worked(DANA)])
    one = subscribed(DANA, EMAIL)
    go_round(at(9, 23))
    deliver(at(9, 23))

    letter = mail.letters[0]
    assert letter["List-Unsubscribe"].endswith(f"/w/{token_of(one)}>")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["To"] == EMAIL


def test_a_warning_comes_into_the_chat_that_asked_for_it(load: Loader, settings: Any) -> None:
    from qorgau.notices.chats.models import Chat
    from tests.channels.telegram.bot_api.server import TOKEN, running_bot_api

    load([worked()])
    with running_bot_api() as api:
        settings.TELEGRAM_TOKEN, settings.TELEGRAM_API = TOKEN, api.address
        person = api.person()
        person.starts()
        Chat.objects.create(id=person.id, language="en", begun_at=at(9, 1), heard_at=at(9, 1))
        one = subscribed(address=str(person.id), channel="telegram", label="mother")
        go_round(at(9, 23))

        assert deliver_due(ways=("telegram",), now=lambda: at(9, 23)) == {"sent": 1}
        (seen,) = person.sees
        assert "This is about: mother." in seen.text and "September 30, 2026" in seen.text
        assert seen.buttons["Stop these messages"] == f"warn:stop:{one.pk}"

        Notice.objects.update(state="waiting", attempts=0)
        person.blocks()
        assert deliver_due(ways=("telegram",), now=lambda: at(9, 23)) == {"failed": 1}
    one.refresh_from_db()
    assert one.ended_why == Subscription.REFUSED
