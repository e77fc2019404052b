"""/stop: no news in this chat, and news again. What people ask themselves is answered all the same."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.buttons import to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.lib.telegram.says import Button, Message
from qorgau.notices.chats.reaching import is_muted, mute

NAME = "news"
_OFF, _ON = "off", "on"


def ask(talk: Talk) -> Turn:
    """How it stands, and the button that changes it."""
    if is_muted(talk.chat):
        text = _("No news about appeals is told in this chat. You can open your appeals here all the same.")
        button = Button(_("Tell me news here again"), f"{NAME}:{_ON}")
    else:
        text = _(
            "Stop news about appeals and insurance in this chat? Other chats that follow the same appeal go on "
            "hearing. If there is none, news comes by SMS or e-mail, if you left either. If you left neither, nobody "
            "can tell you that the answer is there."
        )
        button = Button(_("Stop the news"), f"{NAME}:{_OFF}")
    return Turn(says=(Message(text=text, buttons=((button,), to_menu())),))


def press(talk: Talk, data: str) -> Turn:
    """Stop, or begin again."""
    if data == _OFF:
        mute(talk.chat, talk.now)
        return ask(talk)
    if data == _ON:
        mute(talk.chat, None)
        return Turn(says=(Message(text=_("News is told here again.")),), menu=True)
    return ask(talk)


PATH = Path(
    name=NAME,
    begin=ask,
    press=press,
    known_as=("стоп", "тоқтату", "stop"),
    command="stop",
    describes=gettext_lazy("Stop news in this chat, or begin it again"),
)
