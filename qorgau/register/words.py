"""The words an appeal is found by: what the applicant wrote, who they are, what was answered.

Kept beside the appeal and not in it, since a row of the register changes ten times and its words hardly ever; each
change would write all of them anew into their index.
"""

from collections.abc import Iterable

from django.db import connection

from qorgau.lib.stems import stems_of, words_of
from qorgau.lib.text_search import all_of
from qorgau.rules.privacy import mask_text

_NAME = "@"
"""Before a lexeme of a name: those who may not know people's names must not find by them."""

_LONGEST_ASKED = 200
_MOST_ASKED = 8
_SHORTEST_BEGINNING = 3

_ADD = """
    INSERT INTO register_appealwords (appeal_id, lexemes) VALUES (%s, array_to_tsvector(%s::text[]))
    ON CONFLICT (appeal_id) DO UPDATE SET lexemes = register_appealwords.lexemes || EXCLUDED.lexemes
"""


def lexemes(texts: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """What is kept of texts and of people's names; telephones, addresses and identity numbers in a text are not."""
    found: dict[str, None] = {}
    for text in filter(None, texts):
        for word in words_of(mask_text(text)):
            found |= dict.fromkeys(stems_of(word))
    for word in words_of(" ".join(filter(None, names))):
        found |= dict.fromkeys(_NAME + stem for stem in stems_of(word))
    return list(found)


def add_words(appeal_id: int, *texts: str) -> None:
    """Let an appeal be found by more words: a message of the applicant, an answer that was sent."""
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [appeal_id, lexemes(texts)])


def asked_words(typed: str) -> str:
    """The query for what somebody typed: every word in some form of it, or begun; "" when nothing can be sought."""
    return _query(typed, "")


def asked_names(typed: str) -> str:
    """The same for names of applicants and patients; only for those who may know them."""
    return _query(typed, _NAME)


def _query(typed: str, mark: str) -> str:
    words = words_of(typed[:_LONGEST_ASKED])[:_MOST_ASKED]
    return all_of([f"{mark}{way}" for way in _ways(word)] for word in words)


def _ways(word: str) -> list[str]:
    """A stem as it is kept, and the word as a beginning: «балк» is balcony begun, «балалар» is «бала» in full."""
    beginning = [f"{word}*"] if len(word) >= _SHORTEST_BEGINNING else []
    return [*stems_of(word), *beginning]
