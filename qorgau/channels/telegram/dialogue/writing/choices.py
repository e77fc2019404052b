"""Parts that are answered by one of a few buttons."""

from collections.abc import Callable, Iterable
from functools import partial

from django.utils.functional import Promise

from qorgau.channels.telegram.dialogue.path import Talk
from qorgau.channels.telegram.dialogue.writing.draft import Draft
from qorgau.channels.telegram.dialogue.writing.part import Heard, Part, Question, choose_by_button

Choices = Callable[[], Iterable[tuple[str, object]]]


def choice(name: str, label: Promise, question: Callable[[], str], choices: Choices) -> Part:
    """A part with a button for each choice, a value and its words."""

    def ask(draft: Draft) -> Question:
        return Question(question(), tuple((draft.button(str(words), name, value),) for value, words in choices()))

    def hear(talk: Talk, draft: Draft) -> Heard:
        return choose_by_button(draft)

    def shown(draft: Draft) -> str:
        return str(dict(choices()).get(draft.said.get(name, ""), ""))

    return Part(name=name, label=label, ask=ask, hear=hear, press=partial(_press, name, choices), shown=shown)


def _press(name: str, choices: Choices, talk: Talk, draft: Draft, value: str) -> Heard:
    if value not in dict(choices()):
        return choose_by_button(draft)
    return Heard(draft=draft.saying(**{name: value}))
