import threading

import pytest
from django.utils.translation import get_language, gettext, override, trans_real

from qorgau.lib.language_of_thread import keep_language_with_thread


@pytest.fixture(autouse=True)
def kept_with_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trans_real, "_active", None)  # what was there is put back afterwards
    keep_language_with_thread()


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
