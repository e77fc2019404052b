"""From an appeal in the chat to the same appeal on the site: an address that opens it once, within ten minutes."""

from django.utils.translation import gettext as _

from qorgau.channels.telegram.dialogue.buttons import address_on_the_site, site_opens, to_menu
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.handling.for_applicant.taken_along import word_for
from qorgau.lib.telegram.says import Button, Message
from qorgau.notices.chat_wording import ON_THE_SITE
from qorgau.notices.chats.linking import appeals_of

_LONGEST_ID = 19


def begin(talk: Talk) -> Turn:
    """The button without an appeal: nothing can be opened by it."""
    return press(talk, "")


def press(talk: Talk, pk: str) -> Turn:
    """Make the address anew at every press, for an appeal of this chat alone."""
    appeal = appeals_of(talk.chat).filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < _LONGEST_ID else None
    if appeal is None:
        return Turn(says=(Message(text=_("This appeal is not linked to this chat.")),), menu=True)
    address = address_on_the_site("taken_along", word_for(appeal, at=talk.now))
    if not site_opens():
        text = _(
            "Copy this address into your browser. It opens the appeal %(number)s on the site, without its code: once, "
            "within ten minutes. Do not pass it on."
        ) % {"number": appeal.number}
        return Turn(says=(Message(text=f"{text}\n\n{address}", buttons=(to_menu(),)),), place=talk.place)
    text = _(
        "This button opens the appeal %(number)s on the site, without its code: once, within ten minutes. Do not pass "
        "it on."
    ) % {"number": appeal.number}
    return Turn(
        says=(Message(text=text, buttons=((Button(_("Open on the site"), url=address),), to_menu())),),
        place=talk.place,
    )


PATH = Path(name=ON_THE_SITE, begin=begin, press=press)
