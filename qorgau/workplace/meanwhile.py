"""What happened to an appeal while somebody was writing, and whether it matters to what they write."""

from typing import Any

from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.states import Verb
from qorgau.workplace.timeline import entries

LOOKED = "looked"

# Lines that change nothing a person could have decided upon: contacts looked at, the clock's reminders.
HARMLESS = frozenset({LOOKED, "remind", "overdue", "late_reply", "escalate", "case_taken"})


def version_to_check(appeal: Appeal, staff: Staff, *, seen: int | None) -> int | None:
    """The version a verb must find: the one the person saw, or the present one when only harmless lines came since."""
    if seen is None or seen >= appeal.version:
        return seen
    return appeal.version if all(_is_harmless(line, staff) for line in _lines_since(appeal, seen)) else seen


def changes_since(appeal: Appeal, staff: Staff, *, seen: int) -> list[dict[str, Any]]:
    """What matters of that which came after a version, in words."""
    lines = [line for line in _lines_since(appeal, seen) if not _is_harmless(line, staff)]
    return entries(lines, staff, appeal=appeal)


def _lines_since(appeal: Appeal, seen: int) -> list[JournalLine]:
    lines = JournalLine.objects.filter(appeal_id=appeal.pk, sequence__gt=seen, sequence__lte=appeal.version)
    return list(lines.select_related("staff").order_by("sequence"))


def _is_harmless(line: JournalLine, staff: Staff) -> bool:
    own_note = line.verb == Verb.NOTE and line.staff_id == staff.pk
    return line.verb in HARMLESS or own_note
