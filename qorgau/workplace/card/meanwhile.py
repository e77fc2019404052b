"""What happened to an appeal while somebody was writing, and whether it matters to what they write."""

from typing import Any

from qorgau.notices.unheard import UNHEARD
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.states import Verb
from qorgau.workplace.card.answer_shown import answer_for
from qorgau.workplace.timeline.entries import entries
from qorgau.workplace.timeline.spoken import VERBS_OF_WORDS, Spoken, spoken_of

LOOKED = "looked"

# Lines that change nothing a person could have decided upon: contacts looked at, the clock's reminders, steps ticked.
HARMLESS = frozenset(
    {
        *(LOOKED, "code_shown", "name_reader", "remind", "overdue", "late_reply", "escalate", "case_taken"),
        *("temporary_ends", "calendar"),
        # A button says what its step shall be, and what the answer waits for is judged when it is sent.
        Verb.TICK.value,
        # Whoever writes or decides does so upon the same appeal; the form of the verb itself asks for its own version.
        Verb.ISSUE_CODE.value,
    }
)


def version_to_check(appeal: Appeal, staff: Staff, *, seen: int | None) -> int | None:
    """The version a verb must find: the one the person saw, or the present one when only harmless lines came since."""
    if seen is None or seen >= appeal.version:
        return seen
    return appeal.version if all(_is_harmless(line, staff) for line in _lines_since(appeal, seen)) else seen


def changes_since(appeal: Appeal, staff: Staff, *, seen: int, with_words: bool = False) -> list[dict[str, Any]]:
    """What matters of that which came after a version, with what was before and what is now; `with_words` brings what
    people wrote meanwhile too.
    """
    lines = [line for line in _lines_since(appeal, seen) if not _is_harmless(line, staff)]
    said: list[Spoken] = []
    if with_words and any(line.verb in VERBS_OF_WORDS for line in lines):
        moments = {line.at for line in lines}
        said = [words for words in spoken_of(appeal, staff) if words.at in moments]
    return entries(lines, staff, appeal=appeal, said=said)


def draft_meanwhile(appeal: Appeal, staff: Staff, *, seen: int) -> dict[str, Any] | None:
    """The draft as it stands now, when somebody saved it after a version and this reader may see it: what is sent next
    would take its place.
    """
    saved = any(line.verb == Verb.DRAFT for line in _lines_since(appeal, seen))
    return answer_for(appeal, staff) if saved else None


def _lines_since(appeal: Appeal, seen: int) -> list[JournalLine]:
    lines = JournalLine.objects.filter(appeal_id=appeal.pk, sequence__gt=seen, sequence__lte=appeal.version)
    return list(lines.select_related("staff").order_by("sequence"))


def _is_harmless(line: JournalLine, staff: Staff) -> bool:
    own_note = line.verb == Verb.NOTE and line.staff_id == staff.pk
    # News to the desk, but nothing that what somebody is writing depends on.
    return line.verb in HARMLESS or line.verb == UNHEARD or own_note
