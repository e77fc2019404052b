"""One turn: which path is meant by what came, and what it answers. Always an answer that says what to do."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import override

from qorgau.channels.telegram.dialogue import menu
from qorgau.channels.telegram.dialogue.buttons import BACK, BACK_DATA, MAIN_MENU, MENU_DATA
from qorgau.channels.telegram.dialogue.files import FileCame
from qorgau.channels.telegram.dialogue.forgetting import remembered
from qorgau.channels.telegram.dialogue.path import Path, Talk, Turn
from qorgau.channels.telegram.dialogue.paths import PATHS
from qorgau.channels.telegram.dialogue.state import MENU, Place, State
from qorgau.lib.speech import LANGUAGES, say
from qorgau.lib.telegram.came import Command, FromGroup, Pressed, Sent, Stopped, Text
from qorgau.lib.telegram.came import Other as OtherCame
from qorgau.lib.telegram.says import Acknowledge, Leave, Message, Say
from qorgau.rules.problems import Problem

_MENU_WORDS = ("menu", "меню", "мәзір", "/menu")
_BACK_WORDS = ("back", "назад", "артқа", "кері")
MENU_COMMANDS = ("menu", "help", "cancel")

Answered = TypeVar("Answered", Turn, Turn | None)


def answer(talk: Talk, state: State, paths: Sequence[Path] = PATHS) -> tuple[Turn, State]:
    """Take a turn. Gives what to say, and the state that is to be kept."""
    state = remembered(state, paths, talk.now)
    talk = replace(talk, place=state.place)
    if isinstance(talk.came, FileCame):
        return _file_came(talk, talk.came, state, paths)
    turn = _meant(talk, state, paths)
    after = _state_after(turn, state, paths)
    if turn.menu:
        with override(turn.language or talk.language):
            turn = replace(turn, says=(*turn.says, menu.menu(paths, unfinished=_unfinished(after, paths))))
    if isinstance(talk.came, Pressed) and not any(isinstance(one, Acknowledge) for one in turn.says):
        # First, so that the button stops waiting before anything longer is said.
        turn = replace(turn, says=(Acknowledge(talk.came.press), *turn.says))
    return turn, after


def _meant(talk: Talk, state: State, paths: Sequence[Path]) -> Turn:
    match talk.came:
        case Stopped():
            return Turn(place=state.place)
        case FromGroup(to_us=to_us):
            return Turn(says=_leave() if to_us else ())
        case Pressed(data=data):
            return _pressed(talk, state, paths, data)
        case Command(name=name, argument=argument):
            return _commanded(talk, state, paths, name, argument)
        case Text(text=text, edited=False):
            words = _plain(text)
            if words in _menu_words():
                return Turn(menu=True)
            if words in _back_words():
                return _back(talk, state, paths)
            if path := _called(words, paths):
                return _begin(path, talk, state)
    return _heard(talk, state, paths)


def _pressed(talk: Talk, state: State, paths: Sequence[Path], data: str) -> Turn:
    name, _colon, rest = data.partition(":")
    if name == MENU_DATA:
        return Turn(menu=True)
    if name == BACK_DATA:
        return _back(talk, state, paths)
    path = _named(name, paths)
    if path is None:
        return Turn(says=(Message(text=menu.old_button()),), menu=True)
    press = path.press
    if not rest or press is None:
        return _begin(path, talk, state)
    return _told(path, talk, lambda: press(_with_own_place(talk, path, state), rest))


def _commanded(talk: Talk, state: State, paths: Sequence[Path], name: str, argument: str) -> Turn:
    if name == "start":
        link, _dash, rest = argument.partition("-")
        if path := next((path for path in paths if path.link and path.link == link), None):
            return _begin(path, replace(talk, argument=rest), state)
        path = _named("language", paths)
        greeted = _begin(path, talk, state) if path else Turn(menu=True)
        return replace(greeted, says=(menu.greeting(), *greeted.says))
    if name in MENU_COMMANDS:
        return Turn(menu=True)
    if path := next((path for path in paths if path.command and path.command == name), None):
        return _begin(path, replace(talk, argument=argument), state)
    unknown = _("I do not know the command /%(name)s. Please choose from the menu.") % {"name": name[:32]}
    return Turn(says=(Message(text=unknown),), menu=True)


def _back(talk: Talk, state: State, paths: Sequence[Path]) -> Turn:
    path = _named(state.place.path, paths)
    back = path.back if path else None
    if path is None or back is None:
        return Turn(menu=True)
    return _told(path, talk, lambda: back(talk))


def _heard(talk: Talk, state: State, paths: Sequence[Path]) -> Turn:
    path = _named(state.place.path, paths)
    edited = getattr(talk.came, "edited", False)
    if edited and not (path and path.edits):
        return Turn(says=(Message(text=menu.edited()),), place=state.place)
    hear = path.hear if path else None
    if path and hear and (turn := _told(path, talk, lambda: hear(talk))):
        return turn
    if path is None and isinstance(talk.came, Text) and (meant := _plainly_meant(talk, talk.came, paths)):
        return meant
    words = menu.no_use_for_it() if isinstance(talk.came, Sent | OtherCame) else menu.not_understood()
    # Whoever is in the middle of something stays there: the next message may be what is awaited.
    return Turn(says=(Message(text=words),), place=state.place, menu=state.place == MENU)


def _plainly_meant(talk: Talk, came: Text, paths: Sequence[Path]) -> Turn | None:
    """The answer to words that, where nothing is awaited, can only be meant for one path."""
    path = next((path for path in paths if path.recognises and path.recognises(came.text)), None)
    hear = path.hear if path else None
    if path is None or hear is None:
        return None
    place = Place(path.name)
    return _told(path, talk, lambda: hear(replace(talk, place=place)))


def _begin(path: Path, talk: Talk, state: State) -> Turn:
    return _told(path, talk, lambda: path.begin(_with_own_place(talk, path, state)))


def _with_own_place(talk: Talk, path: Path, state: State) -> Talk:
    return replace(talk, kept=state.place if state.place.path == path.name else state.kept.get(path.name))


def _file_came(talk: Talk, came: FileCame, state: State, paths: Sequence[Path]) -> tuple[Turn, State]:
    """A file changes the place of the path that wanted it, and leads nobody away from where they stand."""
    path = _named(came.path, paths)
    take = path.file_came if path else None
    turn = take(_with_own_place(talk, path, state), came) if path and take else None
    if path is None or turn is None:
        return Turn(), state
    if state.place.path == path.name:
        return turn, State(turn.place, state.kept)
    return turn, State(state.place, {**state.kept, path.name: turn.place})


def _unfinished(state: State, paths: Sequence[Path]) -> Sequence[Path]:
    return [path for path in paths if path.name in state.kept and path.title is not None]


def _told(path: Path, talk: Talk, take: Callable[[], Answered]) -> Answered:
    """What a path answers; a refusal of the house is told in its own words, and the chat stays where it is."""
    try:
        turn = take()
    except Problem as problem:
        return Turn(says=(Message(text=say(problem.sentence)),), place=talk.place, stays=True)
    return replace(turn, by=path.name) if turn else turn


def _leave() -> tuple[Say, ...]:
    said = []
    for language in LANGUAGES:
        with override(language):
            said.append(menu.only_in_private())
    return (Message(text="\n\n".join(said)), Leave())


def _state_after(turn: Turn, state: State, paths: Sequence[Path]) -> State:
    """Where the chat stands. What another path left half-way is kept, if that path asks for it; a path that itself
    leads away has come to its end.
    """
    if turn.stays:
        return state
    kept = dict(state.kept)
    left = _named(state.place.path, paths)
    if left is not None and left.keeps and left.name != turn.place.path and left.keeps(state.place):
        kept[left.name] = state.place
    for name in (turn.place.path,) if turn.keeps else (turn.by, turn.place.path):
        kept.pop(name, None)
    return State(turn.place, kept)


def _named(name: str, paths: Sequence[Path]) -> Path | None:
    return next((path for path in paths if path.name == name), None) if name else None


def _called(words: str, paths: Sequence[Path]) -> Path | None:
    return next((path for path in paths if words in path.known_as or words in _titles(path)), None)


@cache
def _titles(path: Path) -> frozenset[str]:
    """Its name in the menu in every language: people's keyboards and memories outlive a change of language."""
    return _in_every_language(path.title) if path.title is not None else frozenset()


@cache
def _menu_words() -> frozenset[str]:
    return _in_every_language(MAIN_MENU) | {*_MENU_WORDS}


@cache
def _back_words() -> frozenset[str]:
    return _in_every_language(BACK) | {*_BACK_WORDS}


def _in_every_language(words: object) -> frozenset[str]:
    said = set()
    for language in LANGUAGES:
        with override(language):
            said.add(_plain(str(words)))
    return frozenset(said)


def _plain(text: str) -> str:
    return " ".join(text.strip("‹«»\"' \n.!").lower().split())
