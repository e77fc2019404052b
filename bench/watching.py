"""`python -m bench.watching`: what five hundred open queues cost that ask now and then what is new in them.

Throughput would tell nothing here: the question is how much of a core is gone while they all do it. So the questions
are sent at the pace of `queue_news.js`, each on a connection of its own as browsers do that ask so seldom, and the
processor time of the web processes and of the database is read before and after, with what both take while nobody asks
taken off. That is processor time and not the clock, so a busy machine spoils it little.
"""

import argparse
import http.client
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import cycle
from random import Random

from bench import ground
from bench.processor import Processor

_STAFF = 500
_FIRST, _SLOWER, _LONGEST, _SAID = 30.0, 1.5, 60.0, 180.0
# The pace of `queue_news.js`: seconds before the second question, how they grow, and how long after something was told.
_OPENED_WITHIN = 60.0
_DESKS = 20
_CHANGES_A_SECOND = 1.0
_MOST_SHARE = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.watching", description="Measure what open queues cost.")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long each way (%(default)s)")
    options = parser.parse_args()
    ground.settle()
    # The people made here have no second factor, and would be asked to set one up before anything else.
    os.environ["QORGAU_SECOND_FACTOR"] = "no"
    with ground.ground() as database:
        import django

        django.setup()
        from bench.servers import server

        queues = _open_queues()
        with server("qorgau.web:application", first_page="/ru/") as port:
            postmaster = database.postmaster()
            assert postmaster is not None
            processor = Processor(postmaster)
            asking = _Asking(port, queues)
            _measure("nothing happens", processor, asking, options.seconds)
            with _Work() as work:
                _measure("colleagues write notes", processor, asking, options.seconds)
                print(f"{work.written / work.seconds:.2f} notes a second meanwhile")


def _measure(when: str, processor: Processor, asking: "_Asking", seconds: float) -> None:
    idle = _share(processor, seconds / 3, time.sleep)
    asking.open_all()
    asking.go_on(2 * _OPENED_WITHIN)
    asking.statuses.clear()
    share = _share(processor, seconds, asking.go_on) - idle
    reached = "yes" if share <= _MOST_SHARE else "NO"
    print(
        f"{_STAFF} open queues, {when}: {share:.1%} of a core (to reach: under {_MOST_SHARE:.0%}: {reached}); "
        f"answers in {seconds:.0f} s: {dict(sorted(asking.statuses.items()))}",
        flush=True,
    )


def _share(processor: Processor, seconds: float, act: Callable[[float], object]) -> float:
    """The share of one core that program and database took while this was done."""
    before, began = processor.program() + processor.database(), time.monotonic()
    act(seconds)
    return (processor.program() + processor.database() - before) / (time.monotonic() - began)


@dataclass(slots=True)
class _Queue:
    """An open queue: the cookies of its browser, its mark, the tag of its last answer, and when it asks again."""

    cookie: str
    query: str
    since: str = ""
    last: str = ""
    pause: float = _FIRST
    told: bool = False


class _Asking:
    """All open queues, which ask at the pace of their script."""

    def __init__(self, port: int, queues: list[tuple[str, str]]) -> None:
        self._port = port
        self._queues = [_Queue(cookie, query) for cookie, query in queues]
        self._turns: list[tuple[float, int]] = []
        self._random = Random(7)
        self.statuses: dict[int, int] = {}

    def open_all(self) -> None:
        """Everybody draws their list anew, within a minute."""
        self._queues = [_Queue(queue.cookie, queue.query) for queue in self._queues]
        now = time.monotonic()
        self._turns = [(now + self._random.uniform(0, _OPENED_WITHIN), one) for one in range(len(self._queues))]
        heapify(self._turns)

    def go_on(self, seconds: float) -> None:
        """Ask for so long."""
        ends = time.monotonic() + seconds
        while self._turns[0][0] < ends:
            at, one = self._turns[0]
            time.sleep(max(0.0, at - time.monotonic()))
            queue = self._queues[one]
            self._ask(queue)
            pause = _SAID if queue.told else queue.pause
            queue.pause = min(queue.pause * _SLOWER, _LONGEST)
            heapreplace(self._turns, (at + pause * self._random.uniform(0.9, 1.1), one))
        time.sleep(max(0.0, ends - time.monotonic()))

    def _ask(self, queue: _Queue) -> None:
        since = f"&since={queue.since}" if queue.since else ""
        headers = {"Cookie": queue.cookie, "HX-Request": "true", "Connection": "close"}
        if queue.last:
            headers["If-None-Match"] = queue.last
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", f"/desk/news/?{queue.query}{since}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.getheader("HX-Redirect") is None, "somebody is not signed in"
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        queue.told = queue.told or answer.status == 200
        mark = answer.getheader("ETag") or ""
        if not queue.since:
            queue.since = mark.strip('"')
        else:
            queue.last = mark or queue.last


class _Work:
    """Colleagues who meanwhile write notes, one after the other."""

    def __enter__(self) -> "_Work":
        self.written, self._began = 0, time.monotonic()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()
        return self

    @property
    def seconds(self) -> float:
        """How long they have been at it."""
        return time.monotonic() - self._began

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _work(self) -> None:
        from django.db import connection
        from django.utils import timezone

        from qorgau.handling.note import note
        from qorgau.people.models import Staff
        from qorgau.register.models import Appeal

        writers = {one.desk_id: one for one in Staff.objects.filter(username__endswith="-writer")}
        appeals = cycle(Appeal.objects.filter(holder_id__in=writers, sensitive=False).order_by("?")[:500])
        while not self._stop.wait(1 / _CHANGES_A_SECOND):
            appeal = next(appeals)
            appeal.refresh_from_db()
            note(appeal, staff=writers[appeal.holder_id], text="Позвонили.", at=timezone.now())
            self.written += 1
        connection.close()


def _open_queues() -> list[tuple[str, str]]:
    """Five hundred people at the branches, signed in, each with the cookie and the view of their queue."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from qorgau.directory.models import Desk
    from qorgau.people.models import Staff
    from qorgau.people.sessions import SessionStore
    from qorgau.rules.ladder import DeskKind
    from qorgau.rules.roles import Role

    desks = list(Desk.objects.filter(kind=DeskKind.BRANCH.value).order_by("pk")[:_DESKS])
    made = []
    for serial in range(_STAFF + len(desks)):
        desk = desks[serial % len(desks)]
        name = f"watcher-{serial}" if serial < _STAFF else f"{desk.pk}-writer"
        person = Staff(
            username=name, role=Role.BRANCH_SPECIALIST.value, desk=desk, language="ru", may_read_sensitive=True
        )
        person.set_unusable_password()
        person.save()
        if serial >= _STAFF:
            continue
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        query = ("tab=mine", "tab=desk", "tab=desk&kind=complaint", "tab=all")[serial // len(desks) % 4]
        made.append((f"{settings.SESSION_COOKIE_NAME}={session.session_key}", query))
    return made


if __name__ == "__main__":
    main()
