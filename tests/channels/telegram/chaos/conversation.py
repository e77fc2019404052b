"""A person who speaks with the bot: each of their steps waits for the answer to it."""

import io
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import Any

from django.utils.translation import gettext, override
from PIL import Image

from qorgau.channels.telegram.dialogue.writing.part import Part
from tests.channels.telegram.bot_api.people import Person, Seen
from tests.channels.telegram.chaos.desks import Desks
from tests.channels.telegram.dialogue.writing.words import ALL, Words

SECONDS_FOR_AN_ANSWER = 60.0


class Ending(StrEnum):
    """With what a conversation ends."""

    NUMBER = "to the number"
    RATING = "to the rating"
    SMS = "to an SMS"
    """Telegram is deleted before the desk asks."""


@dataclass
class Conversation:
    """One person with something to say. ``step`` is what they do now, ``failure`` what went wrong, ``files`` how many
    they gave, ``earlier`` the number of an appeal that they linked, ``heard_all`` until when they heard everything.
    """

    number: int
    person: Person
    desks: Desks
    kind: str
    way: str
    ending: Ending
    earlier: str = ""
    step: str = ""
    files: int = 0
    steps: list[str] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0
    heard_all: float = math.inf
    failure: BaseException | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.words: Words = ALL[self.number % len(ALL)]
        self._random = Random(self.number)

    @property
    def script(self) -> str:
        return f"{self.kind}, {self.way}, {self.ending}"

    @property
    def marker(self) -> str:
        """Words that stand in this appeal and in no other."""
        return f"Случай номер {self.number:04}."

    @property
    def reply(self) -> str:
        """Words that stand in this reply and in no other."""
        return f"В понедельник, случай {self.number:04}."

    def hold(self, script: "Callable[[Conversation], None]") -> None:
        """From the first word to the last."""
        self.began = time.monotonic()
        try:
            script(self)
        except BaseException as failure:  # told to whoever waits for the thread
            self.failure = failure
        self.ended = time.monotonic()
        self.over.set()

    def does(self, step: str, action: Callable[[], Any], *awaited: str, quiet: bool = False) -> Seen | None:
        """Do something, and wait for the answer that begins with these words, or has this button."""
        self.step = step
        self.steps.append(step)
        before = self.person.newest
        action()
        return None if quiet else self.hears(before, *awaited)

    def hears(self, before: int, *awaited: str) -> Seen:
        ends = time.monotonic() + SECONDS_FOR_AN_ANSWER
        while time.monotonic() < ends:
            for seen in self.person.said_since(before):
                if any(seen.text.startswith(words) or words in seen.buttons for words in awaited):
                    return seen
            time.sleep(0.1)
        raise AssertionError(
            f"no answer with {awaited}; said since: {[s.text for s in self.person.said_since(before)]}"
        )

    def presses(self, button: str, *awaited: str) -> Seen | None:
        self.step = f"looks for {button!r}"
        ends = time.monotonic() + SECONDS_FOR_AN_ANSWER
        # A long message comes in pieces, and its buttons hang on the last.
        while not any(button in seen.buttons for seen in self.person.sees) and time.monotonic() < ends:
            time.sleep(0.1)
        return self.does(f"presses {button!r}", lambda: self.person.presses(button), *awaited)

    def writes(self, words: str, *awaited: str, step: str = "") -> Seen | None:
        return self.does(step or f"writes {words[:30]!r}", lambda: self.person.writes(words), *awaited)

    def until(self, step: str, done: Callable[[], bool]) -> None:
        """Wait for something that is not to be seen in the chat."""
        self.step = step
        self.steps.append(step)
        ends = time.monotonic() + SECONDS_FOR_AN_ANSWER
        while not done():
            assert time.monotonic() < ends, f"not in {SECONDS_FOR_AN_ANSWER} seconds"
            time.sleep(0.5)

    def says(self, words: str) -> str:
        """Words of the bot in their language."""
        with override(self.words.code):
            return gettext(words)

    def title(self, part: Part) -> str:
        with override(self.words.code):
            return str(part.label)

    def gives(self, what: str, action: Callable[[], Any], files: int, *awaited: str) -> None:
        self.does(f"gives {what}", action, *(awaited or (self.words.go_on,)))
        self.files += files

    def picture(self) -> bytes:
        written = io.BytesIO()
        Image.new("RGB", (40, 30), (self.number % 255, self.files, self._random.randrange(255))).save(written, "JPEG")
        return written.getvalue()
