"""Keys of partners: made and shown once, found by their hash, revoked.

A key is 256 random bits, so one keyed hash is enough to keep and to find it: there is nothing to guess that a slow hash
would protect, and it is done for every request.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qorgau.directory.changes import record, values_of
from qorgau.lib.sealed import keyed_digest
from qorgau.partners.models import PartnerKey, Use
from qorgau.partners.scopes import Scope
from qorgau.people.models import Staff

PREFIX = "qorgau_"
_SHOWN = 12
_FRESH_SECONDS = 2.0
_HELD_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Partner:
    """Who asks, by which key, and what it may ask."""

    key_id: int
    code: str
    purpose: str
    scopes: frozenset[str]

    @property
    def in_journal(self) -> str:
        """How the journal of look-ups names it."""
        return f"partner:{self.code}"

    def may(self, scope: Scope) -> bool:
        """Whether the key has this scope."""
        return scope.value in self.scopes


def create(row: PartnerKey, *, by: Staff | None, at: datetime) -> str:
    """Save a new key as it is described, with its line in the history; the key, which nobody can read again."""
    key = PREFIX + secrets.token_urlsafe(32)
    row.beginning, row.digest = key[:_SHOWN], _digest(key)
    row.created_at, row.created_by = at, by
    with transaction.atomic():
        row.save(force_insert=True)
        Use.objects.create(key=row)
        record(row, before={}, by=by)
    return key


def revoke(row: PartnerKey, *, by: Staff | None, at: datetime) -> bool:
    """Let the key open nothing from now on; False when it was revoked already. Every process knows in two seconds."""
    with transaction.atomic():
        before = values_of(row)
        if not PartnerKey.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=at):
            return False
        row.revoked_at = at
        record(row, before=before, by=by)
    return True


def partner_with(key: str, *, on: date) -> Partner | None:
    """The partner whose key this is; None when there is no such key, or it opens nothing on that day."""
    digest = _digest(key)
    known_until, row = _held.get(digest, (0.0, None))
    if row is None or known_until < time.monotonic():
        row = PartnerKey.objects.filter(digest=digest).first()
        if row is None:
            return None
        _hold(digest, row)
    if not row.opens_on(on):
        return None
    return Partner(row.pk, row.partner, row.purpose, frozenset(row.scopes))


def forget() -> None:
    """Look every key up anew; for tests."""
    _held.clear()


_held: dict[bytes, tuple[float, PartnerKey]] = {}


def _hold(digest: bytes, row: PartnerKey) -> None:
    if len(_held) >= _HELD_AT_MOST:
        _held.clear()
    _held[digest] = (time.monotonic() + _FRESH_SECONDS, row)


def _digest(key: str) -> bytes:
    return keyed_digest("partner_key", key, size=32)
