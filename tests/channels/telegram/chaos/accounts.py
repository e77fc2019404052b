"""Was everything that was committed to be said really said, in its order, and what was said more often than once?

All moments are by the clock that `time.monotonic` tells.
"""

import json
import re
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection

from qorgau.lib.sealed import unseal
from qorgau.lib.telegram.says import Message, from_json
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.server import BotApi, Request
from tests.channels.telegram.chaos.killing import Kill
from tests.channels.telegram.chaos.signing import signature

_SENDING = ("sendMessage", "sendPhoto", "sendDocument")
_LOST_ANSWERS = (0, 500)
_SECONDS_UNTIL_NOTED = 3.0
"""Whoever lives longer after the answer has noted that it was said, however busy the machine is."""


@contextmanager
def every_saying_written_down() -> Iterator[None]:
    """Whatever is put into the queue of what is to be said, and committed, is written into a table beside it, and when
    it was taken out again.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE TABLE chaos_said (
                id bigint PRIMARY KEY, chat_id bigint, content bytea, put_at float, noted_at float
            );
            CREATE FUNCTION chaos_put() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                INSERT INTO chaos_said VALUES (NEW.id, NEW.chat_id, NEW.content, extract(epoch FROM clock_timestamp()));
                RETURN NULL;
            END $$;
            CREATE FUNCTION chaos_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                UPDATE chaos_said SET noted_at = extract(epoch FROM clock_timestamp()) WHERE id = OLD.id;
                RETURN NULL;
            END $$;
            CREATE TRIGGER chaos_put AFTER INSERT ON chats_saying FOR EACH ROW EXECUTE FUNCTION chaos_put();
            CREATE TRIGGER chaos_note AFTER DELETE ON chats_saying FOR EACH ROW EXECUTE FUNCTION chaos_note();
            """
        )
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                DROP TRIGGER chaos_put ON chats_saying; DROP TRIGGER chaos_note ON chats_saying;
                DROP FUNCTION chaos_put(); DROP FUNCTION chaos_note(); DROP TABLE chaos_said;
                """
            )


@dataclass(frozen=True, slots=True)
class Committed:
    """A message that was to be said: its words, when it was put into the queue, and when it was noted as said."""

    id: int
    words: str
    put: float
    noted: float


@dataclass(frozen=True, slots=True)
class Sending:
    """A message that arrived in a chat: what it was, and the process that sent it."""

    program: str
    process: int
    what: int
    words: str
    request: Request


@dataclass(frozen=True, slots=True)
class Repeat:
    """The same message that arrived once more."""

    before: Sending
    again: Sending


def committed(chat: int) -> list[Committed]:
    """Every message that was to be said in a chat, in their order; those that change another left out."""
    epoch = time.time() - time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, content, put_at, coalesce(noted_at, 0) FROM chaos_said WHERE chat_id = %s ORDER BY id", [chat]
        )
        rows = [(id, from_json(json.loads(unseal(bytes(content)))), *at) for id, content, *at in cursor.fetchall()]
    return [
        Committed(id, _words(say), put - epoch, noted - epoch)
        for id, say, put, noted in rows
        if isinstance(say, Message) and say.edits is None
    ]


def _words(say: Message) -> str:
    words = "\n\n".join(part for part in (say.title, say.text) if part).strip()
    return words or (say.document.name if say.document else "")


def sendings(api: BotApi, person: Person) -> list[Sending]:
    """What arrived in the chat of a person, whatever was answered to the sender."""
    requests = [
        one
        for one in api.requests
        if one.fulfilled and one.method in _SENDING and int(one.values["chat_id"]) == person.id
    ]
    said = [seen.text or seen.name for seen in person.said]
    return [Sending(*signature(one.by), words, one) for one, words in zip(requests, said, strict=True)]


def repeats(sent: Sequence[Sending]) -> list[Repeat]:
    """What arrived again after it had arrived."""
    found, last = [], dict[tuple[str, int], Sending]()
    for one in sent:
        if before := last.get((one.program, one.what)):
            found.append(Repeat(before, one))
        last[one.program, one.what] = one
    return found


def wrong(wanted: Sequence[Committed], sent: Sequence[Sending]) -> str:
    """What is missing, came in another order, or reads differently; "" when all is well."""
    words = {one.id: one.words for one in wanted}
    came = list(dict.fromkeys(one.what for one in sent))
    if came != list(words):
        return f"said were {came}, and should have been {list(words)}"
    return "".join(f"{one.what} was said as {one.words!r}. " for one in sent if one.words != words[one.what])


def cause(repeat: Repeat, deaths: Mapping[int, Kill], not_gone: Collection[int]) -> str:
    """Why it was said again: its sender died before it could note that it was said, or its answer was lost; "" when
    nothing excuses it. ``not_gone`` are those of which a sender that lived said so in the log.
    """
    before, again = repeat.before, repeat.again
    death, late = deaths.get(before.process), deaths.get(again.process)
    if before.request.code in _LOST_ANSWERS:
        return "the answer was lost"
    if before.process != again.process:
        if late and late.at < again.request.at:
            return "the dead was heard after the living"
        if death and death.at < before.request.at:
            return "the dead was heard"
        if death and death.at < before.request.left + _SECONDS_UNTIL_NOTED:
            return "its sender was killed"
    return "the answer came too late" if before.what in not_gone else ""


def that_did_not_go(log: str) -> set[int]:
    """The messages, or notices, of which a sender said that they did not go, or that it does not know."""
    return {int(number) for number in re.findall(r"_did_not_(?:go|leave) .*\b(?:saying|notice)=(\d+)", log)}


def account(wanted: Sequence[Committed], sent: Sequence[Sending], deaths: Mapping[int, Kill]) -> str:
    """All that is known of a chat, moment by moment, to tell a message that was doubled from one that only looks so."""
    lines = [(one.put, f"{one.id} is to be said: {one.words[:40]!r}") for one in wanted]
    lines += [(one.noted, f"{one.id} noted as said") for one in wanted]
    for one in sent:
        who, request = f"{one.what} by {one.program} {one.process}", one.request
        lines.append((request.came, f"{who} comes"))
        lines.append((request.at, f"{who} is done"))
        lines.append((request.left, f"{who} is answered {request.code}"))
    for process in {one.process for one in sent} & set(deaths):
        lines.append((deaths[process].at, f"{process} was killed: {deaths[process].point}"))
    return "\n".join(f"{moment:12.3f} {what}" for moment, what in sorted(lines))
