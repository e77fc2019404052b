"""Was everything that was committed to be said really said, in its order, and what was said more often than once?"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from qorgau.lib.sealed import unseal
from qorgau.lib.telegram.says import Message, from_json
from tests.channels.telegram.bot_api.server import BotApi, Request

_SENDING = ("sendMessage", "sendPhoto", "sendDocument")


@contextmanager
def every_saying_written_down() -> Iterator[None]:
    """Whatever is put into the queue of what is to be said, and committed, is written into a table beside it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TABLE chaos_said (id bigint, chat_id bigint, content bytea);
            CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO chaos_said VALUES (NEW.id, NEW.chat_id, NEW.content); RETURN NULL; END $$;
            CREATE TRIGGER chaos_note AFTER INSERT ON chats_saying FOR EACH ROW EXECUTE FUNCTION chaos_note();
            """
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER chaos_note ON chats_saying; DROP FUNCTION chaos_note(); DROP TABLE chaos_said")


def committed(chat: int) -> list[str]:
    """The words of every message that was to be said in a chat, in their order; those that change another left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM chaos_said WHERE chat_id = %s ORDER BY id", [chat])
        says = [from_json(json.loads(unseal(bytes(content)))) for (content,) in cursor.fetchall()]
    return [_words(say) for say in says if isinstance(say, Message) and say.edits is None]


def _words(say: Message) -> str:
    words = "\n\n".join(part for part in (say.title, say.text) if part).strip()
    return words or (say.document.name if say.document else "")


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same message twice: when it was taken first, and when again."""

    chat: int
    first: float
    again: float


def repeats(chat: int, wanted: Sequence[str], said: Sequence[str], times: Sequence[float]) -> list[Repeat]:
    """What was said again right after itself. Fails when something is missing, or in another order."""
    assert len(said) == len(times), (chat, len(said), len(times))
    found, place = [], 0
    for at, words in enumerate(said):
        if place < len(wanted) and words == wanted[place]:
            place += 1
        elif place and words == wanted[place - 1]:
            found.append(Repeat(chat, times[at - 1], times[at]))
        else:
            expected = wanted[place] if place < len(wanted) else "nothing more"
            raise AssertionError(f"chat {chat}: {words!r} was said where it should be {expected!r}")
    assert place == len(wanted), f"chat {chat}: never said: {wanted[place:]}"
    return found


def sendings(api: BotApi) -> dict[int, list[Request]]:
    """The messages that arrived, by chat, whatever was answered to the bot."""
    by_chat: dict[int, list[Request]] = {}
    for request in api.requests:
        if request.fulfilled and request.method in _SENDING:
            by_chat.setdefault(int(request.values["chat_id"]), []).append(request)
    return by_chat


def without_cause(found: Iterable[Repeat], causes: Iterable[float]) -> list[Repeat]:
    """Repeats between which nothing happened that excuses them: no kill, and no answer that was lost on its way."""
    moments = list(causes)
    return [one for one in found if not any(one.first <= moment <= one.again for moment in moments)]
