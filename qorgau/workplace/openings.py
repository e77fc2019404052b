"""Remembering, while a page is made, whose data it will show; it is written down before the page leaves.

Nobody is asked what they open a card for: an operator opens a hundred a day, and would choose the first reason of the
list without reading it. What a card was opened for follows from what the desk is to the appeal, and of the page of a
verb from the verb. Only contacts and IIN in full need a reason in words, once for each appeal and day.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.openings import Opened, opened_by, opened_lately, write

_CARDS = frozenset({"appeal", "terms", "history"})
_FILES = frozenset({"file", "preview"})
_PART_OF_THE_CARD = "small"
"""The small pictures of a card come each by itself, right after it: one line tells of all of them."""

_WRITES_ITSELF = frozenset({"contacts", "person", "insurance"})
_SHOWS_NOBODY = frozenset({"here", "following"})
"""What an open card asks every minute is the same opening still, and a button is none."""

PAGES_WITHOUT_STEPS = _CARDS | _FILES | _WRITES_ITSELF | _SHOWS_NOBODY | {_PART_OF_THE_CARD}
"""Pages of an appeal whose name is no purpose that the security officer reads; every other one needs words."""


def note_page(request: HttpRequest, appeal_id: int) -> None:
    """A page of one appeal is being made: which part it shows follows from its address."""
    address = (request.resolver_match.url_name if request.resolver_match else "") or ""
    if address in _WRITES_ITSELF or address in _SHOWS_NOBODY:
        return
    if address == _PART_OF_THE_CARD and _card_is_open(request, appeal_id):
        return
    if address in _CARDS or address == _PART_OF_THE_CARD:
        note_opening(request, [appeal_id], part="card")
    elif address in _FILES:
        note_opening(request, [appeal_id], part="file")
    else:
        note_opening(request, [appeal_id], part="form", purpose=address[:30])


def _card_is_open(request: HttpRequest, appeal_id: int) -> bool:
    reader = request.user
    return isinstance(reader, Staff) and bool(opened_lately(reader, [appeal_id], part="card", at=timezone.now()))


def note_opening(request: HttpRequest, appeals: Iterable[Appeal | int], *, part: str, purpose: str = "") -> None:
    """This page will show a part of these appeals. `part` is one of `Opening.PARTS`."""
    noted = request.__dict__.setdefault("_opened", {})
    for appeal in appeals:
        one = Opened(appeal.pk if isinstance(appeal, Appeal) else appeal, part, purpose)
        noted[one] = None


def openings_to_write(request: HttpRequest, staff: Staff, at: datetime) -> dict[str, Any]:
    """The values of `WRITE_OPENINGS` for what was noted so far. Whoever asks sends them: they are not written again."""
    noted = request.__dict__.pop("_opened", {})
    return opened_by(staff, list(noted), at=at)


def write_openings(request: HttpRequest, response: HttpResponseBase) -> None:
    """Write down what this page shows, in one statement. A redirect shows nothing."""
    noted = request.__dict__.pop("_opened", None)
    if noted and not 300 <= response.status_code < 400 and isinstance(request.user, Staff):
        write(request.user, list(noted), at=timezone.now())
