"""It is the same moment in every test here, so that no midnight comes between them and the day they speak of."""

import pytest
from django.utils import timezone

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture(autouse=True)
def same_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
