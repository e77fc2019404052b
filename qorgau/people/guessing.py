"""Slowing down whoever guesses passwords and codes, without locking out those they guess at.

Failures in a row are counted three ways, in the database, so that all processes see the same count:

- by **name and address** together: after 5 failures a pause of 1 minute, after each further one 2, 4, 8 … up to 60;
- by **name** from all addresses: after 20, pauses up to 15 minutes (many machines guessing at one person);
- by **address** for all names: after 60, pauses up to 15 minutes (one machine trying a password on everybody).

Failures are "in a row" while less than 15 minutes lie between one, or the end of its pause, and the next. The two wide
counts leave alone whoever signed in from the same address lately, so that a stranger's guessing cannot keep people out
of their own account at their own desk. A success forgets the failures of the name; of the address it takes back its own
attempt only, or a guesser could clear the count with an account of their own.

An attempt is counted before the password is looked at and taken back if it was right: a hundred guesses sent at the
same moment find the count where it belongs. Nothing here depends on whether the name exists.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from qorgau.lib.client_address import network_of
from qorgau.lib.sealed import keyed_digest
from qorgau.people.models import FailedAttempts

IN_A_ROW = timedelta(minutes=15)
KEPT_FOR = timedelta(days=1)
_CHAT = "chat "


def address_of_chat(chat: int) -> str:
    """What stands for a network address where somebody asks from a chat."""
    return f"{_CHAT}{chat}"


@dataclass(frozen=True, slots=True)
class Fence:
    """With which failure in a row pauses begin, and how long they grow. ``wide`` ones touch more than one person."""

    pause_from: int
    longest: timedelta
    wide: bool

    def pause_after(self, failures: int) -> timedelta | None:
        """The pause that follows this many failures in a row; None while there are few."""
        if failures < self.pause_from:
            return None
        return min(timedelta(minutes=2 ** min(failures - self.pause_from, 10)), self.longest)


BY_NAME_AND_ADDRESS = Fence(pause_from=5, longest=timedelta(minutes=60), wide=False)
BY_NAME = Fence(pause_from=20, longest=timedelta(minutes=15), wide=True)
BY_ADDRESS = Fence(pause_from=60, longest=timedelta(minutes=15), wide=True)


class Paused(Exception):
    """Too many failures: no attempt is looked at before ``until``."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True)
class Attempt:
    """One guess or one honest try, already counted. ``began_pause`` says that its failing begins a pause."""

    keys: dict[Fence, bytes]
    began_pause: frozenset[Fence]


def begin(
    purpose: str, *, name: str, address: str, at: datetime, at_home: Callable[[], bool] = lambda: False
) -> Attempt:
    """Count an attempt, or raise `Paused` without counting it.

    ``purpose`` keeps passwords and codes apart. ``at_home`` is asked only when a wide count is paused: whether this
    person signed in from this address lately.
    """
    keys = _keys(purpose, name, address)
    with transaction.atomic():
        _make_and_lock(keys)
        rows = _locked(keys)
        _refuse_while_paused(rows, at, at_home)
        began = frozenset(fence for fence, row in rows.items() if _count(row, fence, at))
        FailedAttempts.objects.bulk_update(rows.values(), ["failures", "last_at", "paused_until"])
    return Attempt(keys, began)


def succeeded(attempt: Attempt) -> None:
    """Forget the failures of the name; take the attempt itself back from the count of the address."""
    with transaction.atomic():
        rows = _locked(attempt.keys)
        for fence, row in rows.items():
            row.failures = max(row.failures - 1, 0) if fence is BY_ADDRESS else 0
            if fence is not BY_ADDRESS or fence in attempt.began_pause:
                row.paused_until = None
        FailedAttempts.objects.bulk_update(rows.values(), ["failures", "paused_until"])


def forget_old(at: datetime) -> int:
    """Delete counts that can't matter any more; returns how many."""
    deleted, _ = FailedAttempts.objects.filter(last_at__lt=at - KEPT_FOR).delete()
    return deleted


def _keys(purpose: str, name: str, address: str) -> dict[Fence, bytes]:
    name, network = name.strip().casefold(), _sender(address)
    return {
        BY_NAME_AND_ADDRESS: keyed_digest("guessing", f"{purpose}\n{name}\n{network}"),
        BY_NAME: keyed_digest("guessing", f"{purpose}\n{name}\n"),
        BY_ADDRESS: keyed_digest("guessing", f"{purpose}\n\n{network}"),
    }


def _sender(address: str) -> str:
    return address if address.startswith(_CHAT) else network_of(address)


def _make_and_lock(keys: dict[Fence, bytes]) -> None:
    # In the order of the keys, so that two attempts never wait for each other. Updating the key to itself locks a row
    # that is there already, before anybody can sweep it away.
    FailedAttempts.objects.bulk_create(
        [FailedAttempts(key=key) for key in sorted(keys.values())],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["key"],
    )


def _locked(keys: dict[Fence, bytes]) -> dict[Fence, FailedAttempts]:
    found = FailedAttempts.objects.select_for_update().filter(key__in=keys.values()).order_by("key")
    by_key = {bytes(row.key): row for row in found}
    return {fence: by_key[key] for fence, key in keys.items() if key in by_key}


def _refuse_while_paused(rows: dict[Fence, FailedAttempts], at: datetime, at_home: Callable[[], bool]) -> None:
    closed = {fence: row.paused_until for fence, row in rows.items() if row.paused_until and row.paused_until > at}
    if closed and all(fence.wide for fence in closed) and at_home():
        return
    if closed:
        raise Paused(max(closed.values()))


def _count(row: FailedAttempts, fence: Fence, at: datetime) -> bool:
    """Add one failure; True when a pause begins with it."""
    latest = max(filter(None, (row.last_at, row.paused_until)), default=None)
    row.failures = row.failures + 1 if latest and at - latest < IN_A_ROW else 1
    row.last_at = at
    pause = fence.pause_after(row.failures)
    row.paused_until = at + pause if pause else None
    return pause is not None
