"""Taking turns: one update, its answer, and where the chat stands then, all in one transaction, or none of it.

Whoever is killed at any moment has either done nothing, and the update is answered by the next one who looks, or
everything, and the update is known as answered. What is to be said leaves afterwards, from the queue of
`notices/chats/`.
"""

from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import override

from qorgau.channels.telegram import inbox, wanted
from qorgau.channels.telegram.dialogue import menu
from qorgau.channels.telegram.dialogue.answering import answer
from qorgau.channels.telegram.dialogue.files import FileCame
from qorgau.channels.telegram.dialogue.forgetting import forgets_at
from qorgau.channels.telegram.dialogue.path import Talk, Turn
from qorgau.channels.telegram.dialogue.paths import PATHS
from qorgau.channels.telegram.dialogue.state import MENU, State
from qorgau.channels.telegram.models import Dialogue
from qorgau.channels.telegram.sealed_state import sealed, state_of
from qorgau.lib.speech import LANGUAGES
from qorgau.lib.statements import all_rows, first_row
from qorgau.lib.telegram.came import Came, FromGroup, Returned, Stopped
from qorgau.lib.telegram.says import Message
from qorgau.lib.telegram.wire import read
from qorgau.notices.chats import queue
from qorgau.notices.chats.models import Chat
from qorgau.notices.chats.reaching import has_come_back, has_gone

log = structlog.get_logger(__name__)

# Where the chat stands is asked for once the chat is locked: one statement would see it as it was before the wait.
_CHAT = "SELECT language, heard_at, blocked_at FROM chats_chat WHERE id = $1 FOR UPDATE"
_STATE = "SELECT state, version FROM telegram_dialogue WHERE chat_id = $1"
_KEEP = """
WITH chat AS (
    UPDATE chats_chat SET language = $2, heard_at = $3::timestamptz, blocked_at = $4::timestamptz WHERE id = $1::bigint
)
INSERT INTO telegram_dialogue AS d (chat_id, state, version, updated_at, forget_at)
VALUES ($1::bigint, $5::bytea, 1, $6::timestamptz, $7::timestamptz)
ON CONFLICT (chat_id) DO UPDATE
    SET state = EXCLUDED.state, version = d.version + 1, updated_at = EXCLUDED.updated_at,
        forget_at = EXCLUDED.forget_at
RETURNING version
"""
_TRIES = 3
_PAUSE = timedelta(seconds=2)


def take_turn(at: datetime) -> bool:
    """Answer the update that has waited longest, of a chat that nobody is answering now; false when none waits.

    A fault of ours in one update is tried again twice; then the person is told that it could not be answered.
    """
    update = None
    try:
        with transaction.atomic():
            update = inbox.next_update(at)
            if update is None:
                return False
            if came := read(update.raw, bot=update.bot):
                happened(came, at)
            inbox.answered(update)
    except (OperationalError, InterfaceError):
        raise  # the database is not there: everything is rolled back, and tried again
    except Exception as fault:
        if update is None:
            raise
        log.exception("turn_fault", update=update.id, error=type(fault).__name__)
        if update.attempts + 1 < _TRIES:
            inbox.put_off(update, at + _PAUSE)
        else:
            _give_up(update, at)
    return True


def happened(came: Came, at: datetime) -> None:
    """Answer something that came, or that happened to a chat, in the transaction of the caller.

    Turns of one chat follow each other: the row of the chat is locked until the end of the transaction.
    """
    if isinstance(came, FromGroup):
        turn, _state = answer(Talk(came=came, place=MENU, language=LANGUAGES[0], now=at), State())
        queue.put(came.chat, turn.says, at)
        return
    if isinstance(came, Returned):
        has_come_back(came.chat)
        return
    chat, dialogue = _chat_of(came, at)
    if isinstance(came, Stopped):
        has_gone(chat.pk, at)
        return
    state = state_of(dialogue)
    with override(chat.language):
        talk = Talk(came=came, place=state.place, language=chat.language, now=at)
        turn, state = answer(talk, state)
    if not isinstance(came, FileCame):
        chat.heard_at, chat.blocked_at = at, None
    _keep(chat, turn, state, at)
    if turn.wants:
        wanted.want(chat.pk, turn.wants, at)
    queue.put(chat.pk, turn.says, at)


def _chat_of(came: Came, at: datetime) -> tuple[Chat, Dialogue]:
    """The chat, locked, and where it stands; both are made when the chat is new."""
    row = first_row(_CHAT, (came.chat,))
    if row is None:
        language = came.language if came.language in LANGUAGES else LANGUAGES[0]
        new = Chat(id=came.chat, language=language, begun_at=at, heard_at=at)
        Chat.objects.bulk_create([new], ignore_conflicts=True)
        row = first_row(_CHAT, (came.chat,))
        assert row is not None
    language, heard_at, blocked_at = row
    chat = Chat(id=came.chat, language=language, heard_at=heard_at, blocked_at=blocked_at)
    state, version = first_row(_STATE, (came.chat,)) or (b"", 0)
    return chat, Dialogue(chat=chat, state=state, version=version)


def _keep(chat: Chat, turn: Turn, state: State, at: datetime) -> None:
    language = turn.language or chat.language
    forget_at = forgets_at(state, PATHS)
    all_rows(_KEEP, (chat.pk, language, chat.heard_at, chat.blocked_at, sealed(state), at, forget_at))


def _give_up(update: inbox.Update, at: datetime) -> None:
    """The person is told; the later ones of the chat are answered."""
    with transaction.atomic():
        inbox.answered(update)
        if known := Chat.objects.filter(pk=update.chat).first():
            with override(known.language):
                queue.put(known.pk, [Message(text=menu.broken())], at)
