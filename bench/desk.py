"""`python -m bench.desk`: the desk at the size of a country, measured beside the bare machine.

The register is filled once and kept under var/bench/desk. People of desks of different sizes are signed in, eight
clients ask for their pages as browsers do.
"""

import argparse
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from random import Random
from urllib.parse import urlencode

from bench import ground
from bench.desk_ground import FOLDER, desk_ground

_CLIENTS = 8
_DESKS = ("contact_centre", "branch", "health_department", "clinic", "centre")
_FILTERS = (
    "tab=desk", "tab=overdue", "tab=all", "tab=all&sort=due", "tab=all&sort=topic", "tab=all&kind=complaint",
    "tab=all&kind=proposal&language=en", "tab=all&region=620000000", "tab=all&topic=care-refused", "tab=all&due=7",
    "tab=all&state=withdrawn&channel=call",
)  # fmt: skip
_WORDS = (
    "талон", "врач грубо", "маммограф", "дәрігер кезек", "даригер", "инсулин", "прививка", "refused", "колясканы",
    "химиотерапия стоматолог", "флюорогр",
)  # fmt: skip
_OPENED = 1_000
"""Cards that somebody has opened and that are not forgotten yet: forty a day, for five weeks."""
_PAGE = 30
_DEEP = 1000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description="Measure the desk at a country's size.")
    parser.add_argument("--appeals", type=int, default=1_000_000, help="how many the register holds (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="how often each subject is measured (%(default)s)")
    parser.add_argument("--seconds", type=float, default=3.0, help="how long each time (%(default)s)")
    parser.add_argument("--only", nargs="*", default=[], help="subjects whose names begin so")
    options = parser.parse_args()
    ground.settle(FOLDER)
    os.environ["QORGAU_SECOND_FACTOR"] = "no"  # nobody of the bench has one
    from bench.figures import TWO_INSERTS
    from bench.machine import machine
    from bench.report import table, write

    facts = machine()
    with desk_ground(options.appeals) as database:
        postmaster = database.postmaster()
        assert postmaster is not None
        with subjects(postmaster) as every:
            named = (TWO_INSERTS, *options.only)
            chosen = [one for one in every if not options.only or one.figures.name.startswith(named)]
            _in_rounds(chosen, options.rounds, options.seconds)
    figures = [one.figures for one in chosen]
    write(FOLDER / "last.json", figures, facts, seconds=options.seconds)
    print(f"\n{table(figures, facts)}")


def _in_rounds(chosen: "list[Subject]", rounds: int, seconds: float) -> None:  # noqa: F821 - it reads Django's settings
    for one in chosen:
        one.measure(min(seconds, 1.0))  # a first time, to warm up; not counted
    for number in range(rounds):
        for one in chosen:
            one.figures.rounds.append(one.measure(seconds))
            print(f"round {number + 1}: {one.figures.name}: p95 {one.figures.percentile_ms(0.95):,.0f} ms", flush=True)


@contextmanager
def subjects(postmaster: int) -> "Iterator[list[Subject]]":  # noqa: F821 - it reads Django's settings
    """All subjects, with a web server and people signed in; `postmaster` is the process of the database."""
    from django.urls import reverse

    from bench import bare_wsgi
    from bench.browsers import plain, sendings
    from bench.desk_exports import exports
    from bench.figures import TWO_INSERTS, Figures
    from bench.http_load import load
    from bench.processor import Processor
    from bench.servers import server
    from bench.subjects import Subject
    from qorgau.register.models import Appeal
    from qorgau.workplace.queue import counts as queue_counts

    processor = Processor(postmaster)

    def measured(port: int, asked: list[bytes]):  # type: ignore[no-untyped-def]
        def measure(seconds: float):  # type: ignore[no-untyped-def]
            many = asked * (1 + int(seconds * 3_000) // len(asked))
            return processor.of(lambda: load(port, many, wanted=b"HTTP/1.1 200", clients=_CLIENTS, seconds=seconds))

        return measure

    queue = reverse("desk:queue")
    with ExitStack() as stack:
        hello = stack.enter_context(server("bench.bare_wsgi:hello", first_page="/"))
        bare_wsgi.prepare()
        bare = stack.enter_context(server("bench.bare_wsgi:two_inserts", first_page="/"))
        ours = stack.enter_context(server("qorgau.web:application", first_page="/ru/"))
        people = {kind: _someone_at_the_largest(kind) for kind in _DESKS}
        cookies = {kind: _signed_in(person) for kind, person in people.items()}
        for person in people.values():
            _has_opened(person, _OPENED)

        def pages(kind: str, addresses: list[str]) -> list[bytes]:
            # Browsers with scripts ask for the counts by themselves, when the list stands.
            later = cookies[kind] | {queue_counts.COOKIE: queue_counts.LATER}
            return [_request(ours, address, later) for address in addresses]

        def two_inserts(seconds: float):  # type: ignore[no-untyped-def]
            forms = sendings(ours, number=int(seconds * 4_000))
            return processor.of(lambda: load(bare, forms, wanted=b"HTTP/1.1 302", clients=_CLIENTS, seconds=seconds))

        made = [
            Subject(Figures("hello", "Granian: five letters"), measured(hello, plain(hello))),
            Subject(Figures(TWO_INSERTS, "Granian and psycopg: read the form, two inserts, commit"), two_inserts),
        ]
        for kind in _DESKS:
            name = kind.replace("_", " ")
            first = pages(kind, [f"{queue}?{query}" for query in _FILTERS])
            found = pages(kind, [f"{queue}?{urlencode({'tab': 'all', 'words': words})}" for words in _WORDS])
            made += [
                Subject(Figures(f"queue of {name}", "first page", bare="hello", most_p95_ms=60), measured(ours, first)),
                Subject(Figures(f"words at {name}", "search", bare="hello", most_p95_ms=100), measured(ours, found)),
            ]
        counted = [f"{reverse('desk:queue_counts')}?{query}" for query in _FILTERS]
        made.append(
            Subject(
                Figures("counts", "of a queue, when its list stands", bare="hello", most_p95_ms=80),
                measured(ours, [one for kind in _DESKS for one in pages(kind, counted)]),
            )
        )
        deep = [f"{queue}?tab=all&sort={sort}&after={_place(sort)}" for sort in ("newest", "due", "waiting")]
        made.append(
            Subject(
                Figures("page 1,000", "of the centre", bare="hello", most_p95_ms=60),
                measured(ours, pages("centre", deep)),
            )
        )
        random, last = Random(5), Appeal.objects.latest("pk").pk
        some = Appeal.objects.filter(pk__in=random.sample(range(1, last), 400), sensitive=False)
        cards = pages(
            "centre", [reverse("desk:appeal", args=[number]) for number in some.values_list("number", flat=True)]
        )
        made.append(Subject(Figures("card", "any of the country", bare="hello", most_p95_ms=60), measured(ours, cards)))
        made += [
            Subject(Figures(f"export {format}", what, bare="hello"), measure) for format, what, measure in exports()
        ]
        yield made


def _someone_at_the_largest(kind: str):  # type: ignore[no-untyped-def]
    """Somebody at the desk of this kind that holds most."""
    from django.db.models import Count

    from qorgau.people.models import Staff
    from qorgau.register.models import Appeal

    held = Appeal.objects.filter(holder__kind=kind).values("holder").annotate(rows=Count("pk")).order_by("-rows")
    return Staff.objects.filter(desk_id=held[0]["holder"]).order_by("pk").first()


def _has_opened(person, cards: int) -> None:  # type: ignore[no-untyped-def]
    """Let somebody have opened the latest cards that they may see, so that counting what is unread has work to do."""
    from qorgau.register.scope import appeals_for
    from qorgau.workplace.models import Seen

    latest = appeals_for(person).order_by("-received_at", "-pk").values_list("pk", "version")[:cards]
    Seen.objects.filter(staff=person).delete()
    Seen.objects.bulk_create(Seen(staff=person, appeal_id=key, version=version) for key, version in latest)


def _signed_in(person) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """The cookies of a browser in which this person is signed in and has seen a page."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.middleware.csrf import _get_new_csrf_string

    from qorgau.people.sessions import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    secret = _get_new_csrf_string()  # type: ignore[attr-defined]
    return {settings.SESSION_COOKIE_NAME: str(session.session_key), settings.CSRF_COOKIE_NAME: secret}


def _request(port: int, path: str, cookies: dict[str, str]) -> bytes:
    from bench.browsers import _get

    return _get(port, path, cookies)


def _place(sort: str) -> str:
    """The place before page 1,000 of all appeals in an order."""
    from qorgau.register.models import Appeal
    from qorgau.workplace.queue.places import Sort, in_order, place_of

    order = Sort(sort)
    row = in_order(Appeal.objects.filter(sensitive=False), order, None)[(_DEEP - 1) * _PAGE - 1]
    return place_of(row, order).address()


if __name__ == "__main__":
    main()
