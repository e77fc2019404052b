"""People who write to the Fund, each in their own way; what they do depends on their number alone."""

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from django.utils.translation import gettext, override
from PIL import Image

from qorgau.channels.telegram.dialogue import language, status
from qorgau.channels.telegram.dialogue.buttons import MAIN_MENU
from qorgau.channels.telegram.dialogue.writing import organisation, region, topic, who
from qorgau.channels.telegram.dialogue.writing import words as text
from qorgau.channels.telegram.dialogue.writing.part import Part
from tests.channels.telegram.bot_api.people import Person, Seen
from tests.channels.telegram.dialogue.writing.words import ALL, Words
from tests.insured.files import AIGUL

SECONDS_FOR_AN_ANSWER = 60.0

_KINDS = ("complaint", "request", "proposal", "response")
_LONGEST_MESSAGE = 4096


@dataclass
class Conversation:
    """One of them. ``step`` is what they do now, ``failure`` what went wrong, ``files`` how many they gave."""

    number: int
    person: Person
    step: str = ""
    files: int = 0
    steps: list[str] = field(default_factory=list)
    began: float = 0.0
    ended: float = 0.0
    failure: BaseException | None = None
    over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.kind = _KINDS[self.number % len(_KINDS)]
        self.way, self._take_way = _WAYS[self.number // len(_KINDS) % len(_WAYS)]
        self.words: Words = ALL[self.number % len(ALL)]
        self._random = Random(self.number)

    @property
    def script(self) -> str:
        return f"{self.kind}, {self.way}"

    @property
    def marker(self) -> str:
        """Words that stand in this appeal and in no other."""
        return f"Случай номер {self.number:04}."

    def hold(self) -> None:
        """From the first word to the number of the appeal."""
        self.began = time.monotonic()
        try:
            self._hold()
        except BaseException as failure:  # told to whoever waits for the thread
            self.failure = failure
        self.ended = time.monotonic()
        self.over.set()

    def _hold(self) -> None:
        person, words = self.person, self.words
        self.does("starts", person.starts, language._QUESTION)
        self.presses(language.NAMES[words.code], words.begin)
        _OPENINGS[self.kind](self)
        self._take_way(self)
        self.presses(words.go_on, self.title(who.ABOUT if self.kind == "complaint" else who.AUTHOR))
        self.says_who()
        self.sends()

    # --- What they all do -----------------------------------------------------------------------------------------

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

    def title(self, part: Part) -> str:
        with override(self.words.code):
            return str(part.label)

    def says_who(self) -> None:
        """Everything after the text, to the page to check."""
        words = self.words
        if self.kind == "complaint":
            self.presses(words.me, self.title(who.IIN))
            self.presses(words.skip, self.title(who.AUTHOR))
        self.writes(f"Оспанов Ержан{self.number}", self.title(who.PHONE), step="writes the name")
        self.writes(f"8 701 {self.number:03} 00 67", words.check, step="writes the telephone")

    def sends(self) -> None:
        """Until it is registered; files may still be on their way."""
        words = self.words
        while True:
            seen = self.presses(self._send, words.registered, words.check)
            if seen and seen.text.startswith(words.registered):
                return
            time.sleep(0.5)

    @property
    def _send(self) -> str:
        words = self.words
        return {
            "complaint": words.send_complaint,
            "request": words.send_question,
            "proposal": words.send_proposal,
            "response": words.send_thanks,
        }[self.kind]

    def gives(self, what: str, action: Callable[[], Any], files: int, *awaited: str) -> None:
        self.does(f"gives {what}", action, *(awaited or (self.words.go_on,)))
        self.files += files

    def picture(self) -> bytes:
        written = io.BytesIO()
        Image.new("RGB", (40, 30), (self.number % 255, self.files, self._random.randrange(255))).save(written, "JPEG")
        return written.getvalue()


# --- From the menu to the text ---------------------------------------------------------------------------------------


def _complaint(one: Conversation) -> None:
    words = one.words
    with override(words.code):
        as_typed = gettext("Keep it as I wrote it")
    one.presses(words.begin, words.complain)
    one.presses(words.complain, one.title(region.PART))
    one.presses(words.astana, one.title(organisation.PART))
    one.writes("4 емхана", as_typed)
    one.presses("1", one.title(topic.PART))
    one.presses("2", one.title(text.PART))


def _request(one: Conversation) -> None:
    words = one.words
    one.presses(words.begin, words.ask)
    one.presses(words.ask, one.title(region.PART))
    one.presses(words.skip, one.title(topic.PART))
    one.presses(words.skip, one.title(text.PART))


def _proposal(one: Conversation) -> None:
    words = one.words
    one.presses(words.begin, words.propose)
    one.presses(words.propose, one.title(region.PART))
    one.presses(words.astana, one.title(text.PART))


def _response(one: Conversation) -> None:
    words = one.words
    one.presses(words.begin, words.thank)
    one.presses(words.thank, one.title(region.PART))
    one.presses(words.skip, one.title(organisation.PART))
    one.presses(words.skip, one.title(text.PART))


_OPENINGS = {"complaint": _complaint, "request": _request, "proposal": _proposal, "response": _response}

# --- Ways to say it --------------------------------------------------------------------------------------------------


def _plainly(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)


def _with_an_album(one: Conversation) -> None:
    pictures = [one.picture() for _ in range(3)]
    one.gives("an album", lambda: one.person.sends_album(*pictures, caption=one.marker), 3)


def _with_a_document_and_a_photo(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    note = f"Записка {one.number}.".encode()
    one.gives("a document", lambda: one.person.sends_file("записка.txt", note, "text/plain"), 1)
    picture = one.picture()
    one.gives("a photo", lambda: one.person.sends_photo(picture), 1)


def _with_a_file_too_large(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    scan = one.picture()
    one.gives("21 MB", lambda: one.person.sends_file("scan.jpg", scan, "image/jpeg", size=900_000_000), 0)


def _going_back(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    before = {"complaint": topic.PART, "request": topic.PART, "proposal": region.PART, "response": organisation.PART}
    one.presses(one.words.back, one.title(before[one.kind]))
    if one.kind == "complaint":
        one.presses("1", one.title(text.PART))
    else:
        one.presses(one.words.skip, one.title(text.PART))


def _changing_their_words(one: Conversation) -> None:
    message = {}
    one.does("writes in haste", lambda: message.update(one.person.writes("Случа номр")), one.words.go_on)
    with override(one.words.code):
        changed = gettext("You edited your message, and I changed the text of the appeal.")
    one.does("edits the message", lambda: one.person.edits(message, one.marker), one.title(text.PART), changed)


def _all_at_once(one: Conversation) -> None:
    def in_haste() -> None:
        one.person.writes(one.marker)
        one.person.writes("И ещё одно.")
        one.person.writes("Спасибо!")

    one.does("writes three times at once", in_haste, one.words.go_on)


def _asking_for_the_status_between(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    with override(one.words.code):
        question, answer, go_on = (
            status._question(),
            str(MAIN_MENU),
            gettext("Go on ›"),
        )
    one.writes("/status", question)
    one.writes(AIGUL, answer, step="writes an IIN")
    one.writes("/appeal", go_on)
    one.presses(go_on, one.title(text.PART))


def _in_another_language(one: Conversation) -> None:
    one.writes(one.marker, one.words.go_on)
    other = ALL[(ALL.index(one.words) + 1) % len(ALL)]
    one.writes("/language", language._QUESTION)
    one.presses(language.NAMES[other.code], other.begin)
    one.words = other
    with override(other.code):
        go_on = gettext("Go on ›")
    one.presses(other.begin, go_on)
    one.presses(go_on, one.title(text.PART))


def _with_a_sticker_and_the_menu(one: Conversation) -> None:
    sticker = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9}
    sticker |= {"is_animated": False, "is_video": False}
    one.does("sends a sticker", lambda: one.person.sends(sticker=sticker), one.title(text.PART))
    one.writes(one.marker, one.words.go_on)
    with override(one.words.code):
        menu, go_on = str(MAIN_MENU), gettext("Go on ›")
    one.writes(menu, one.words.begin)
    one.presses(one.words.begin, go_on)
    one.presses(go_on, one.title(text.PART))


def _at_length(one: Conversation) -> None:
    whole = (f"{one.marker} " + "Я долго ждал приёма. " * 300)[: _LONGEST_MESSAGE + 900].strip()

    def in_pieces() -> None:
        one.person.writes(whole[:_LONGEST_MESSAGE])
        one.person.writes(whole[_LONGEST_MESSAGE:])

    one.does("writes more than a message holds", in_pieces, one.words.go_on)


def _beginning_anew(one: Conversation) -> None:
    one.writes("Не то.", one.words.go_on)
    with override(one.words.code):
        anew = gettext("Throw it away and begin anew")
    one.writes("/appeal", anew)
    words = one.words
    kind = {
        "complaint": words.complain,
        "request": words.ask,
        "proposal": words.propose,
        "response": words.thank,
    }
    one.presses(anew, kind[one.kind])
    one.presses(kind[one.kind], one.title(region.PART))
    if one.kind in ("complaint", "response"):
        one.presses(words.skip, one.title(organisation.PART))
    if one.kind in ("complaint", "request"):
        one.presses(words.skip, one.title(topic.PART))
    one.presses(words.skip, one.title(text.PART))
    one.writes(one.marker, words.go_on)


_WAYS: tuple[tuple[str, Callable[[Conversation], None]], ...] = (
    ("plainly", _plainly),
    ("with an album", _with_an_album),
    ("with a document and a photo", _with_a_document_and_a_photo),
    ("with a file too large", _with_a_file_too_large),
    ("going back", _going_back),
    ("changing their words", _changing_their_words),
    ("all at once", _all_at_once),
    ("asking for the status between", _asking_for_the_status_between),
    ("in another language", _in_another_language),
    ("with a sticker and the menu", _with_a_sticker_and_the_menu),
    ("at length", _at_length),
    ("beginning anew", _beginning_anew),
)
