"""The journal of who opened whose data. Written before the page leaves: nobody sees what is not written down.

One statement writes all openings of one page. Whether an opening lay outside the work of the reader's desk is found in
the same statement, so it costs no question of its own.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from qorgau.directory.reference import current
from qorgau.lib.written_statement import WrittenStatement
from qorgau.people.models import Staff
from qorgau.register.models import Opening

LEAST_YEARS = 5
"""Years for which the database itself refuses to delete an opening (register migration 0007)."""

_AT_A_TIME = 5_000
_JUST_NOW = timedelta(minutes=30)

WORK, OVERVIEW = "work", "overview"
"""Purposes that follow from what the desk is to the appeal, where nothing more exact is known."""

WRITE_OPENINGS = WrittenStatement(
    """
    INSERT INTO register_opening (appeal_id, staff_id, desk_id, at, part, purpose, outside, off_hours)
    SELECT o.appeal_id, %s, %s, %s, o.part,
        CASE WHEN o.purpose <> '' THEN o.purpose WHEN took.part THEN 'work' ELSE 'overview' END,
        NOT took.part, %s
    FROM jsonb_to_recordset(%s::jsonb) AS o(appeal_id bigint, part text, purpose text),
        LATERAL (SELECT EXISTS (SELECT 1 FROM register_participation p
            WHERE p.desk_id = %s AND p.appeal_id = o.appeal_id AND p.ended_at IS NULL) AS part) AS took
    RETURNING id
    """,
    *("staff", "desk", "at", "off_hours", "opened", "desk"),
)
"""What `write` sends, for pages that send it together with their questions; with the values of `opened_by`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A part of an appeal that is about to be shown. An empty purpose follows from what the desk is to the appeal."""

    appeal_id: int
    part: str
    purpose: str = ""


def opened_by(staff: Staff, opened: Sequence[Opened], *, at: datetime) -> dict[str, Any]:
    """The values of `WRITE_OPENINGS` for what this person is about to be shown."""
    return {
        "staff": staff.pk,
        "desk": staff.desk_id,
        "at": at,
        "off_hours": not current().calendar.is_open(at),
        "opened": json.dumps(
            [{"appeal_id": one.appeal_id, "part": one.part, "purpose": one.purpose} for one in opened]
        ),
    }


def write(staff: Staff, opened: Sequence[Opened], *, at: datetime) -> None:
    """Write down what this person is about to be shown: one INSERT, however much it is; none when it is nothing."""
    if opened:
        WRITE_OPENINGS.all(**opened_by(staff, opened, at=at))


def purpose_today(staff: Staff, appeal_id: int, *, at: datetime) -> str:
    """What this person said today that they need these contacts for; empty when they were not asked yet."""
    midnight = current().calendar.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Opening.objects.filter(staff=staff, at__gte=midnight, appeal_id=appeal_id, part="contacts")
    return rows.order_by("-at").values_list("purpose", flat=True).first() or ""


def opened_lately(staff: Staff, appeals: Collection[int], *, part: str, at: datetime) -> set[int]:
    """Of which of these appeals it is written down already that this person has just been shown a part."""
    rows = Opening.objects.filter(staff=staff, at__gte=at - _JUST_NOW, appeal_id__in=appeals, part=part)
    return set(rows.values_list("appeal_id", flat=True))


def sweep(at: datetime) -> int:
    """Delete openings that were kept as long as this installation keeps them; how many there were.

    A few thousand at a time, each lot committed by itself: the page of the security officer never waits for it.
    """
    old = Opening.objects.filter(at__lt=at - timedelta(days=366 * settings.OPENINGS_KEPT_YEARS)).order_by("at", "pk")
    swept = 0
    while lot := list(old.values_list("pk", flat=True)[:_AT_A_TIME]):
        swept += Opening.objects.filter(pk__in=lot).delete()[0]
    return swept
