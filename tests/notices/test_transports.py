import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from structlog.testing import capture_logs

from qorgau.notices.models import Notice
from qorgau.notices.transports import TransportError, open_transport
from qorgau.notices.transports.base import delivery_id, message_id
from qorgau.notices.transports.console import Console
from qorgau.notices.transports.email import Smtp
from qorgau.notices.transports.sms import HttpGateway
from qorgau.notices.wording import Message
from tests.factories import NOON
from tests.notices.servers import Gateway, MailServer, running_gateway, running_mail_server

LETTER = Message("Өтініш 26-0000001-5", "Сәлеметсіз бе.\n\n.бір жолда нүкте\n", ("K7M4-Q9TX-2F",))
TEXT = Message("", "Өтініш 26-0000001-5. Код: K7M4-Q9TX-2F.", ("K7M4-Q9TX-2F",))


def notice(way: str, pk: int = 7, address: str = "") -> Notice:
    return Notice(
        pk=pk,
        appeal_number="26-0000001-5",
        topic="receipt",
        language="kk",
        transport=way,
        address=address or ("aigul@example.kz" if way == "email" else "+77010000067"),
        created_at=NOON,
        due_at=NOON,
    )


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    with running_mail_server() as server:
        settings.NOTICE_TRANSPORTS = {"email": "smtp", "sms": "console"}
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 5
        settings.DEFAULT_FROM_EMAIL = "Қорғау <no-reply@qorgau.example.kz>"
        settings.PUBLIC_ADDRESS = "https://qorgau.example.kz:8443/"
        yield server


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    with running_gateway() as server:
        settings.NOTICE_TRANSPORTS = {"email": "console", "sms": "http"}
        settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_TOKEN, settings.SMS_SENDER = server.address, "token", "1414"
        yield server


def failure(way: str, message: Message, address: str = "") -> TransportError:
    transport = open_transport(way)
    with pytest.raises(TransportError) as failed:
        transport.send(notice(way, address=address), message)
    transport.close()
    return failed.value


def test_the_settings_choose_the_way_out(settings: Any) -> None:
    settings.NOTICE_TRANSPORTS = {"email": "smtp", "sms": "http"}
    assert (type(open_transport("email")), type(open_transport("sms"))) == (Smtp, HttpGateway)

    settings.NOTICE_TRANSPORTS = {"email": "console", "sms": "console"}
    assert (type(open_transport("email")), type(open_transport("sms"))) == (Console, Console)


def test_a_letter_arrives_as_it_was_written(mail: MailServer) -> None:
    transport = open_transport("email")
    name = transport.send(notice("email"), LETTER)
    transport.close()

    (letter,) = mail.letters
    assert (letter["Subject"], letter["To"], letter["Message-ID"]) == (LETTER.subject, "aigul@example.kz", name)
    assert letter["From"] == "Қорғау <no-reply@qorgau.example.kz>"
    assert (letter["Auto-Submitted"], letter["Content-Language"]) == ("auto-generated", "kk")
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == LETTER.body


def test_letters_share_a_connection(mail: MailServer) -> None:
    transport = open_transport("email")
    for pk in range(3):
        transport.send(notice("email", pk), LETTER)
    transport.close()

    assert (mail.connections, len(mail.letters)) == (1, 3)


def test_a_notice_has_the_same_name_at_every_attempt_and_no_other_has_it() -> None:
    again = notice("email")
    assert message_id(notice("email")) == message_id(again)
    assert delivery_id(notice("sms")) == delivery_id(notice("sms"))

    restored = notice("email")
    restored.created_at = NOON + timedelta(seconds=1)
    assert len({delivery_id(notice("sms", 1)), delivery_id(notice("sms", 2)), delivery_id(restored)}) == 3


def test_the_name_of_a_letter_ends_with_our_host(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://qorgau.example.kz:8443"

    assert message_id(notice("email")) == f"<{delivery_id(notice('email'))}@qorgau.example.kz>"


@pytest.mark.parametrize(
    ("refusal", "permanent", "all_wait"),
    [
        (("RCPT", "550 no such mailbox"), True, False),
        (("RCPT", "553 what is that address"), True, False),
        (("RCPT", "452 mailbox is full today"), False, False),
        (("RCPT", "450 greylisted"), False, False),
        (("RCPT", "530 sign in first"), False, True),
        (("LETTER", "554 looks like spam"), True, False),
        (("LETTER", "451 try again"), False, False),
        (("MAIL", "550 we do not know this sender"), False, True),
        (("MAIL", "hang up"), False, True),
        (("RCPT", "421 closing down"), False, True),
        (("RCPT", "hang up"), False, True),
        (("EHLO", "hang up"), False, True),
    ],
)
def test_a_mail_server_is_understood(
    mail: MailServer, refusal: tuple[str, str], permanent: bool, all_wait: bool
) -> None:
    mail.refusals = [refusal]

    failed = failure("email", LETTER)

    assert (failed.permanent, failed.all_wait, failed.retry_after) == (permanent, all_wait, None)
    assert mail.letters == []
    if refusal[1] != "hang up":
        assert str(failed).startswith(refusal[1][:3]) or refusal[1][4:] in str(failed)


@pytest.mark.parametrize(
    "refusal", [("RCPT", "550 no"), ("RCPT", "421 closing"), ("MAIL", "hang up"), ("LETTER", "554 no")]
)
def test_after_a_failure_the_next_letter_leaves(mail: MailServer, refusal: tuple[str, str]) -> None:
    mail.refusals = [refusal]
    transport = open_transport("email")
    with pytest.raises(TransportError):
        transport.send(notice("email", 1), LETTER)

    transport.send(notice("email", 2), LETTER)
    transport.close()

    assert [letter["Message-ID"] for letter in mail.letters] == [message_id(notice("email", 2))]


def test_a_mail_server_that_is_not_there_is_waited_for(settings: Any) -> None:
    with running_mail_server() as gone:
        port = gone.port
    settings.NOTICE_TRANSPORTS = {"email": "smtp", "sms": "console"}
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port

    failed = failure("email", LETTER)

    assert (failed.permanent, failed.all_wait) == (False, True)


def test_an_address_that_breaks_the_letter_is_refused_for_good(mail: MailServer) -> None:
    assert failure("email", LETTER, address="a@example.kz\nBcc: b@example.kz").permanent
    assert mail.letters == []
    assert mail.recipients == []


def test_an_sms_arrives_with_token_and_name(gateway: Gateway) -> None:
    row = notice("sms")

    assert open_transport("sms").send(row, TEXT) == f"gw-{delivery_id(row)}"

    assert gateway.got == [{"to": "+77010000067", "text": TEXT.body, "sender": "1414", "id": delivery_id(row)}]
    (headers,) = gateway.headers
    assert headers["Authorization"] == "Bearer token"
    assert headers["Idempotency-Key"] == delivery_id(row)


@pytest.mark.parametrize("body", [b"", b"OK", b"[]", b"\xff\xfe", b'{"status": "queued"}'])
def test_a_gateway_that_names_nothing_has_taken_it_all_the_same(gateway: Gateway, body: bytes) -> None:
    gateway.body = body

    assert open_transport("sms").send(notice("sms"), TEXT) == delivery_id(notice("sms"))


def test_a_gateway_that_knows_the_message_already_has_it(gateway: Gateway) -> None:
    gateway.answers = [(409, {})]

    assert open_transport("sms").send(notice("sms"), TEXT) == delivery_id(notice("sms"))


@pytest.mark.parametrize(
    ("status", "permanent", "all_wait"),
    [
        (400, True, False),
        (410, True, False),
        (422, True, False),
        (401, False, True),
        (402, False, True),
        (403, False, True),
        (404, False, True),
        (408, False, True),
        (429, False, True),
        (302, False, True),
        (500, False, True),
        (503, False, True),
    ],
)
def test_a_gateway_is_understood(gateway: Gateway, status: int, permanent: bool, all_wait: bool) -> None:
    gateway.answers = [(status, {"Location": gateway.address} if status == 302 else {})]

    failed = failure("sms", TEXT)

    assert (failed.permanent, failed.all_wait, str(failed)) == (permanent, all_wait, f"HTTP {status}")
    assert len(gateway.got) == 1


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ("90", timedelta(seconds=90)),
        ("0", timedelta()),
        ("9" * 400, timedelta(days=1)),
        ("soon", None),
        ("-5", None),
        ("Mon, 01 Jan 2001 00:00:00 GMT", timedelta()),
    ],
)
def test_a_gateway_says_how_long_to_wait(gateway: Gateway, said: str, pause: timedelta | None) -> None:
    gateway.answers = [(429, {"Retry-After": said})]

    assert failure("sms", TEXT).retry_after == pause


def test_a_gateway_says_until_when_to_wait(gateway: Gateway) -> None:
    until = datetime.now(UTC) + timedelta(minutes=10)
    gateway.answers = [(503, {"Retry-After": format_datetime(until, usegmt=True)})]

    pause = failure("sms", TEXT).retry_after

    assert pause is not None
    assert timedelta(minutes=9) < pause <= timedelta(minutes=10)


def test_a_gateway_that_is_not_there_or_silent_is_waited_for(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qorgau.notices.transports.sms.SECONDS_TO_WAIT", 0.1)
    settings.NOTICE_TRANSPORTS = {"email": "console", "sms": "http"}
    with running_gateway() as server:
        settings.SMS_GATEWAY_URL = server.address
        server.seconds_to_think = 0.5
        silent = failure("sms", TEXT)
    gone = failure("sms", TEXT)

    assert (silent.permanent, silent.all_wait) == (False, True)
    assert (gone.permanent, gone.all_wait) == (False, True)


@pytest.mark.parametrize(
    ("way", "message", "shown"), [("sms", TEXT, "+7 701 ••• •• 67"), ("email", LETTER, "a•••@example.kz")]
)
def test_the_console_shows_neither_address_nor_code(way: str, message: Message, shown: str) -> None:
    with capture_logs() as lines:
        assert Console().send(notice(way), message) == delivery_id(notice(way))

    (line,) = lines
    assert (line["event"], line["to"]) == ("notice_shown", shown)
    assert "K7M4-Q9TX-2F" not in str(line)
    assert notice(way).address not in str(line)


def test_web_and_worker_start_without_what_speaks_with_telegram() -> None:
    # It takes seconds to be read, in every process that starts.
    start = (
        "import sys, django; django.setup()\n"
        "from django.urls import get_resolver; get_resolver().url_patterns\n"
        "import qorgau.notices.tasks\n"
        "sys.exit('aiogram' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", start], check=True, env=os.environ, timeout=60)
