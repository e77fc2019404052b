"""Codes of six digits by which somebody proves that a telephone is in their hands, or that they read an address.

A code is about something: about the person whose telephone is known, or about an address that somebody left. It proves
nothing about anything else.

A code lasts ten minutes and bears five tries. It is not stored: it is made of a random seed in the row under a key that
lies outside the database, once when its message leaves and once when it is typed.
"""

import os
import unicodedata
from datetime import datetime, timedelta

from django.db.models import F

from qorgau.lib.sealed import keyed_digest, keyed_hash, same
from qorgau.people.models import OneTimeCode

LASTS = timedelta(minutes=10)
TRIES = 5
DIGITS = 6
_KEPT_FOR = timedelta(days=1)
_LONGEST_TYPED = 60


def make_code(about: str, *, at: datetime) -> OneTimeCode:
    """A new code, about a person by their identity number or about what else; earlier unused ones stop working."""
    person = keyed_hash(about)
    OneTimeCode.objects.filter(person=person, used_at=None, made_at__gt=at - LASTS).update(tries=TRIES)
    return OneTimeCode.objects.create(person=person, seed=os.urandom(16), made_at=at)


def digits_of(made: OneTimeCode) -> str:
    """The six digits."""
    number = int.from_bytes(keyed_digest("one-time code", bytes(made.seed).hex()), "big")
    return f"{number % 10**DIGITS:0{DIGITS}}"


def proves(made_id: int, about: str, typed: str, *, at: datetime) -> bool:
    """Whether these are the digits, as a person typed them, of a code about this that still works.

    A try is counted before it is looked at, so guesses sent at the same moment are no more than five; a code that was
    right is used up.
    """
    works = OneTimeCode.objects.filter(pk=made_id, person=keyed_hash(about), used_at=None, made_at__gt=at - LASTS)
    if not works.filter(tries__lt=TRIES).update(tries=F("tries") + 1):
        return False
    made = OneTimeCode.objects.get(pk=made_id)
    if not same(digits_of(made).encode(), _digits(typed).encode()):
        return False
    return bool(works.update(used_at=at))


def forget_old(at: datetime) -> int:
    """Delete codes that can't be typed any more; how many there were."""
    deleted, _by_model = OneTimeCode.objects.filter(made_at__lt=at - _KEPT_FOR).delete()
    return deleted


def _digits(typed: str) -> str:
    return "".join(str(unicodedata.decimal(sign)) for sign in typed[:_LONGEST_TYPED] if sign.isdecimal())
