import re
from datetime import date
from html import unescape

import pytest
from django.http import HttpResponse
from django.utils import timezone

from tests.insured.conftest import Loader, load, rows  # noqa: F401 - the register that the pages ask
from tests.insured.files import AIGUL, DANA, NOW, TIMUR, line, paid

TODAY = date(2026, 11, 28)
"""The day on which the tests' register was loaded (`tests/insured/files.py`)."""

EMPLOYED = line(
    AIGUL,
    paid=paid((NOW - 12, NOW - 1)),
    sum="10200",
    payers="E" * 12,
    organisation="demo-71-gp1",
    attached_since="2025-01-01",
)
LOST = line(DANA, paid=paid((NOW - 20, NOW - 5)))
STUDENT = line(TIMUR, paid="", categories="C13:2024-09-01/2028-06-30", sum="7285.90", payers="G" * 12)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The pages are read on that day, whenever the tests run."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    return TODAY


@pytest.fixture
def people(load: Loader, today: date) -> None:  # noqa: F811 - the fixture of that name
    """Somebody employed, somebody who lost the insurance, a student."""
    load([EMPLOYED, LOST, STUDENT])


def text(page: HttpResponse) -> str:
    """What somebody reads in the main part of a page."""
    main = page.content.decode().split("<main", 1)[1].split("</main>", 1)[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("\N{NO-BREAK SPACE}", " "))
