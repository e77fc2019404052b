"""Whether a text names a person: an answer to several applicants must not tell one of them who the others are."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_SHORTEST_NAME = 3
_LONGEST_ENDING = 4
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_VOWELS = "аеёиоуыэюяәіөұүaeiouy"
_SIGNIFICANT_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Signs:
    """What a person is known by. `words` are names, `digits` identity numbers and telephones, `marks` e-mail addresses
    and numbers of appeals.
    """

    words: frozenset[str] = frozenset()
    digits: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()

    @classmethod
    def of(cls, *, words: Iterable[str] = (), digits: Iterable[str] = (), marks: Iterable[str] = ()) -> "Signs":
        """The signs, folded; what is too short to tell anybody apart is left out."""
        return cls(
            frozenset(word.casefold() for name in words for word in _WORD.findall(name) if len(word) >= _SHORTEST_NAME),
            frozenset(kept for kept in (_digits(one)[-_SIGNIFICANT_DIGITS:] for one in digits) if len(kept) >= 6),
            frozenset(mark.casefold() for mark in marks if mark.strip()),
        )

    def besides(self, other: "Signs") -> "Signs":
        """Those that the other does not share."""
        return Signs(self.words - other.words, self.digits - other.digits, self.marks - other.marks)

    def __or__(self, other: "Signs") -> "Signs":
        return Signs(self.words | other.words, self.digits | other.digits, self.marks | other.marks)


def names(text: str, signs: Signs) -> list[str]:
    """What the text says of these signs, as the text has it, in its order; names in any grammatical case too."""
    found = [word for word in _WORD.findall(text) if any(_is_form_of(word.casefold(), name) for name in signs.words)]
    digits = _digits(text)
    found += [one for one in sorted(signs.digits) if one in digits]
    folded = text.casefold()
    found += [mark for mark in sorted(signs.marks) if mark in folded]
    return list(dict.fromkeys(found))


def _is_form_of(word: str, name: str) -> bool:
    """Names take endings: Оспанова, Оспановой, Оспановқа. What is left without its last vowel does not change."""
    stem = name.rstrip(_VOWELS) if len(name) > _SHORTEST_NAME else name
    stem = stem if len(stem) >= _SHORTEST_NAME else name
    return word.startswith(stem) and len(word) - len(stem) <= _LONGEST_ENDING


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
