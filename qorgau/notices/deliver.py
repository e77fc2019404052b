"""Letting notices leave, each as good as once.

A row is claimed and the claim committed before anything is sent; the outcome is written right after. Between the two
no transaction is open and no lock held. A killed deliverer's claim runs out by itself, and the row leaves again under
the same delivery id, by which gateways and mail systems know a repeat. A row that is written down as sent is never
claimed again.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from qorgau.notices.chats.reaching import TELEGRAM
from qorgau.notices.leaving import NoLongerSo, require_code_in_force
from qorgau.notices.models import Notice
from qorgau.notices.outbox import EMAIL, SMS, instead, leaves_at, lock_occasion
from qorgau.notices.topics import ABOUT_INSURANCE, WITH_ACCESS_CODE
from qorgau.notices.transports import Transport, TransportError, open_transport
from qorgau.notices.unheard import tell_the_desk
from qorgau.notices.warnings.leaving import end_refused, forget_told, make_ready
from qorgau.notices.wording import message_for

log = structlog.get_logger(__name__)

CLAIM = timedelta(minutes=2)
"""Far longer than any transport waits for the other side."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""What passes after the first, second, … attempt that failed. One more attempt follows the last pause."""

TRIES_OF_THE_EARLY = timedelta(days=1)
"""For so long a message that only came too early (`TransportError.counted`) is no attempt."""

SENDERS_INTO_CHATS = 4
"""One alone waits most of the time for Telegram's answer; together they come near the pace that Telegram allows."""

_A_RUN_LASTS = 60.0
_SECONDS_BEFORE_WRITING_AGAIN = (0.5, 1, 2, 4, 8)
_LONGEST_ERROR = 300


def deliver_due(
    *,
    ways: Collection[str] = (EMAIL, SMS),
    now: Callable[[], datetime] = timezone.now,
    seconds: float = _A_RUN_LASTS,
) -> dict[str, int]:
    """Send what is due by these ways until nothing is left or the time of a run is over; says how many fared how.

    Any number of deliverers may run at once. `now` is the clock, aware.
    """
    if connection.in_atomic_block:
        raise RuntimeError("notices leave outside of transactions, or a rollback would forget what was sent")
    run = _Run(now, ways)
    ends = time.monotonic() + seconds
    try:
        while time.monotonic() < ends and (notice := run.next()):
            run.deliver(notice)
    finally:
        run.close()
    return dict(run.outcomes)


def deliver_into_chats(*, now: Callable[[], datetime] = timezone.now, seconds: float = _A_RUN_LASTS) -> dict[str, int]:
    """The same for chats in Telegram: several at once, and apart from the others, so that a pause of Telegram keeps no
    SMS waiting.
    """

    if not Notice.objects.filter(state="waiting", transport=TELEGRAM, due_at__lte=now()).exists():
        return {}  # most of the time: then nobody opens connections

    def deliver(_sender: int) -> dict[str, int]:
        try:
            return deliver_due(ways=(TELEGRAM,), now=now, seconds=seconds)
        finally:
            connection.close()

    together: Counter[str] = Counter()
    with ThreadPoolExecutor(SENDERS_INTO_CHATS, thread_name_prefix="chats") as senders:
        for outcomes in senders.map(deliver, range(SENDERS_INTO_CHATS)):
            together.update(outcomes)
    return dict(together)


def claim(at: datetime, ways: set[str], *, awaited: bool = False) -> Notice | None:
    """The notice that has been due for longest, claimed for two minutes and committed; None when none is due.

    One at a time: the claims of a batch would run out while its first messages wait for a slow gateway. ``awaited``
    looks among those alone that somebody waits for at a screen.
    """
    unclaimed = Q(claimed_until=None) | Q(claimed_until__lte=at)
    due = Notice.objects.filter(unclaimed, state="waiting", transport__in=ways, due_at__lte=at)
    with transaction.atomic():
        notice = (
            (due.filter(awaited_until__isnull=False) if awaited else due)
            .select_for_update(skip_locked=True)
            .order_by("due_at", "pk")
            .first()
        )
        if notice is not None:
            # Counted now: an attempt that kills the deliverer is an attempt too.
            notice.attempts += 1
            # A claim that ran out: whoever held it may have been killed after the message was taken.
            notice.unsure += notice.claimed_until is not None
            notice.claimed_until = at + CLAIM
            notice.save(update_fields=["attempts", "unsure", "claimed_until"])
    return notice


class _Run:
    """One run of a deliverer: its connections, the ways it leaves alone for now, how its notices fared."""

    def __init__(self, now: Callable[[], datetime], ways: Collection[str]) -> None:
        self.outcomes: Counter[str] = Counter()
        self._now = now
        self._ways = frozenset(ways)
        self._open: dict[str, Transport] = {}
        self._in_trouble: set[str] = set()

    def next(self) -> Notice | None:
        """What somebody waits for comes first, and goes to the sleepless too; then what is due."""
        at = self._now()
        return claim(at, self._without_trouble(), awaited=True) or claim(at, self.ways_open())

    def ways_open(self) -> set[str]:
        """Neither in trouble in this run, nor SMS while people sleep: a worker that was late must not wake them."""
        at = self._now()
        return {way for way in self._without_trouble() if leaves_at(way, at) == at}

    def _without_trouble(self) -> set[str]:
        return set(self._ways - self._in_trouble)

    def deliver(self, notice: Notice) -> None:
        """Send one claimed notice and write down how it went."""
        if notice.attempts > len(PAUSES) + 1:
            self._count("failed", notice, _give_up(notice, "every attempt was interrupted", self._now()))
            return
        if notice.awaited_until is not None and self._now() > notice.awaited_until:
            self._count("failed", notice, _give_up(notice, "nobody waits for it any more", self._now()))
            return
        try:
            if notice.topic in ABOUT_INSURANCE:
                make_ready(notice, self._now())
            if notice.topic in WITH_ACCESS_CODE:
                require_code_in_force(notice)
            external_id = self._transport(notice.transport).send(notice, message_for(notice))
        except NoLongerSo as over:
            self._count("overtaken", notice, _overtaken(notice, str(over)))
        except TransportError as error:
            self._did_not_leave(notice, error)
        except Exception as error:  # a fault of ours in one notice must not keep back the others
            log.exception("notice_fault", notice=notice.pk, topic=notice.topic)
            self._did_not_leave(notice, TransportError(f"{type(error).__name__}: {error}"))
        else:
            self._count("sent", notice, _sent(notice, external_id, self._now()))

    def close(self) -> None:
        for transport in self._open.values():
            transport.close()

    def _transport(self, way: str) -> Transport:
        if way not in self._open:
            self._open[way] = open_transport(way)
        return self._open[way]

    def _did_not_leave(self, notice: Notice, error: TransportError) -> None:
        if error.all_wait:
            self._in_trouble.add(notice.transport)
        log.warning(
            "notice_did_not_leave",
            notice=notice.pk,
            topic=notice.topic,
            way=notice.transport,
            attempt=notice.attempts,
            permanent=error.permanent,
            error=str(error),
        )
        early = not error.counted and self._now() - notice.created_at < TRIES_OF_THE_EARLY
        if error.permanent or (not early and notice.attempts > len(PAUSES)):
            write = _give_up(notice, str(error), self._now(), refused=error.permanent, unsure=error.unsure)
            self._count("failed", notice, write)
        else:
            self._count("postponed", notice, _postpone(notice, error, self._now(), early=early))

    def _count(self, outcome: str, notice: Notice, write: Callable[[], bool]) -> None:
        if _write_down(write):
            self.outcomes[outcome] += 1
        else:
            log.warning("notice_was_taken_over", notice=notice.pk, topic=notice.topic, outcome=outcome)


def _sent(notice: Notice, external_id: str, at: datetime) -> Callable[[], bool]:
    """Sent is sent, even if the claim ran out meanwhile and somebody else holds the row now."""

    def write() -> bool:
        return bool(
            Notice.objects.filter(pk=notice.pk, state="waiting").update(
                state="sent", sent_at=at, external_id=external_id[:128], error="", claimed_until=None
            )
        )

    return write


def _overtaken(notice: Notice, why: str) -> Callable[[], bool]:
    """What happened meanwhile made the message untrue: it never leaves."""

    def write() -> bool:
        with transaction.atomic():
            if not _if_still_ours(notice, state="overtaken", error=why[:_LONGEST_ERROR]):
                return False
            if notice.topic in ABOUT_INSURANCE:
                forget_told(notice)
            return True

    return write


def _postpone(notice: Notice, error: TransportError, at: datetime, *, early: bool = False) -> Callable[[], bool]:
    pause = max(timedelta() if early else PAUSES[notice.attempts - 1], error.retry_after or timedelta())

    def write() -> bool:
        with transaction.atomic():
            if error.all_wait and error.retry_after:
                _let_all_wait(notice.transport, leaves_at(notice.transport, at + error.retry_after))
            return _if_still_ours(
                notice,
                due_at=_leaves_at(notice, at + pause),
                error=str(error)[:_LONGEST_ERROR],
                attempts=notice.attempts - early,
                unsure=notice.unsure + error.unsure,
            )

    return write


def _leaves_at(notice: Notice, moment: datetime) -> datetime:
    return moment if notice.awaited_until else leaves_at(notice.transport, moment)


def _let_all_wait(way: str, until: datetime) -> None:
    Notice.objects.filter(state="waiting", transport=way, due_at__lt=until).update(due_at=until)


def _give_up(
    notice: Notice, error: str, at: datetime, *, refused: bool = False, unsure: bool = False
) -> Callable[[], bool]:
    """Failed for good by this way. The person's other way, if there is one and no other chat of theirs hears, gets a
    row of its own, and the desk is told when there is none; warnings to an address that was refused end.
    """

    def write() -> bool:
        with transaction.atomic():
            written: dict[str, object] = {
                "state": "failed",
                "error": error[:_LONGEST_ERROR],
                "unsure": notice.unsure + unsure,
            }
            lock_occasion(notice)
            if not _if_still_ours(notice, **written):
                return False
            if refused and notice.topic in ABOUT_INSURANCE:
                end_refused(notice, at)
            if another := instead(notice, at=at):
                another.save(force_insert=True)
            else:
                tell_the_desk(notice, at=at)
            return True

    return write


def _if_still_ours(notice: Notice, **fields: object) -> bool:
    """Write the fields and end the claim, unless it ran out and somebody else claimed the row."""
    ours = Notice.objects.filter(pk=notice.pk, state="waiting", claimed_until=notice.claimed_until)
    return bool(ours.update(claimed_until=None, **fields))


def _write_down(write: Callable[[], bool]) -> bool:
    """Write an outcome, again if the database was away for a moment: what is not written down would be sent twice."""
    for pause in _SECONDS_BEFORE_WRITING_AGAIN:
        try:
            return write()
        except (OperationalError, InterfaceError) as error:
            log.warning("outcome_not_written_yet", error=str(error))
            _let_go_of_the_connection()
            time.sleep(pause)
    return write()


def _let_go_of_the_connection() -> None:
    try:
        connection.close()
    except DatabaseError:
        log.debug("connection_was_gone")
