"""The language of the chat: asked for at the start, changed at any time."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from qorgau.channels.telegram.dialogue.buttons import menu_key
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.lib.speech import LANGUAGES
from qorgau.lib.telegram.says import Button, Message

NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
_QUESTION = "Тілді таңдаңыз · Выберите язык · Choose a language"


def begin(talk: Talk) -> Turn:
    """Ask, in all of them."""
    buttons = tuple((Button(NAMES[code], f"language:{code}"),) for code in LANGUAGES)
    return Turn(says=(Message(text=_QUESTION, buttons=buttons),))


def press(talk: Talk, code: str) -> Turn:
    """From now on in this one."""
    if code not in LANGUAGES:
        return begin(talk)
    with override(code):
        # The key below the input field is put anew, in the new language.
        said = Message(text=_("I will write to you in English."), keyboard=menu_key())
    return Turn(says=(said,), menu=True, language=code)


PATH = Path(
    name="language",
    begin=begin,
    press=press,
    title="Тіл · Язык · Language",
    order=90,
    known_as=("тіл", "язык", "language"),
    command="language",
    describes=gettext_lazy("Choose the language"),
)
