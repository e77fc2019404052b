"""How near a due date is and how long a person has been waiting, in words and a shape, never in colour alone."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_skeleton
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from qorgau.lib.speech import current_language
from qorgau.register.models import Appeal
from qorgau.rules.states import OPEN, State

_SOON = 3


@dataclass(frozen=True, slots=True)
class Nearness:
    """`shape` is one of on_time, soon, today, over, met, stopped; `on` is the day itself."""

    shape: str
    words: str
    on: date

    @property
    def day(self) -> str:
        """The day as a list shows it."""
        return short_day(self.on)


def nearness(appeal: Appeal, today: date) -> Nearness | None:
    """Of the due date of an appeal; None when nothing is due."""
    return nearness_of(appeal.state, appeal.due_on, appeal.answered_at, today)


def nearness_of(state: str, due_on: date | None, answered_at: datetime | None, today: date) -> Nearness | None:
    """Of a term of an appeal in this state that ends on `due_on`; None when nothing is due."""
    if due_on is None:
        return None
    if state in OPEN or state == State.MERGED:
        return running(due_on, today)
    if answered_at is None or state in (State.WITHDRAWN, State.REDIRECTED):
        return Nearness("stopped", _("The clock has stopped"), due_on)
    late = (timezone.localdate(answered_at) - due_on).days
    if late > 0:
        words = ngettext("Answered %(num)s day late", "Answered %(num)s days late", late) % {"num": late}
        return Nearness("over", words, due_on)
    return Nearness("met", _("Answered in time"), due_on)


def running(due_on: date, today: date) -> Nearness:
    """Of a term that still runs."""
    left = (due_on - today).days
    if left < 0:
        return Nearness("over", ngettext("%(num)s day over", "%(num)s days over", -left) % {"num": -left}, due_on)
    if left == 0:
        return Nearness("today", _("Due today"), due_on)
    words = ngettext("%(num)s day left", "%(num)s days left", left) % {"num": left}
    return Nearness("soon" if left <= _SOON else "on_time", words, due_on)


def short_day(day: date) -> str:
    """A day for a narrow column: 21 Oct, with the year when it is not the present one."""
    skeleton = "MMMd" if day.year == timezone.localdate().year else "yMMMd"
    return _short(skeleton, day, current_language())


@lru_cache(maxsize=4_000)
def _short(skeleton: str, day: date, language: str) -> str:
    # A page of a list names some days of the same weeks over and over.
    return str(format_skeleton(skeleton, day, locale=language))


def waiting_words(since: datetime | None, today: date) -> str:
    """For how many days the person has been waiting for us; empty while the ball is not with us."""
    if since is None:
        return ""
    days = (today - timezone.localdate(since)).days
    if days <= 0:
        return _("since today")
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}
