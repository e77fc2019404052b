"""`python -m bench.watching`: what five hundred open queues cost that ask every half a minute what is new in them.

Throughput would tell nothing here: the question is how much of a core is gone while they all do it. So the questions
are sent at their own pace, and the processor time of the web processes and of the database is read before and after,
with what both take while nobody asks taken off.
"""

import argparse
import http.client
import os
import threading
import time
from collections.abc import Callable
from itertools import cycle

from bench import ground
from bench.processor import Processor

_STAFF = 500
_EVERY = 30.0
_DESKS = 20
_CHANGES_A_SECOND = 1.0
_MOST_SHARE = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.watching", description="Measure what open queues cost.")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each way (%(default)s)")
    options = parser.parse_args()
    ground.settle()
    # The people made here have no second factor, and would be asked to set one up before anything else.
    os.environ["QORGAU_SECOND_FACTOR"] = "no"
    with ground.ground() as database:
        import django

        django.setup()
        from bench.servers import server

        queues = _open_queues()
        with server("qorgau.wsgi:application", first_page="/ru/") as port:
            postmaster = database.postmaster()
            assert postmaster is not None
            processor = Processor(postmaster)
            asking = _Asking(port, queues)
            _share(processor, options.seconds / 4, asking.all)  # to warm up, and so that each queue has its mark
            idle = _share(processor, options.seconds / 2, lambda seconds: time.sleep(seconds))
            calm = _share(processor, options.seconds, asking.all)
            _tell("nothing happens", calm - idle, asking)
            with _Work():
                idle_at_work = _share(processor, options.seconds / 2, lambda seconds: time.sleep(seconds))
                busy = _share(processor, options.seconds, asking.all)
            _tell(f"{_CHANGES_A_SECOND:.0f} change a second", busy - idle_at_work, asking)


def _tell(when: str, share: float, asking: "_Asking") -> None:
    reached = "yes" if share <= _MOST_SHARE else "NO"
    print(
        f"{_STAFF} open queues, each asking every {_EVERY:.0f} s, {when}: {share:.1%} of a core (to reach: under "
        f"{_MOST_SHARE:.0%}: {reached}); answers so far: {asking.statuses}",
        flush=True,
    )


def _share(processor: Processor, seconds: float, act: Callable[[float], object]) -> float:
    """The share of one core that program and database took while this was done."""
    before, began = processor.program() + processor.database(), time.monotonic()
    act(seconds)
    return (processor.program() + processor.database() - before) / (time.monotonic() - began)


class _Asking:
    """The open queues: each with the cookies of its browser, its mark, and the tag of its last answer."""

    def __init__(self, port: int, queues: list[tuple[str, str]]) -> None:
        self._port = port
        self._queues = [{"cookie": cookie, "query": query, "since": "", "last": ""} for cookie, query in queues]
        self._turn = cycle(self._queues)
        self._connections = [http.client.HTTPConnection("127.0.0.1", port, timeout=30) for _ in range(8)]
        self._free = cycle(self._connections)
        self.statuses: dict[int, int] = {}

    def all(self, seconds: float) -> None:
        """Ask at the pace of all of them, for so long."""
        began = time.monotonic()
        for serial in range(int(seconds * _STAFF / _EVERY)):
            time.sleep(max(0.0, began + serial * _EVERY / _STAFF - time.monotonic()))
            self._ask(next(self._turn))

    def _ask(self, queue: dict[str, str]) -> None:
        since = f"&since={queue['since']}" if queue["since"] else ""
        headers = {"Cookie": queue["cookie"], "HX-Request": "true"}
        if queue["last"]:
            headers["If-None-Match"] = queue["last"]
        connection = next(self._free)
        connection.request("GET", f"/desk/news/?{queue['query']}{since}", headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.getheader("HX-Redirect") is None, "somebody is not signed in"
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        mark = answer.getheader("ETag") or ""
        if not queue["since"]:
            queue["since"] = mark.strip('"')
        else:
            queue["last"] = mark or queue["last"]


class _Work:
    """Colleagues who meanwhile write notes, one after the other."""

    def __enter__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

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
        appeals = cycle(Appeal.objects.filter(holder_id__in=writers).order_by("?")[:500])
        while not self._stop.wait(1 / _CHANGES_A_SECOND):
            appeal = next(appeals)
            appeal.refresh_from_db()
            note(appeal, staff=writers[appeal.holder_id], text="Позвонили.", at=timezone.now())
        connection.close()


def _open_queues() -> list[tuple[str, str]]:
    """Five hundred people at the branches, signed in, each with the cookie and the view of their queue."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from qorgau.directory.models import Desk
    from qorgau.people.models import Staff
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
