"""Being at a card: one statement says "I am here" and asks who else is."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from qorgau.lib.written_statement import WrittenStatement
from qorgau.people.models import Staff
from qorgau.people.names import surname_and_initials
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import Verb
from qorgau.workplace.discretion import sees_inside
from qorgau.workplace.presence.models import Presence
from qorgau.workplace.wording import VERBS

PRESENT = timedelta(minutes=2)
"""For so long somebody counts as being at a card that they opened."""

_SHOWN = 6

_WHO_IS_HERE = """
    SELECT s.id, s.username, s.first_name, s.last_name, s.patronymic, s.desk_id, p.doing
    FROM presence_presence p JOIN people_staff s ON s.id = p.staff_id
    WHERE p.appeal_id = %s AND p.staff_id <> %s AND p.at > %s ORDER BY p.doing = '', p.at DESC, s.id LIMIT 50
"""
WHO_IS_HERE = WrittenStatement(_WHO_IS_HERE, "appeal", "staff", "since")
COME_AND_SEE = WrittenStatement(
    f"""
    WITH mine AS (
        INSERT INTO presence_presence (appeal_id, staff_id, doing, at) VALUES (%s, %s, %s, %s)
        ON CONFLICT (appeal_id, staff_id) DO UPDATE SET doing = EXCLUDED.doing, at = EXCLUDED.at
    ) {_WHO_IS_HERE}
    """,  # noqa: S608 - both are constants
    *("appeal", "staff", "doing", "at", "appeal", "staff", "since"),
)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A colleague at the same card; `doing` is a value of Verb, or empty."""

    name: str
    doing: str

    @property
    def words(self) -> str:
        """What they do there, as a sentence."""
        if self.doing in VERBS:
            return _("%(person)s has begun: %(verb)s") % {"person": self.name, "verb": VERBS[Verb(self.doing)]}
        return _("%(person)s has this card open") % {"person": self.name}


def others_at(appeal_id: int, staff: Staff, *, doing: str = "", at: datetime) -> list[Somebody]:
    """Who else has been at the card within `PRESENT`, those who write first; this person counts as present from now on.

    Whoever only reads is in nobody's way: they are told who is there and are not told of. Of people at other desks
    only the Fund's hear, as with notes.
    """
    asked: dict[str, Any] = {"appeal": appeal_id, "staff": staff.pk, "since": at - PRESENT}
    if staff.role in HANDLERS:
        rows = COME_AND_SEE.all(**asked, doing=known_verb(doing), at=at)
    else:
        rows = WHO_IS_HERE.all(**asked)
    return [
        Somebody(surname_and_initials(last, first, patronymic) or username, verb)
        for _id, username, first, last, patronymic, desk_id, verb in rows
        if sees_inside(desk_id, staff)
    ][:_SHOWN]


def leave(appeal_id: int, staff: Staff) -> None:
    """From now on this person is not told of at the card, which they do not see any more."""
    Presence.objects.filter(appeal_id=appeal_id, staff=staff).delete()


def known_verb(text: str) -> str:
    """The verb that an address names; nothing for anything else."""
    return text if text in set(Verb) else ""


def sign_of(people: Iterable[Somebody], *more: object) -> str:
    """A short sign of what is shown, so that nothing is sent, nor read aloud, while it stays the same."""
    shown = repr([(somebody.name, somebody.doing) for somebody in people]) + repr(more)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def forget_who_left(now: datetime) -> int:
    """Remove what no card shows any more; says how many rows there were."""
    removed, _each = Presence.objects.filter(at__lte=now - PRESENT).delete()
    return removed
