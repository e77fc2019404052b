"""A register somewhere else: asked over HTTP, never waited for long, and never taken for saying "not insured"."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone

from qorgau.insured import sources
from qorgau.insured.answers import Answer, Insured, NotAnswering, Unknown
from qorgau.insured.cells import read_record, write_record
from qorgau.insured.fhir import IIN_SYSTEM, record_extension
from qorgau.insured.journal import Purpose, who_looked
from qorgau.insured.lookup import look_up
from qorgau.insured.record import Record
from qorgau.insured.sources import circuit, remote
from tests.insured.files import AIGUL, DANA, NOW, SUMS, paid
from tests.insured.remote_register import Register, remote_register

CELLS = {
    "paid": paid((NOW - 30, NOW - 1)),
    "first_month": SUMS[0],
    **dict.fromkeys(SUMS[:11], "4250.5"),
    "payers": "E" * 11 + "-",
    "categories": "C01:2008-05-05/2026-05-04 C13:2024-09-01",
    "ahead": "2026-01/2026-12@2025-12",
    "temporary": "2026-10 2026-11",
    "organisation": "demo-71-gp1",
    "attached_since": "2025-01-01",
}
RECORD = read_record(CELLS, now=NOW)


def response(record: Record | None = RECORD, **others: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "resourceType": "CoverageEligibilityResponse",
        "status": "active",
        "outcome": "complete",
        "created": "2026-11-28T08:00:00+05:00",
    }
    if record is not None:
        told |= {"insurance": [{"inforce": True}], "extension": [record_extension(record)]}
    return told | others


@pytest.fixture
def register(db: None, settings: LazySettings) -> Iterator[Register]:
    with remote_register() as running:
        running.body = response()
        settings.INSURED_SOURCE, settings.INSURED_URL, settings.INSURED_TOKEN = "remote", running.address, "secret"
        settings.INSURED_SECONDS, settings.INSURED_CACHE_SECONDS = 0.4, 300
        sources._opened.cache_clear()
        yield running
        sources._opened.cache_clear()


def ask(iin: str = AIGUL) -> Answer:
    return look_up(iin, purpose=Purpose.CARE, who="partner:x")


def reason(answer: Answer) -> str:
    assert isinstance(answer, NotAnswering)
    return answer.reason


def test_a_record_written_as_cells_reads_the_same() -> None:
    assert write_record(RECORD) == CELLS
    assert read_record(write_record(Record()), now=NOW) == Record()


def test_the_answer_of_another_system_is_as_good_as_our_own(register: Register) -> None:
    assert ask() == Insured(RECORD, date(2026, 11, 28))

    (asked,) = register.asked
    assert asked["patient"]["identifier"] == {"system": IIN_SYSTEM, "value": AIGUL}
    assert (asked["resourceType"], asked["purpose"]) == ("CoverageEligibilityRequest", ["validation"])
    assert register.headers[0]["Authorization"] == "Bearer secret"
    assert [line.answer for line in who_looked(AIGUL)] == ["found"]


def test_an_answer_is_kept_and_every_look_up_written_down(register: Register) -> None:
    ask(), ask(), ask(DANA)

    assert len(register.asked) == 2
    assert [line.answer for line in who_looked(AIGUL)] == ["found", "found"]


def test_an_answer_is_not_kept_for_longer_than_the_settings_say(register: Register, settings: LazySettings) -> None:
    settings.INSURED_CACHE_SECONDS = 0
    ask(), ask()

    assert len(register.asked) == 2


def test_nobody_by_that_number_is_unknown(register: Register) -> None:
    register.body = response(None)
    assert ask() == Unknown(date(2026, 11, 28))

    register.status, register.body = 404, {"resourceType": "OperationOutcome"}
    assert ask(DANA) == Unknown(timezone.localdate())


@pytest.mark.parametrize(
    ("status", "body", "says"),
    [
        (500, {}, "HTTP status 500"),
        (401, {}, "HTTP status 401"),
        (200, b"<html>", "not JSON"),
        (200, b"\xff\xfe", "not JSON"),
        (200, [], "cannot be read"),
        (200, {"resourceType": "OperationOutcome"}, "a OperationOutcome came"),
        (200, response(outcome="queued"), "the outcome is queued"),
        (200, response(extension=[]), "cannot be read"),
        (200, response(created="yesterday"), "cannot be read"),
        (200, b" " * (remote.LONGEST_ANSWER + 1), "no answer: HTTPException"),
    ],
)
def test_nonsense_is_no_answer(register: Register, status: int, body: Any, says: str) -> None:
    register.status, register.body = status, body

    answer = ask()
    assert says in reason(answer)
    assert "does not answer now" in str(answer.sentence)  # type: ignore[union-attr]
    assert AIGUL not in reason(answer)
    assert [line.answer for line in who_looked(AIGUL)] == ["not_answering"]


@pytest.mark.parametrize("cells", [{"paid": "12"}, {"payers": "X" * 12, "first_month": "2025-11"}, {"2026-10": "-1"}])
def test_a_record_out_of_shape_is_no_answer(register: Register, cells: dict[str, str]) -> None:
    extension = record_extension(RECORD) | {
        "extension": [{"url": name, "valueString": text} for name, text in cells.items()]
    }
    register.body = response(extension=[extension])

    assert "cannot be read (ValueError)" in reason(ask())


@pytest.mark.parametrize("how", [{"seconds": 1.0}, {"trickle": True}])
def test_nobody_waits_for_longer_than_the_settings_say(register: Register, how: dict[str, Any]) -> None:
    for name, value in how.items():
        setattr(register, name, value)
    began = time.monotonic()

    assert reason(ask()) == "no answer: TimeoutError"
    assert time.monotonic() - began < 0.8


def test_a_register_that_is_not_there_is_left_alone_after_some_times(
    register: Register, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    register.status = 503
    assert {reason(ask()) for _ in range(remote.FAILURES_BEFORE_REST)} == {"HTTP status 503"}

    register.status = 200
    assert "left alone" in reason(ask())
    assert len(register.asked) == remote.FAILURES_BEFORE_REST

    now = time.monotonic()
    monkeypatch.setattr(circuit.time, "monotonic", lambda: now + remote.SECONDS_OF_REST + 1)
    assert isinstance(ask(), Insured)
    assert isinstance(ask(DANA), Insured)


def test_a_connection_that_was_closed_meanwhile_is_opened_anew(register: Register, settings: LazySettings) -> None:
    ask()
    opened = sources.chosen_source()._of_thread.connection  # type: ignore[attr-defined]
    opened.sock.shutdown(2)

    assert isinstance(ask(DANA), Insured)


def test_no_register_at_the_address_is_no_answer(register: Register, settings: LazySettings) -> None:
    settings.INSURED_URL = "http://127.0.0.1:9/fhir"
    sources._opened.cache_clear()

    assert reason(ask()) == "no answer: ConnectionRefusedError"
