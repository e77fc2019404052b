"""Taking turns: one update, its answer, and where the chat stands then, all in one transaction, or none of it.

Whoever is killed at any moment has either done nothing, and the update is answered by the next one who looks, or
everything, and the update is known as answered. What is to be said leaves afterwards, from the queue of
`notices/chats/`.
"""

import json
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, InterfaceError, transaction
from django.utils.translation import override

from qorgau.channels.telegram import inbox
from qorgau.channels.telegram.dialogue import menu
from qorgau.channels.telegram.dialogue.answering import answer
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.state import MENU, State
from qorgau.channels.telegram.models import Dialogue
from qorgau.lib.sealed import CannotUnseal, seal, unseal
from qorgau.lib.speech import LANGUAGES
from qorgau.lib.telegram.came import Came, FromGroup, Stopped
from qorgau.lib.telegram.says import Message
from qorgau.lib.telegram.wire import read
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Chat

log = structlog.get_logger(__name__)

_TRIES = 3
_PAUSE = timedelta(seconds=2)


def take_turn(at: datetime) -> bool:
    """Answer the update that has waited longest, of a chat that nobody is answering now; false when none waits.

    A fault of ours in one update is tried again twice; then the person is told that it could not be answered.
    """
    with transaction.atomic():
        update = inbox.next_update(at)
        if update is None:
            return False
        try:
            with transaction.atomic():
                if came := read(update.raw, bot=update.bot):
                    happened(came, at)
        except (DatabaseError, InterfaceError):
            raise  # nobody's fault: everything is rolled back and tried again
        except Exception as fault:
            log.exception("turn_fault", update=update.id, error=type(fault).__name__)
            if update.attempts + 1 < _TRIES:
                inbox.put_off(update, at + _PAUSE)
                return True
            _tell_that_it_broke(update.chat, at)
        inbox.answered(update)
    return True


def happened(came: Came, at: datetime) -> None:
    """Answer something that came, or that happened to a chat, in the transaction of the caller.

    Turns of one chat follow each other: the row of the chat is locked until the end of the transaction.
    """
    if isinstance(came, FromGroup):
        turn, _state = answer(Talk(came=came, place=MENU, language=LANGUAGES[0], now=at), State())
        queue.put(came.chat, turn.says, at)
        return
    chat = _chat_of(came, at)
    if isinstance(came, Stopped):
        Chat.objects.filter(pk=chat.pk).update(blocked_at=at)
        queue.drop_all(chat.pk)
        return
    dialogue = Dialogue.objects.filter(chat=chat).first() or Dialogue(chat=chat)
    state = _state_of(dialogue)
    with override(chat.language):
        talk = Talk(came=came, place=state.place, language=chat.language, now=at)
        turn, state = answer(talk, state)
    _keep(chat, dialogue, turn, state, at)
    queue.put(chat.pk, turn.says, at)


def _chat_of(came: Came, at: datetime) -> Chat:
    language = came.language if came.language in LANGUAGES else LANGUAGES[0]
    Chat.objects.bulk_create([Chat(id=came.chat, language=language, begun_at=at, heard_at=at)], ignore_conflicts=True)
    return Chat.objects.select_for_update().get(pk=came.chat)


def _state_of(dialogue: Dialogue) -> State:
    if not dialogue.state:
        return State()
    try:
        return State.from_json(json.loads(unseal(bytes(dialogue.state))))
    except (CannotUnseal, ValueError, KeyError, TypeError):
        log.error("state_unreadable", version=dialogue.version)
        return State()


def _keep(chat: Chat, dialogue: Dialogue, turn: Turn, state: State, at: datetime) -> None:
    chat.heard_at, chat.blocked_at = at, None
    chat.language = turn.language or chat.language
    chat.save(update_fields=["heard_at", "blocked_at", "language"])
    dialogue.state = seal(json.dumps(state.as_json(), ensure_ascii=False, separators=(",", ":")))
    dialogue.version += 1
    dialogue.updated_at = at
    dialogue.save()


def _tell_that_it_broke(chat: int, at: datetime) -> None:
    known = Chat.objects.filter(pk=chat).first()
    if known is None:
        return
    with override(known.language):
        queue.put(chat, [Message(text=menu.broken())], at)
