"""The life of an appeal as its applicant sees it, made from the journal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from qorgau.directory.reference import current
from qorgau.handling.for_applicant.wording import EVENTS, REASON_IS_SHOWN, TAKEN_OVER
from qorgau.lib.speech import name_in, say
from qorgau.rules.states import Verb

JournalRow = Sequence[Any]
"""Moment (ISO), verb, what came of it, and the reason, as the journal keeps them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One step of the life line. ``tone``: done, now or next."""

    title: str
    when: datetime | date | str
    text: str = ""
    by: str = ""
    tone: str = "done"
    body: str = ""


def life(rows: Iterable[JournalRow], *, is_open: bool, due_on: date | None) -> list[Entry]:
    """The steps so far, oldest first, and what is still to come."""
    shown = [row for row in rows if row[1] in EVENTS]
    entries = [_entry(*row, is_last=is_open and row is shown[-1]) for row in shown]
    if is_open and due_on:
        entries.append(Entry(_("You get an answer, on this day at the latest"), due_on, tone="next"))
    return entries


def _entry(at: str, verb: str, after: dict[str, Any], because: dict[str, Any], *, is_last: bool) -> Entry:
    desk = current().desks.get(after.get("holder") or after.get("offered_to") or 0)
    title = TAKEN_OVER if verb == Verb.ACCEPT and "holder" in after else EVENTS[verb]
    return Entry(
        title=str(title),
        when=datetime.fromisoformat(at),
        text=say(because) if verb in REASON_IS_SHOWN and because else "",
        by=name_in(desk) if desk else "",
        tone="now" if is_last else "done",
    )
