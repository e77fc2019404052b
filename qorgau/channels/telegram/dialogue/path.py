"""What a conversation path is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from qorgau.channels.telegram.dialogue.files import FileCame, Wanted
from qorgau.channels.telegram.dialogue.state import MENU, Place
from qorgau.lib.telegram.came import Came
from qorgau.lib.telegram.says import Say


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """One turn to be taken: what came, and where the chat stands.

    `language` is also the current one of gettext. `argument` is what a command or a deep link brought along. `kept` is
    the place of this path that the person stands in or had left half-way. `now` is aware.
    """

    came: Came
    place: Place
    language: str
    now: datetime
    argument: str = ""
    kept: Place | None = None

    @property
    def chat(self) -> int:
        """The number of the chat."""
        return self.came.chat


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What is said, in this order, and where the chat stands then.

    `menu` puts the menu at the end. `language` is told when the person chose one. `by` is the path that answered; the
    frame writes it down. `stays`: the chat, and what is kept of other paths, stay as they are. `keeps`:
    what this path has half-way is kept although it leads away. `wants` are files to be
    fetched.
    """

    says: tuple[Say, ...] = ()
    place: Place = MENU
    menu: bool = False
    language: str = ""
    by: str = ""
    stays: bool = False
    keeps: bool = False
    wants: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Path:
    """One thing that can be done in the bot.

    ``begin`` opens it: from the menu, by its command, by its button without data, by a deep link.
    ``hear`` answers whatever comes while the chat stands in it: words, files, contacts, places on the map. None, or a
    path that is left at once: nothing is awaited. It may give None for what it has no use for; the person is told so.
    ``press`` answers its buttons, whose data are ``name:…``; it gets what stands behind the colon. Buttons stay in the
    chat for ever, so it may be pressed from anywhere, with the place of the chat in ``talk``.
    ``back`` goes one step back; None goes to the menu.
    ``file_came`` hears of a file that the path had wanted, with its own place in ``talk.kept``, wherever the chat
    stands meanwhile; the place it gives is kept there too.

    ``title`` is its button in the menu, None for none, and ``order`` its row there. ``known_as`` are other words, in
    small letters, that people may type for it. ``command`` and ``describes`` are for the list of commands. ``link`` is
    how its deep links begin: ``?start=<link>-<argument>``.
    ``recognises`` says of words typed where nothing is awaited that they can only be meant for ``hear`` of this path.
    ``keeps`` says whether a place left half-way is worth keeping for when the person comes back. ``edits`` that
    ``hear`` wants to know of edited messages too. ``lasts_until`` says until when what was gathered at a place is kept;
    None, or a path without it: for as long as it takes (`forgetting.py`).
    """

    name: str
    begin: Callable[[Talk], Turn]
    hear: Callable[[Talk], Turn | None] | None = None
    press: Callable[[Talk, str], Turn] | None = None
    back: Callable[[Talk], Turn] | None = None
    file_came: Callable[[Talk, FileCame], Turn | None] | None = None
    title: Promise | str | None = None
    order: int = 100
    known_as: tuple[str, ...] = ()
    command: str = ""
    describes: Promise | None = None
    link: str = ""
    recognises: Callable[[str], bool] | None = None
    keeps: Callable[[Place], bool] | None = None
    edits: bool = False
    lasts_until: Callable[[Place], datetime | None] | None = None
