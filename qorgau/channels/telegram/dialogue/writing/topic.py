"""The reason: one of the dated list of the directory, those of the kind alone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.listing import (
    TURN,
    Item,
    by_number,
    number_rows,
    numbered,
    page_of,
)
from qorgau.channels.telegram.dialogue.writing.part import (
    SKIP,
    Heard,
    Part,
    Question,
    choose_by_button,
    skip_row,
)
from qorgau.directory.choices import reasons
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.lib.telegram.came import Text
from qorgau.rules.kinds import Kind

OF_COMPLAINTS = (Kind.COMPLAINT, Kind.APPLICATION, Kind.MESSAGE)
OF_QUESTIONS = (Kind.REQUEST,)


def _ask(draft: Draft) -> Question:
    return _page(draft, 0)


def _page(draft: Draft, page: int) -> Question:
    items = _items(draft)
    words = _("Choose the reason that is closest") if draft.kind == Kind.COMPLAINT else _("Choose what is closest")
    rows = number_rows(draft, "topic", items, page, lambda number: f"{TURN}{number}")
    return Question(f"{words}:\n\n{numbered(items, page)}", (*rows, skip_row(draft, "topic")))


def _items(draft: Draft) -> list[Item]:
    kinds = OF_COMPLAINTS if draft.kind == Kind.COMPLAINT else OF_QUESTIONS
    items = []
    for value, label in reasons(kinds):
        topics = ((value, label),) if isinstance(label, str) else label
        items += [Item(str(topic.pk), name) for code, name in topics if (topic := current().topic_by_code(code))]
    return items


def _hear(talk: Talk, draft: Draft) -> Heard:
    item = by_number(talk.came.text, _items(draft)) if isinstance(talk.came, Text) else None
    return _chosen(draft, item.value) if item else choose_by_button(draft)


def _press(talk: Talk, draft: Draft, value: str) -> Heard:
    if value == SKIP:
        return Heard(draft=draft.saying(topic=""))
    if value.startswith(TURN):
        page = page_of(value.removeprefix(TURN), _items(draft))
        return Heard(draft=draft, stay=True, question=_page(draft, page), turns_page=True)
    return _chosen(draft, value)


def _chosen(draft: Draft, value: str) -> Heard:
    if value not in {item.value for item in _items(draft)}:
        return choose_by_button(draft)
    return Heard(draft=draft.saying(topic=current().topics[int(value)].code))


def _shown(draft: Draft) -> str:
    return name_in(current().topic_by_code(draft.said.get("topic", "")))


PART = Part(name="topic", label=gettext_lazy("Reason"), ask=_ask, hear=_hear, press=_press, shown=_shown)
