"""What has happened to appeals lately, kept in the memory of each web process.

Five hundred open queues ask every half a minute, and mostly nothing has happened that concerns them. So each process
reads the newest lines of the journal once in a few seconds, for everybody, and answers most questions without the
database.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Max

from qorgau.register.models import JournalLine, Participation
from qorgau.workplace.meanwhile import LOOKED

FRESH_FOR = 5.0
"""Seconds for which what was read is good enough."""

_SETTLED_AFTER = 20.0
# A line with a smaller number may be committed after one with a greater; by then it is there.
_REMEMBERED = 20_000
_READ_AT_FIRST = 2_000


@dataclass(frozen=True, slots=True)
class Touch:
    """One line of the journal: which appeal, by whom (None: not by staff), and the desks that take part in it."""

    line: int
    appeal: int
    staff: int | None
    desks: frozenset[int]


class Feed:
    """The newest lines of the journal, in the order of their numbers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._touches: OrderedDict[int, Touch] = OrderedDict()
        self._begins = -1
        self._read_at = float("-inf")
        self._marks: list[tuple[float, int]] = []
        self.latest = 0

    def refresh(self, *, now: bool = False) -> None:
        """Read what has come, unless that was done a moment ago; `now`: at once."""
        with self._lock:
            if now or self._clock() - self._read_at >= FRESH_FOR:
                self._read()

    def since(self, mark: int) -> list[Touch] | None:
        """What has happened after a line; None when that is longer ago than is remembered."""
        with self._lock:
            if mark < self._begins:
                return None
            return [touch for touch in self._touches.values() if touch.line > mark]

    def _read(self) -> None:
        at = self._clock()
        if self._begins < 0:
            newest = JournalLine.objects.aggregate(newest=Max("pk"))["newest"] or 0
            self._begins = max(newest - _READ_AT_FIRST, 0)
        found = list(
            JournalLine.objects.filter(pk__gt=self._settled(at))
            .exclude(verb=LOOKED)
            .order_by("pk")
            .values_list("pk", "appeal_id", "staff_id")[:_REMEMBERED]
        )
        new = [row for row in found if row[0] not in self._touches]
        desks = _desks_of({appeal for _line, appeal, _staff in new})
        for line, appeal, staff in new:
            self._touches[line] = Touch(line, appeal, staff, desks.get(appeal, frozenset()))
        while len(self._touches) > _REMEMBERED:
            self._begins, _touch = self._touches.popitem(last=False)
        self.latest = max([self.latest, self._begins, *(line for line, _appeal, _staff in new)])
        self._read_at = at
        self._marks.append((at, self.latest))

    def _settled(self, at: float) -> int:
        """The line up to which nothing can come any more."""
        while len(self._marks) > 1 and self._marks[1][0] <= at - _SETTLED_AFTER:
            self._marks.pop(0)
        settled = self._marks[0][1] if self._marks and self._marks[0][0] <= at - _SETTLED_AFTER else self._begins
        return max(settled, self._begins)


def _desks_of(appeals: Iterable[int]) -> dict[int, frozenset[int]]:
    desks: dict[int, set[int]] = {}
    rows = Participation.objects.filter(appeal_id__in=list(appeals)).values_list("appeal_id", "desk_id")
    for appeal, desk in rows if appeals else ():
        desks.setdefault(appeal, set()).add(desk)
    return {appeal: frozenset(found) for appeal, found in desks.items()}


feed = Feed()
"""The feed of this process."""
