import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import OperationalError, connection, transaction

from qorgau.notices import deliver
from qorgau.notices.deliver import CLAIM, PAUSES, claim, deliver_due
from qorgau.notices.models import Notice
from qorgau.notices.transports.base import delivery_id
from qorgau.notices.transports.sms import HttpGateway
from qorgau.people.models import Applicant, OneTimeCode
from qorgau.people.one_time_codes import digits_of
from tests import factories
from tests.factories import ALMATY, NOON
from tests.notices.servers import Gateway, MailServer, running_gateway, running_mail_server

pytestmark = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)


class Killed(BaseException):
    """What a killed process does: nothing after this point, no tidying up."""


class Clock:
    """The time of a test."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


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


def written(way: str = "sms", *, number: str = "26-0000001-5", at: datetime = NOON, **more: Any) -> Notice:
    return Notice.objects.create(
        appeal_number=number,
        topic=more.pop("topic", "answered"),
        language="ru",
        transport=way,
        address="+77010000067" if way == "sms" else "erzhan@example.kz",
        created_at=at,
        due_at=at,
        **more,
    )


def fresh(notice: Notice) -> Notice:
    return Notice.objects.get(pk=notice.pk)


def test_what_is_due_leaves_once_and_is_known_as_sent(gateway: Gateway, clock: Clock) -> None:
    notice = written()

    assert deliver_due(now=clock) == {"sent": 1}
    assert deliver_due(now=clock) == {}

    row = fresh(notice)
    assert (row.state, row.sent_at, row.attempts, row.claimed_until) == ("sent", NOON, 1, None)
    assert row.external_id == f"gw-{delivery_id(notice)}"
    assert gateway.by_id == {delivery_id(notice): 1}


def test_only_what_is_due_leaves_the_oldest_first(gateway: Gateway, clock: Clock) -> None:
    later, first, second = written(at=NOON + MINUTE), written(at=NOON - 2 * MINUTE), written(at=NOON - MINUTE)
    for state in ("sent", "failed", "undeliverable"):
        written(state=state)

    assert deliver_due(now=clock) == {"sent": 2}

    assert [message["id"] for message in gateway.got] == [delivery_id(first), delivery_id(second)]
    assert fresh(later).state == "waiting"


def test_letters_and_sms_leave_in_one_run(gateway: Gateway, mail: MailServer, clock: Clock) -> None:
    written("sms")
    written("email")

    assert deliver_due(now=clock) == {"sent": 2}
    assert (len(gateway.got), len(mail.letters)) == (1, 1)


def test_notices_never_leave_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="outside of transactions"), transaction.atomic():
        deliver_due()


def test_a_worker_that_was_late_wakes_nobody(gateway: Gateway, mail: MailServer, clock: Clock) -> None:
    text, letter = written("sms"), written("email")
    clock.at = datetime(2026, 6, 2, 23, 0, tzinfo=ALMATY)

    assert deliver_due(now=clock) == {"sent": 1}
    assert (fresh(text).state, fresh(letter).state) == ("waiting", "sent")

    clock.at = datetime(2026, 6, 3, 9, 0, tzinfo=ALMATY)
    assert deliver_due(now=clock) == {"sent": 1}


# --- Killed at any step ---------------------------------------------------------------------------------------------


def before_sending(monkeypatch: pytest.MonkeyPatch, gateway: Gateway) -> None:
    def killed(*args: object) -> None:
        raise Killed

    monkeypatch.setattr(deliver, "message_for", killed)


def after_the_gateway_took_it(monkeypatch: pytest.MonkeyPatch, gateway: Gateway) -> None:
    really_send = HttpGateway.send

    def killed(*args: Any) -> None:
        really_send(*args)
        raise Killed

    monkeypatch.setattr(HttpGateway, "send", killed)


def before_writing_it_down(monkeypatch: pytest.MonkeyPatch, gateway: Gateway) -> None:
    def killed(*args: object) -> None:
        raise Killed

    monkeypatch.setattr(deliver, "_sent", killed)


@pytest.mark.parametrize(
    ("kill", "messages"), [(before_sending, 1), (after_the_gateway_took_it, 2), (before_writing_it_down, 2)]
)
def test_a_deliverer_killed_before_writing_it_down_sends_again_under_the_same_name(
    gateway: Gateway, clock: Clock, kill: Callable[..., None], messages: int
) -> None:
    notice = written()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        kill(patch, gateway)
        deliver_due(now=clock)

    row = fresh(notice)
    assert (row.state, row.attempts, row.claimed_until) == ("waiting", 1, NOON + CLAIM)
    assert deliver_due(now=clock) == {}

    clock.at = NOON + CLAIM
    assert deliver_due(now=clock) == {"sent": 1}
    assert gateway.by_id == {delivery_id(notice): messages}


def test_what_was_written_down_as_sent_never_leaves_again(
    gateway: Gateway, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = written()
    really_count = deliver._write_down

    def killed(write: Callable[[], bool]) -> bool:
        really_count(write)
        raise Killed

    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(deliver, "_write_down", killed)
        deliver_due(now=clock)

    for later in (timedelta(), CLAIM, timedelta(days=30)):
        clock.at = NOON + later
        assert deliver_due(now=clock) == {}
    assert gateway.by_id == {delivery_id(notice): 1}


def test_killed_while_claiming_nothing_is_claimed(gateway: Gateway, clock: Clock) -> None:
    notice = written()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(Notice, "save", lambda *args, **kwargs: (_ for _ in ()).throw(Killed))
        deliver_due(now=clock)

    assert (fresh(notice).attempts, fresh(notice).claimed_until) == (0, None)
    assert deliver_due(now=clock) == {"sent": 1}


def test_a_notice_that_kills_every_deliverer_is_given_up_in_the_end(gateway: Gateway, clock: Clock) -> None:
    deadly = written()
    for _ in range(len(PAUSES) + 1):
        with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
            before_sending(patch, gateway)
            deliver_due(now=clock)
        clock.at += CLAIM

    assert deliver_due(now=clock) == {"failed": 1}
    assert (fresh(deadly).state, fresh(deadly).error) == ("failed", "every attempt was interrupted")
    assert gateway.got == []


@pytest.mark.kill
def test_a_worker_really_killed_in_the_middle_of_sending_doubles_nothing(gateway: Gateway) -> None:
    notices = [written(number=f"26-000000{index}-0") for index in range(3)]
    gateway.stuck_from = 2
    worker = subprocess.Popen([sys.executable, "-c", _DELIVER], env=_environment(gateway))
    try:
        _wait_until(lambda: len(gateway.got) == 2)
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    gateway.let_go.set()
    sent_before = set(Notice.objects.filter(state="sent").values_list("pk", flat=True))
    assert sent_before == {notices[0].pk}

    assert fresh(notices[1]).claimed_until == NOON + CLAIM
    assert deliver_due(now=Clock(NOON + CLAIM)) == {"sent": 2}

    assert gateway.by_id[delivery_id(notices[0])] == 1
    assert set(gateway.by_id) == {delivery_id(notice) for notice in notices}


_DELIVER = """
import django
django.setup()
from datetime import datetime
from qorgau.notices.deliver import deliver_due
from tests.factories import NOON
deliver_due(now=lambda: NOON)
"""


def _environment(gateway: Gateway) -> dict[str, str]:
    facts = connection.settings_dict
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "qorgau.settings",
        "DATABASE_URL": f"postgresql://{facts['USER']}:{facts['PASSWORD']}@/{facts['NAME']}"
        f"?host={facts['HOST']}&port={facts['PORT'] or 5432}",
        "QORGAU_SMS_TRANSPORT": "http",
        "QORGAU_SMS_URL": gateway.address,
        "QORGAU_SMS_TOKEN": "token",
        "QORGAU_SECRET_KEY": django_settings.SECRET_KEY,
        "QORGAU_DATA_KEY": django_settings.DATA_KEY,
    }


def _wait_until(happened: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < ends, "it did not happen within two minutes"
        time.sleep(0.01)


# --- Several deliverers ----------------------------------------------------------------------------------------------


def test_deliverers_at_work_together_send_each_notice_once(gateway: Gateway, clock: Clock) -> None:
    notices = [written(number=f"26-00000{index:02}-0") for index in range(40)]
    ready = threading.Barrier(4)
    sent: list[int] = []

    def work() -> None:
        try:
            ready.wait()
            sent.append(deliver_due(now=clock).get("sent", 0))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sent) == 40
    assert gateway.by_id == {delivery_id(notice): 1 for notice in notices}


def test_a_claimed_notice_is_passed_over_until_the_claim_runs_out(clock: Clock) -> None:
    first, second = written(), written()

    assert claim(NOON, {"sms"}) == first
    assert claim(NOON, {"sms"}) == second
    assert claim(NOON, {"sms"}) is None
    assert claim(NOON + CLAIM - timedelta(microseconds=1), {"sms"}) is None
    assert claim(NOON + CLAIM, {"sms"}) == first


def test_a_row_locked_by_somebody_is_not_waited_for() -> None:
    locked, free = written(), written()
    is_locked, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                Notice.objects.select_for_update().get(pk=locked.pk)
                is_locked.set()
                done.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert is_locked.wait(10)
    try:
        assert claim(NOON, {"sms"}) == free
        assert claim(NOON, {"sms"}) is None
    finally:
        done.set()
        thread.join()


def test_a_deliverer_that_was_too_slow_does_not_undo_what_another_did(gateway: Gateway, clock: Clock) -> None:
    notice = written()
    slow = claim(NOON, {"sms"})
    assert slow is not None
    clock.at = NOON + CLAIM
    assert deliver_due(now=clock) == {"sent": 1}

    assert deliver._sent(slow, "late", clock.at)() is False
    error = deliver.TransportError("late")
    assert deliver._postpone(slow, error, clock.at)() is False
    assert deliver._give_up(slow, "late", clock.at)() is False

    assert (fresh(notice).state, fresh(notice).error) == ("sent", "")


def test_sent_by_a_slow_deliverer_is_sent_even_if_another_holds_the_row_now(clock: Clock) -> None:
    notice = written()
    slow = claim(NOON, {"sms"})
    assert slow is not None
    assert claim(NOON + CLAIM, {"sms"}) == notice

    assert deliver._sent(slow, "gw-1", NOON + CLAIM)() is True
    assert fresh(notice).state == "sent"


# --- What could not leave --------------------------------------------------------------------------------------------


def test_pauses_grow_and_then_it_is_given_up(gateway: Gateway, clock: Clock) -> None:
    clock.at = datetime(2026, 6, 2, 9, 0, tzinfo=ALMATY)
    notice = written(at=clock.at)

    for attempt, minutes in enumerate((1, 5, 15, 60, 240), start=1):
        gateway.answers = [(500, {})]
        assert deliver_due(now=clock) == {"postponed": 1}
        row = fresh(notice)
        assert (row.state, row.attempts, row.due_at, row.error) == (
            "waiting",
            attempt,
            clock.at + minutes * MINUTE,
            "HTTP 500",
        )
        clock.at = row.due_at - timedelta(microseconds=1)
        assert deliver_due(now=clock) == {}
        clock.at = row.due_at
    gateway.answers = [(500, {})]
    assert deliver_due(now=clock) == {"failed": 1}

    row = fresh(notice)
    assert (row.state, row.attempts, row.error) == ("failed", 6, "HTTP 500")
    assert len(gateway.got) == 6
    clock.at += timedelta(days=1)
    assert deliver_due(now=clock) == {}


def test_a_later_attempt_succeeds_and_the_error_is_forgotten(gateway: Gateway, clock: Clock) -> None:
    notice = written()
    gateway.answers = [(503, {})]
    deliver_due(now=clock)
    clock.at += MINUTE

    assert deliver_due(now=clock) == {"sent": 1}
    assert (fresh(notice).state, fresh(notice).error, fresh(notice).attempts) == ("sent", "", 2)


def test_a_pause_of_an_sms_does_not_end_at_night(gateway: Gateway, clock: Clock) -> None:
    clock.at = datetime(2026, 6, 2, 20, 59, 30, tzinfo=ALMATY)
    notice = written(at=clock.at)
    gateway.answers = [(500, {})]

    deliver_due(now=clock)

    assert fresh(notice).due_at == datetime(2026, 6, 3, 9, 0, tzinfo=ALMATY)


def test_a_gateway_that_asks_for_quiet_gets_it_from_every_sms_and_no_letter(
    gateway: Gateway, mail: MailServer, clock: Clock
) -> None:
    first, second, letter = written(), written(), written("email")
    later = written(at=NOON + timedelta(hours=3))
    gateway.answers = [(429, {"Retry-After": "600"})]

    assert deliver_due(now=clock) == {"postponed": 1, "sent": 1}

    assert len(gateway.got) == 1
    assert [fresh(row).due_at for row in (first, second, later)] == [
        NOON + 10 * MINUTE,
        NOON + 10 * MINUTE,
        NOON + timedelta(hours=3),
    ]
    assert (fresh(letter).state, fresh(second).attempts) == ("sent", 0)


def test_a_short_wish_of_a_gateway_does_not_shorten_our_pause(gateway: Gateway, clock: Clock) -> None:
    notice = written()
    gateway.answers = [(429, {"Retry-After": "1"})]

    deliver_due(now=clock)

    assert fresh(notice).due_at == NOON + MINUTE


def test_a_gateway_that_is_down_is_tried_once_in_a_run(gateway: Gateway, clock: Clock) -> None:
    notices = [written() for _ in range(3)]
    gateway.answers = [(503, {})] * 3

    assert deliver_due(now=clock) == {"postponed": 1}

    assert len(gateway.got) == 1
    assert [fresh(notice).attempts for notice in notices] == [1, 0, 0]


def test_one_notice_that_cannot_be_worded_keeps_back_no_other(gateway: Gateway, clock: Clock) -> None:
    faulty, fine = written(topic="no such topic"), written()

    assert deliver_due(now=clock) == {"postponed": 1, "sent": 1}

    assert fresh(fine).state == "sent"
    assert fresh(faulty).error == "ValueError: 'no such topic' is not a valid Topic"


# --- The other way ---------------------------------------------------------------------------------------------------


@pytest.fixture
def appeal_number() -> str:
    """Of somebody who left a telephone and an address; its receipt has left."""
    factories.world()
    number = factories.appeal(
        applicant=factories.Person(surname="Оспанов", phone="+77010000067", email="erzhan@example.kz")
    ).number
    Notice.objects.update(state="sent")
    return number


def test_a_number_that_does_not_exist_is_followed_by_a_letter(
    gateway: Gateway, mail: MailServer, clock: Clock, appeal_number: str
) -> None:
    notice = written(number=appeal_number)
    gateway.answers = [(400, {})]

    assert deliver_due(now=clock) == {"failed": 1, "sent": 1}

    assert (fresh(notice).state, fresh(notice).error) == ("failed", "HTTP 400")
    other = Notice.objects.get(instead_of=notice)
    assert (other.transport, other.address, other.state) == ("email", "erzhan@example.kz", "sent")
    assert (other.topic, other.facts, other.language, other.appeal_number) == ("answered", {}, "ru", appeal_number)
    assert mail.recipients == ["erzhan@example.kz"]


def test_an_address_that_does_not_exist_is_followed_by_an_sms_in_the_morning(
    gateway: Gateway, mail: MailServer, clock: Clock, appeal_number: str
) -> None:
    clock.at = datetime(2026, 6, 2, 23, 0, tzinfo=ALMATY)
    notice = written("email", number=appeal_number)
    mail.refusals = [("RCPT", "550 no such mailbox")]

    assert deliver_due(now=clock) == {"failed": 1}

    other = Notice.objects.get(instead_of=notice)
    assert (other.transport, other.address, other.state) == ("sms", "+77010000067", "waiting")
    assert other.due_at == datetime(2026, 6, 3, 9, 0, tzinfo=ALMATY)


def test_when_both_ways_are_closed_it_ends_there(
    gateway: Gateway, mail: MailServer, clock: Clock, appeal_number: str
) -> None:
    written(number=appeal_number)
    gateway.answers = [(400, {})]
    mail.refusals = [("RCPT", "550 no such mailbox")]

    assert deliver_due(now=clock) == {"failed": 2}
    assert Notice.objects.filter(state="waiting").count() == 0


def test_the_other_way_is_tried_too_when_all_attempts_were_in_vain(
    gateway: Gateway, clock: Clock, appeal_number: str
) -> None:
    notice = written(number=appeal_number, attempts=len(PAUSES))
    gateway.answers = [(500, {})]

    assert deliver_due(now=clock)["failed"] == 1
    assert Notice.objects.get(instead_of=notice).transport == "email"


def test_nobody_else_is_told_instead(gateway: Gateway, clock: Clock, appeal_number: str) -> None:
    Applicant.objects.update(phone="+77020000000")
    written(number=appeal_number)
    gateway.answers = [(400, {})]

    assert deliver_due(now=clock) == {"failed": 1}
    assert Notice.objects.filter(instead_of__isnull=False).count() == 0


def test_a_person_without_another_way_is_left_as_not_reached(
    gateway: Gateway, clock: Clock, appeal_number: str
) -> None:
    Applicant.objects.update(email="")
    written(number=appeal_number)
    gateway.answers = [(400, {})]

    assert deliver_due(now=clock) == {"failed": 1}
    assert Notice.objects.filter(instead_of__isnull=False).count() == 0


def test_a_desk_has_no_other_way(mail: MailServer, clock: Clock, appeal_number: str) -> None:
    written("email", number=appeal_number, topic="overdue", for_staff=True)
    mail.refusals = [("RCPT", "550 no such mailbox")]

    assert deliver_due(now=clock) == {"failed": 1}
    assert Notice.objects.filter(instead_of__isnull=False).count() == 0


# --- A database that goes away ---------------------------------------------------------------------------------------


def test_an_outcome_is_written_down_again_when_the_database_was_away(
    gateway: Gateway, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "_SECONDS_BEFORE_WRITING_AGAIN", (0, 0))
    notice = written()
    really_send = HttpGateway.send

    def cut_off(*args: Any) -> str:
        name = really_send(*args)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        _terminate(pid)
        return name

    monkeypatch.setattr(HttpGateway, "send", cut_off)

    assert deliver_due(now=clock) == {"sent": 1}
    assert fresh(notice).state == "sent"
    assert gateway.by_id == {delivery_id(notice): 1}


def test_a_database_that_stays_away_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "_SECONDS_BEFORE_WRITING_AGAIN", (0, 0))
    tries: list[int] = []

    def write() -> bool:
        tries.append(1)
        raise OperationalError("gone")

    with pytest.raises(OperationalError, match="gone"):
        deliver._write_down(write)
    assert len(tries) == 3


def _terminate(pid: int) -> None:
    def terminate() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        finally:
            connection.close()

    thread = threading.Thread(target=terminate)
    thread.start()
    thread.join()


def test_the_worker_delivers_every_ten_seconds_and_never_queues_up() -> None:
    from procrastinate.contrib.django import app

    from qorgau.notices import tasks

    assert tasks.deliver_notices.queueing_lock == "deliver_notices"
    (periodic,) = (
        task for task in app.periodic_registry.periodic_tasks.values() if task.task.name == tasks.deliver_notices.name
    )
    start = NOON.timestamp()
    assert periodic.croniter.get_next(ret_type=float, start_time=start) - start == 10
    assert periodic.croniter.get_next(ret_type=float, start_time=start + 10) - start == 20


def test_what_somebody_waits_for_leaves_first_and_at_night_too(clock: Clock, gateway: Gateway) -> None:
    clock.at = datetime(2026, 6, 2, 23, 0, tzinfo=ALMATY)
    code = OneTimeCode.objects.create(person=b"p", seed=b"s" * 16, made_at=clock.at)
    sleeping = written(at=clock.at - MINUTE)
    awaited = written(
        number="",
        topic="one_time_code",
        facts={"one_time_code": code.pk},
        at=clock.at,
        awaited_until=clock.at + 10 * MINUTE,
    )

    assert deliver_due(now=clock) == {"sent": 1}
    assert (fresh(awaited).state, fresh(sleeping).state) == ("sent", "waiting")
    assert digits_of(code) in gateway.got[0]["text"]


def test_what_nobody_waits_for_any_more_does_not_leave(clock: Clock, gateway: Gateway) -> None:
    code = OneTimeCode.objects.create(person=b"p", seed=b"s" * 16, made_at=NOON)
    awaited = written(
        number="", topic="one_time_code", facts={"one_time_code": code.pk}, awaited_until=NOON + 10 * MINUTE
    )
    clock.at = NOON + 11 * MINUTE

    assert deliver_due(now=clock) == {"failed": 1}
    assert (fresh(awaited).state, fresh(awaited).error) == ("failed", "nobody waits for it any more")
