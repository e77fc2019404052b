from datetime import date

import pytest
from django.utils import timezone

from tests.insured.conftest import load, rows  # noqa: F401 - the register that the pages ask

TODAY = date(2026, 11, 28)
"""The day on which the tests' register was loaded (`tests/insured/files.py`)."""


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """The pages are read on that day, whenever the tests run."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)
    return TODAY
