import threading

import pytest
from django.db import connection, connections
from django.urls import base as addresses
from django.utils import timezone
from django.utils.translation import get_language, gettext, override, trans_real

from qorgau.lib.kept_with_thread import keep_with_thread


@pytest.fixture(autouse=True)
def kept_with_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    # What was there is put back afterwards.
    for place, name in (
        *((trans_real, "_active"), (timezone, "_active"), (addresses, "_prefixes"), (addresses, "_urlconfs")),
        (connections, "_connections"),
    ):
        monkeypatch.setattr(place, name, getattr(place, name))
    keep_with_thread()


def in_a_thread(language: str, told: dict[str, str]) -> threading.Thread:
    def speak() -> None:
        with override(language):
            told[language] = f"{get_language()} {gettext('Surname')}"

    thread = threading.Thread(target=speak)
    thread.start()
    return thread


def test_each_thread_speaks_its_own_language() -> None:
    told: dict[str, str] = {}
    with override("ru"):
        for thread in (in_a_thread("kk", told), in_a_thread("en", told)):
            thread.join()
        assert get_language() == "ru"
        assert gettext("Surname") == "Фамилия"
    assert told == {"kk": "kk Тегі", "en": "en Surname"}


def test_a_thread_that_has_chosen_none_speaks_kazakh() -> None:
    found: list[str | None] = []
    with override("ru"):
        thread = threading.Thread(target=lambda: found.append(get_language()))
        thread.start()
        thread.join()
    assert found == ["kk"]


def test_each_thread_has_its_own_zone() -> None:
    found: list[str] = []
    with timezone.override("Asia/Qyzylorda"):
        thread = threading.Thread(target=lambda: found.append(timezone.get_current_timezone_name()))
        thread.start()
        thread.join()
        assert timezone.get_current_timezone_name() == "Asia/Qyzylorda"
    assert found == [timezone.get_default_timezone_name()] != ["Asia/Qyzylorda"]


def test_each_thread_has_its_own_connection() -> None:
    found: list[int] = []
    for _ in range(2):
        thread = threading.Thread(target=lambda: found.append(id(connections["default"])))
        thread.start()
        thread.join()
        found.append(id(connections["default"]))
    assert found[1] == found[3]
    assert found[0] != found[1]
    assert connection == connections["default"]
