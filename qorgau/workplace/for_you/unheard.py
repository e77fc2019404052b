"""News of the reader's appeals that reached an applicant by no way, until somebody does something about it.

An answered appeal stands in no list of work any more, so that a mark on its row would be seen by nobody.
"""

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from qorgau.notices.models import Notice
from qorgau.notices.unheard import UNHEARD
from qorgau.people import absences
from qorgau.people.models import Staff
from qorgau.register.models import JournalLine
from qorgau.register.scope import appeals_held_by_desk_of
from qorgau.rules.roles import HANDLERS
from qorgau.workplace.card.meanwhile import HARMLESS
from qorgau.workplace.card.unheard import topics_missed
from qorgau.workplace.for_you.listed import row_of

TOLD_FOR = timedelta(days=14)
MOST = 20


def not_heard(staff: Staff, *, at: datetime) -> list[dict[str, Any]]:
    """Appeals at the reader's desk that they work on, for a colleague who is away too, or that nobody works on: what
    their applicants have not heard, the latest first. A step of anybody of the staff ends it, a note included, and so
    does a message that arrives.
    """
    if staff.role not in HANDLERS:
        return []
    away = absences.on(timezone.localdate(at)).filter(substitute=staff).values("staff_id")
    theirs = Q(assignee=staff) | Q(assignee__in=away) | Q(assignee__isnull=True)
    done = JournalLine.objects.filter(
        appeal_id=OuterRef("appeal_id"), sequence__gt=OuterRef("sequence"), actor="staff"
    ).exclude(verb__in=sorted(HARMLESS))
    lines = (
        JournalLine.objects.filter(~Exists(done), verb=UNHEARD, at__gt=at - TOLD_FOR)
        .filter(appeal__in=appeals_held_by_desk_of(staff).filter(theirs))
        .select_related("appeal")
        .order_by("-at", "-pk")[:MOST]
    )
    latest = {line.appeal: line for line in reversed(lines)}
    notices = _notices_of([appeal.number for appeal in latest])
    told = [
        row_of(appeal) | {"when": line.at, "topics": topics_missed(notices[appeal.number])}
        for appeal, line in reversed(latest.items())
    ]
    return [one for one in told if one["topics"]]


def _notices_of(numbers: list[str]) -> dict[str, list[Notice]]:
    found: dict[str, list[Notice]] = defaultdict(list)
    if numbers:
        rows = Notice.objects.filter(appeal_number__in=numbers, for_staff=False)
        for notice in rows.order_by("created_at", "pk"):
            found[notice.appeal_number].append(notice)
    return found
