"""Marks in the rows of the queue: short words stay on one line, in every language, on a desk and on a telephone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import gettext as _
from playwright.sync_api import Page

from qorgau.rules.states import State
from qorgau.workplace.due_words import nearness_of
from qorgau.workplace.wording import STATES
from tests.factories import NOON
from tests.look.gallery import page, staff_member

pytestmark = pytest.mark.journey

MARKS = """() => [...document.querySelectorAll(".table-rows .badge > span")].map((words) => {
    const range = document.createRange();
    range.selectNodeContents(words);
    return [words.textContent, new Set([...range.getClientRects()].map((line) => Math.round(line.top))).size];
})"""
PUSHED_OUT = """() => [...document.querySelectorAll(".table-frame")]
    .map((frame) => frame.scrollWidth - frame.clientWidth)"""


def row(state: State, *, returns: int) -> dict[str, Any]:
    """A row with every mark that there is."""
    today = NOON.date()
    return {
        "number": "26-0001234-5", "value": "26-0001234-5.1", "can_be_chosen": True, "chosen": False,
        "kind": "Жалоба", "topic": "Прикрепление к другой организации без согласия пациента",
        "organisation": "Городская поликлиника №4 (Астана)", "region": "город Астана", "channel": "Портал",
        "language": "ru", "waiting": "14 дней", "waiting_day": "16 нояб.",
        "due": nearness_of(state, today + timedelta(days=14), None, today),
        "state": state.value, "state_words": STATES[state], "here": True, "holder": "", "mine": True, "for_whom": "",
        "assignee": "Бекова С. Е.", "new_message": True, "unread": True, "sensitive": True, "merged": 2,
        "longer_term": False, "draft": "", "returns": returns, "labels": [{"text": "На контроле", "tone": "soon"}],
        "steps": "",
    }  # fmt: skip


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ru", {"Возвращено 12 раз", "осталось 14 дней", "Ждём организацию", "На утверждении", "Новое сообщение"}),
        ("kk", {"12 рет қайтарылды", "14 күн қалды", "Ұйымды күтуде", "Оқылмаған"}),
        ("en", {"Returned 12 times", "14 days left", "On approval", "New message"}),
    ],
)
def test_short_marks_stay_on_one_line(
    look: Callable[..., Page], rf: RequestFactory, language: str, expected: set[str], width: int
) -> None:
    request: Any = rf.get("/desk/")
    request.user = staff_member()
    with translation.override(language):
        rows = [row(state, returns=returns) for returns, state in enumerate(sorted(State), start=9)]
        names = ("Number", "Kind and reason", "Organisation, region", "The person waits", "Due", "State", "Who has it")
        html = page("queue_rows", request, rows=rows, heads=[_(name) for name in names])
    opened = look(html, width=width)
    marks = opened.evaluate(MARKS)
    assert expected <= {words for words, _lines in marks}
    assert [words for words, lines in marks if lines > 1 and len(words) <= 18] == []
    assert opened.evaluate(PUSHED_OUT) == [0]
