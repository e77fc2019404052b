"""Talking to a person: the bot does not pretend to be one, and says where one answers."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.channels.telegram.dialogue.buttons import begin, on_the_site, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.lib.telegram.says import Message


def show(talk: Talk) -> Turn:
    """By telephone at once; in writing, and staff answer here."""
    text = _(
        "Call 1414: an operator of the contact centre answers, free of charge, from any telephone in the country.\n\n"
        "You can also write to us. An appeal is read by staff of the Fund, not by a program, and the answer comes "
        "within the time that the law sets."
    )
    buttons = ((begin("write", _("Send an appeal")),), *on_the_site(_("Open the site"), "home"), to_menu())
    return Turn(says=(Message(title=_("Talk to a person"), text=text, buttons=buttons),))


PATH = Path(
    name="person",
    begin=show,
    title=gettext_lazy("Talk to a person"),
    order=80,
    known_as=("оператор", "operator"),
    command="person",
    describes=gettext_lazy("Talk to a person"),
)
