"""Taking an opened appeal along to the site: a sealed word in an address, good for ten minutes and for one time.

It is made for whoever has the appeal open already, and bound to the version of its code, so that a new code ends it.

Addresses are read by more than people: previews, scanners of mail and virus guards fetch them by GET before anybody
looks, and histories keep them. So looking (`opened_by_word`) changes nothing and may be done by anything; the word is
spent by `take_along` alone, which a door calls when somebody pressed a button on its page. It is spent by one row whose
key is unique: of two who press at once, one opens the appeal.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from qorgau.lib.sealed import CannotUnseal, seal, unseal
from qorgau.lib.statements import all_rows
from qorgau.register.models import Appeal, SpentWord

LASTS = timedelta(minutes=10)
_MARK = "taken along"
_REMEMBERED = timedelta(days=1)
_SPEND = """
INSERT INTO register_spentword (word, spent_at) VALUES ($1::uuid, $2::timestamptz)
ON CONFLICT (word) DO NOTHING RETURNING word
"""


@dataclass(frozen=True, slots=True)
class ByWord:
    """The appeal that a word is about, and whether somebody has opened it by the word already."""

    appeal: Appeal
    word: UUID
    spent: bool


def word_for(appeal: Appeal, *, at: datetime) -> str:
    """What stands in the address. Nothing of the appeal can be read in it."""
    said = f"{_MARK}\n{int(at.timestamp())}\n{appeal.number}\n{appeal.code_version}\n{uuid4()}"
    return base64.urlsafe_b64encode(seal(said)).decode().rstrip("=")


def opened_by_word(word: str, *, at: datetime) -> ByWord | None:
    """What the word is about, if it is one of ours and not too old; None otherwise. Looking spends nothing."""
    try:
        said = unseal(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4))).split("\n")
        mark, made, number, version, name = said
    except (CannotUnseal, binascii.Error, ValueError):
        return None
    age = at - datetime.fromtimestamp(int(made), UTC)
    if mark != _MARK or not timedelta() <= age + timedelta(seconds=1) or age > LASTS:
        return None
    appeal = Appeal.objects.filter(number=number, code_version=int(version)).first()
    if appeal is None:
        return None
    return ByWord(appeal, UUID(name), SpentWord.objects.filter(word=name).exists())


def take_along(word: str, *, at: datetime) -> Appeal | None:
    """Open the appeal by its word, once: who comes second gets None, as with a word that is too old or not ours."""
    found = opened_by_word(word, at=at)
    return found.appeal if found and all_rows(_SPEND, (found.word, at)) else None


def forget_spent(at: datetime) -> int:
    """Delete what was spent so long ago that the words would not work anyway; how many there were."""
    deleted, _by_model = SpentWord.objects.filter(spent_at__lt=at - _REMEMBERED).delete()
    return deleted
