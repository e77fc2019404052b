"""What somebody is writing: everything said so far, as it can be kept for as long as they need."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from qorgau.channels.telegram.dialogue.state import Place
from qorgau.lib.telegram.came import FileKind, FileSent
from qorgau.lib.telegram.says import Button, length
from qorgau.rules.kinds import Kind

NAME = "write"
"""The path of new appeals. A message to a desk is a draft of another."""
_LONGEST_MESSAGE = 4096
_ALMOST_WHOLE = 3900


@dataclass(frozen=True, slots=True)
class Piece:
    """The words of one message; its number tells which piece an edited message replaces."""

    message: int | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """A file of the draft. It lies with Telegram under ``id``, and once it was fetched and checked, here under
    ``token``. Those of one ``album`` came together.
    """

    id: str
    kind: str
    name: str
    size: int | None = None
    token: str = ""
    album: str = ""

    @classmethod
    def of(cls, sent: FileSent, name: str, album: str) -> "DraftFile":
        return cls(id=sent.id, kind=sent.kind.value, name=name, size=sent.size, album=album)

    @property
    def sent(self) -> FileSent:
        """What fetches it."""
        return FileSent(id=self.id, kind=FileKind(self.kind), name=self.name, size=self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """``id`` names this one conversation: whatever is delivered twice, one appeal comes of it.

    ``said`` holds the answers by part. ``asked`` names the parts about which a doubt was put once. ``checked``: the
    page to check was shown, and every change leads back to it.
    """

    id: str
    touched_at: datetime
    path: str = NAME
    kind: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()
    files: tuple[DraftFile, ...] = ()
    asked: frozenset[str] = frozenset()
    checked: bool = False

    @classmethod
    def fresh(cls, at: datetime, path: str = NAME) -> "Draft":
        return cls(id=secrets.token_hex(4), touched_at=at, path=path)

    @classmethod
    def at(cls, place: Place | None, path: str = NAME) -> "Draft | None":
        """The draft of a place of a path; None of any other place."""
        if place is None or place.path != path or "touched_at" not in place.facts:
            return None
        facts = dict(place.facts)
        return cls(
            id=facts["id"],
            touched_at=datetime.fromisoformat(facts["touched_at"]),
            path=path,
            kind=facts["kind"],
            said=facts["said"],
            pieces=tuple(Piece(*piece) for piece in facts["pieces"]),
            files=tuple(DraftFile(**file) for file in facts["files"]),
            asked=frozenset(facts["asked"]),
            checked=facts["checked"],
        )

    def place(self, step: str) -> Place:
        """Standing at a step with this draft."""
        facts: dict[str, Any] = {
            "id": self.id,
            "touched_at": self.touched_at.isoformat(),
            "kind": self.kind,
            "said": dict(self.said),
            "pieces": [[piece.message, piece.text] for piece in self.pieces],
            "files": [asdict(file) for file in self.files],
            "asked": sorted(self.asked),
            "checked": self.checked,
        }
        return Place(self.path, step, facts)

    @property
    def text(self) -> str:
        """The words of all messages in one: a text that Telegram had cut is whole again."""
        text = ""
        before = 0
        for piece in self.pieces:
            # Telegram cuts at 4096, between words where it can; anything shorter ended where its author wanted.
            between = "" if before >= _LONGEST_MESSAGE else " " if before > _ALMOST_WHOLE else "\n"
            text = f"{text}{between}{piece.text}" if text else piece.text
            before = length(piece.text)
        return text

    @property
    def as_kind(self) -> Kind:
        return Kind(self.kind)

    @property
    def digest(self) -> str:
        """A few signs that change with anything that was said."""
        said = repr((self.kind, sorted(self.said.items()), self.text, [file.id for file in self.files]))
        return blake2b(said.encode(), digest_size=4).hexdigest()

    @property
    def is_begun(self) -> bool:
        """There is something in it that would be a pity to lose."""
        return bool(self.said or self.pieces or self.files)

    def saying(self, **answers: str) -> "Draft":
        """With these answers in place of those before; "" takes one out."""
        said = {name: words for name, words in {**self.said, **answers}.items() if words}
        return replace(self, said=said)

    def button(self, text: str, part: str, value: str = "") -> Button:
        """A button that answers a part of this very draft and of no other."""
        return Button(text, f"{self.path}:{self.id}:{part}:{value}")
