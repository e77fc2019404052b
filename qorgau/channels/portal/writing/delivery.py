"""What a form carries besides the words: the key of the delivery, what was asked, the tokens of files."""

import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import QueryDict

from qorgau.rules.sentences import N_, Sentence

_KEY = re.compile(r"[0-9a-f]{32}")
_FILE = re.compile(r"[\w-]{1,100}", re.ASCII)
_SECONDS_OF_A_PERSON = 4
TRAP = "website"
"""A field that people do not see. Only machines that fill in everything write into it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One sending of one form, however often it is repeated.

    ``asked`` names the fields about which the person was asked once. ``began_at`` is when the form was first shown, in
    whole seconds since 1970.
    """

    key: str
    began_at: int
    asked: frozenset[str] = frozenset()
    files: tuple[str, ...] = ()
    trapped: bool = False

    @classmethod
    def fresh(cls) -> "Delivery":
        """The delivery of a form that is shown for the first time."""
        return cls(key=uuid.uuid4().hex, began_at=int(time.time()))

    @classmethod
    def read(cls, post: QueryDict) -> "Delivery":
        """The delivery that came with a form; what is missing or broken begins anew."""
        key, began_at = post.get("delivery", ""), post.get("began", "")
        return cls(
            key=key if _KEY.fullmatch(key) else uuid.uuid4().hex,
            began_at=int(began_at) if began_at.isascii() and began_at.isdigit() and len(began_at) < 12 else 0,
            asked=frozenset(post.get("asked", "")[:500].split()),
            files=tuple(dict.fromkeys(token for token in post.getlist("file")[:100] if _FILE.fullmatch(token))),
            trapped=bool(post.get(TRAP)),
        )

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Names and values for hidden fields."""
        yield "delivery", self.key
        yield "began", str(self.began_at)
        yield "asked", " ".join(sorted(self.asked))
        yield from (("file", token) for token in self.files)

    def under_a_new_key(self) -> "Delivery":
        """The same form as a new delivery."""
        return replace(self, key=uuid.uuid4().hex)

    def remarks(self, now: float) -> tuple[Sentence, ...]:
        """What suggests that no person filled it in. Never a reason to refuse: staff see it beside the appeal."""
        noticed = []
        if self.trapped:
            noticed.append(Sentence(N_("A field that people do not see was filled in; it may come from a machine.")))
        if now - self.began_at < _SECONDS_OF_A_PERSON:
            noticed.append(Sentence(N_("The form was filled in within seconds; it may come from a machine.")))
        return tuple(noticed)
