"""The list of appeals, a page at a time."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgau.channels.telegram.dialogue.buttons import begin, to_menu
from qorgau.channels.telegram.dialogue.history.own import NAME, button, some_of_them
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.directory.states_for_applicants import words_for_applicant
from qorgau.lib.speech import say_date
from qorgau.lib.telegram.says import Button, Message
from qorgau.register.models import Appeal
from qorgau.rules.states import OPEN, State

A_PAGE = 5
PAGE = "page"
_SHOWN_OF_THE_TEXT = 80


def listed(talk: Talk, page: int = 0, *, edits: int | None = None) -> Turn:
    """Number, state, day and first words of each, the newest first."""
    rows, count = some_of_them(talk, page, A_PAGE)
    if not count:
        return Turn(says=(Message(title=_("History of appeals"), text=_nothing_yet(), buttons=_without_any()),))
    told = ngettext("You have %(num)s appeal.", "You have %(num)s appeals.", count) % {"num": count}
    text = "\n\n".join([told, *(_row(row) for row in rows)])
    buttons = [(button(row.number, row.pk),) for row in rows]
    turning: list[Button] = []
    if page:
        turning.append(Button(_("‹ Newer ones"), f"{NAME}:{PAGE}:{page - 1}"))
    if (page + 1) * A_PAGE < count:
        turning.append(Button(_("Older ones ›"), f"{NAME}:{PAGE}:{page + 1}"))
    if turning:
        buttons.append(tuple(turning))  # type: ignore[arg-type]
    message = Message(title=_("History of appeals"), text=text, buttons=(*buttons, to_menu()), edits=edits)
    return Turn(says=(message,))


def _row(appeal: Appeal) -> str:
    state = words_for_applicant(State(appeal.state), desk_id=appeal.holder_id, topic_id=appeal.topic_id)
    words = " ".join(appeal.text.split())
    short = words if len(words) <= _SHOWN_OF_THE_TEXT else f"{words[:_SHOWN_OF_THE_TEXT]}…"
    lines = [f"{appeal.number} · {say_date(timezone.localdate(appeal.received_at))}", short, state]
    if State(appeal.state) in OPEN and appeal.due_on:
        lines.append(_("Answer due on") + f": {say_date(appeal.due_on)}")
    return "\n".join(lines)


def _nothing_yet() -> str:
    return _(
        "Nothing was sent from this chat yet. An appeal that you sent in another way can be linked to this chat by its "
        "number and code."
    )


def _without_any() -> tuple[tuple[Button, ...], ...]:
    return ((begin("write", _("Send an appeal")),), (begin("link", _("Link an earlier appeal")),), to_menu())
