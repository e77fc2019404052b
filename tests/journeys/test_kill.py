"""Web, worker and database are really killed while people write, and nothing that was acknowledged is lost or doubled.

A client is a person who presses the button again when no answer comes: the same form, the same delivery key.
"""

import http.client
import random
import re
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.citizen import Citizen
from tests.journeys.own_installation import OwnInstallation, wait_for
from tests.journeys.receivers import Received, mail_server, sms_gateway

pytestmark = pytest.mark.kill

FORM = "/ru/write/complaint/"
WRITERS = 3
KILLS_OF_EACH = 2
APPEALS_BETWEEN_KILLS = 5
MOST_SECONDS_MORE = 0.7
SECONDS_TO_ACKNOWLEDGE = 60


@dataclass
class Scene:
    """A running installation and those who receive its notices."""

    qorgau: OwnInstallation
    messages: Received
    letters: Received
    kills: int = 0


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    with (
        # Not below pytest's own folder: another run that starts meanwhile would close it to the database's account.
        tempfile.TemporaryDirectory(prefix="qorgau-killed-") as folder,
        sms_gateway() as (gateway, messages),
        mail_server() as (mail_port, letters),
    ):
        qorgau = OwnInstallation(
            Path(folder),
            QORGAU_SMS_TRANSPORT="http",
            QORGAU_SMS_URL=gateway,
            QORGAU_EMAIL_TRANSPORT="smtp",
            QORGAU_SMTP_HOST="127.0.0.1",
            QORGAU_SMTP_PORT=str(mail_port),
            # Telephones may ring at any hour of a test.
            QORGAU_QUIET_FROM="0",
            QORGAU_QUIET_TO="0",
            QORGAU_SENDINGS_PER_MINUTE="0",
        )
        try:
            qorgau.start()
            yield Scene(qorgau, messages, letters)
        finally:
            qorgau.stop()


@dataclass
class Writer:
    """Somebody who writes one complaint after the other until told to stop, and remembers the number of each."""

    port: int
    contact: dict[str, str]
    numbers: dict[str, str] = field(default_factory=dict)
    unanswered: int = 0
    failure: BaseException | None = None

    def write(self, stop: threading.Event) -> None:
        try:
            while not stop.is_set():
                key = uuid.uuid4().hex
                self.numbers[key] = self.send(key)
                stop.wait(random.uniform(0.0, 0.15))
        except BaseException as failure:  # told to whoever waits for this thread
            self.failure = failure

    def send(self, key: str) -> str:
        """Send until it is acknowledged; the number on the receipt."""
        self.citizen.cookies.pop("receipt_ru", None)
        ends = time.monotonic() + SECONDS_TO_ACKNOWLEDGE
        fields = self.form.filled({"delivery": key, "text": f"Отказали в приёме, случай {key}.", "step": "send"})
        while True:
            try:
                answer = self.citizen.post(FORM, fields)
                if answer.status == 302:
                    return self._number(ends)
                assert answer.status >= 500, answer.text
            except (OSError, http.client.HTTPException):
                pass
            self.unanswered += 1
            assert time.monotonic() < ends, "the appeal was never acknowledged"
            time.sleep(0.05)

    def begin(self) -> None:
        """Fill in the form as far as the page to check, while everything is well."""
        self.citizen = Citizen(self.port)
        values = {"topic": "care-refused", "text": "Отказали в приёме.", "region": "710000000", **self.contact}
        self.form = self.citizen.complain(FORM, values)

    def _number(self, ends: float) -> str:
        while True:
            try:
                page = self.citizen.get("/ru/receipt/")
                if page.status == 200 and (found := re.search(r"\b\d\d-\d{7}-\d\b", page.text)):
                    return found[0]
            except (OSError, http.client.HTTPException):
                pass
            assert time.monotonic() < ends, "the receipt was never shown"
            time.sleep(0.05)


def test_what_was_acknowledged_is_kept_once_and_told_once(scene: Scene) -> None:
    qorgau = scene.qorgau
    writers = [
        Writer(qorgau.port, {"phone": f"8701000006{serial}", "given_name": "Ержан"})
        if serial % 2
        else Writer(qorgau.port, {"email": f"writer{serial}@example.kz", "given_name": "Айгүл"})
        for serial in range(WRITERS)
    ]
    for writer in writers:
        writer.begin()
    _write_while_things_are_killed(scene, writers)
    numbers = {key: number for writer in writers for key, number in writer.numbers.items()}

    # Every acknowledged appeal is in the register, once, under the number that its writer holds; and no other is.
    registered = qorgau.rows("SELECT delivery_key, number FROM register_appeal")
    assert sorted(registered) == sorted((f"portal:{key}", number) for key, number in numbers.items())
    assert "Every line of the journal holds." in qorgau.command(sys.executable, "-m", "qorgau", "journal", "verify")

    # The same form, sent once more after everything, is the same appeal.
    for writer in writers:
        for key in random.sample(sorted(writer.numbers), 3):
            assert writer.send(key) == numbers[key]
    assert qorgau.rows("SELECT count(*) FROM register_appeal") == [(len(numbers),)]

    _let_all_notices_leave(qorgau)
    _assert_each_was_told_once(scene, set(numbers.values()))


def _write_while_things_are_killed(scene: Scene, writers: list[Writer]) -> None:
    qorgau = scene.qorgau
    kills = [qorgau.kill_web_process, qorgau.kill_web, qorgau.kill_worker, qorgau.kill_database] * KILLS_OF_EACH
    random.shuffle(kills)
    stop = threading.Event()
    threads = [threading.Thread(target=writer.write, args=(stop,)) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        for kill in kills:
            enough = _written(writers) + APPEALS_BETWEEN_KILLS
            wait_for(lambda: _written(writers) >= enough or _failed(writers))  # noqa: B023 - called right here
            time.sleep(random.uniform(0, MOST_SECONDS_MORE))
            kill()
            scene.kills += 1
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    if failure := _failed(writers):
        raise failure
    assert any(writer.unanswered for writer in writers), "no kill was ever felt: this proves nothing"


def _written(writers: list[Writer]) -> int:
    return sum(len(writer.numbers) for writer in writers)


def _failed(writers: list[Writer]) -> BaseException | None:
    return next((writer.failure for writer in writers if writer.failure), None)


def _let_all_notices_leave(qorgau: OwnInstallation) -> None:
    """A notice that a killed worker had claimed waits two minutes; with no worker alive we let them pass at once."""
    qorgau.kill_worker(
        meanwhile=lambda: qorgau.rows(
            "UPDATE notices_notice SET claimed_until = now(), due_at = now() WHERE state = 'waiting'"
        )
    )
    wait_for(lambda: qorgau.rows("SELECT count(*) FROM notices_notice WHERE state = 'waiting'") == [(0,)])


def _assert_each_was_told_once(scene: Scene, numbers: set[str]) -> None:
    notices = scene.qorgau.rows(
        "SELECT appeal_number, transport, state, external_id, extract(epoch FROM sent_at)::float8 FROM notices_notice"
    )
    assert sorted(str(notice[0]) for notice in notices) == sorted(numbers)
    assert {notice[2] for notice in notices} == {"sent"}
    sent_at = {str(name): float(str(moment)) for _, _, _, name, moment in notices}
    assert len(sent_at) == len(notices), "two notices went out under one name"
    taken = {**scene.messages.taken, **scene.letters.taken}
    assert set(taken) == set(sent_at)
    again = 0
    for name, moments in taken.items():
        # Repeated only as long as its first sending was not written down.
        assert max(moments) <= sent_at[name], "a notice was sent again after it had been written down as sent"
        again += len(moments) - 1
    # A deliverer has one notice in hand, so one kill can make one repeat at most; and the final kill is one more.
    assert again <= scene.kills + 1
