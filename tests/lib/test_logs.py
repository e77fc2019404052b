"""What is worth a line, and where it is written."""

import re
from collections.abc import Iterator

import pytest
import structlog
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.log import log_response

from qorgau.lib import logs
from qorgau.lib.logs import log_to_standard_error


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    log_to_standard_error(settings.LOG_LEVEL)


def lines(capsys: pytest.CaptureFixture[str], level: str) -> list[str]:
    log_to_standard_error(level)
    log = structlog.get_logger("tests")
    log.debug("asked", of="it")
    log.info("swept", count=3)
    log.warning("silent", reason="TimeoutError")
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


@pytest.mark.parametrize(
    ("level", "told"),
    [("DEBUG", "asked swept silent"), ("INFO", "swept silent"), ("WARNING", "silent"), ("ERROR", "")],
)
def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str], level: str, told: str) -> None:
    events = [line.partition("]")[2].split()[0] for line in lines(capsys, level)]
    assert events == told.split()


def test_a_line_tells_its_time_its_level_and_its_facts(capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = lines(capsys, "WARNING")
    assert re.fullmatch(r"[\d-]{10} [\d:]{8} \[warning *\] silent +reason=TimeoutError", line)


def test_what_broke_is_told_without_the_values_of_people(capsys: pytest.CaptureFixture[str]) -> None:
    log_to_standard_error("WARNING")
    iin = "900101" + "300106"
    try:
        raise ValueError(len(iin))
    except ValueError:
        structlog.get_logger("tests").exception("fault")
    assert "ValueError: 12" in (told := capsys.readouterr().err)
    assert iin not in told


def test_our_own_settings_decide() -> None:
    assert structlog.get_config()["logger_factory"] is logs._on_standard_error


def test_a_form_that_comes_back_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    request = RequestFactory().post("/en/write/complaint/")
    for status in (422, 404):
        log_response("%s: %s", "Words", request.path, response=HttpResponse(status=status), request=request)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    caplog.clear()
    with caplog.at_level("INFO", logger="django"):
        log_response("%s: %s", "Words", request.path, response=HttpResponse(status=422), request=request)
    assert [record.levelname for record in caplog.records] == ["INFO"]


@pytest.mark.parametrize("sent", [{f"x{i}": "1" for i in range(500)}, {"text": "x" * 3_000_000}])
def test_too_much_at_once_is_one_line(
    client: Client, sent: dict[str, str], db: None, caplog: pytest.LogCaptureFixture
) -> None:
    assert client.post("/en/write/complaint/", sent).status_code == 413
    (record,) = caplog.records
    assert record.levelname == "WARNING" and record.exc_info is None
    assert record.getMessage().endswith(": '/en/write/complaint/'")
