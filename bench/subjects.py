"""What is measured: each subject with its figures to reach and the bare subject it stands beside."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db.models import F

from bench import bare, bare_wsgi, browsers
from bench.crew import Crew
from bench.figures import TWO_INSERTS, Figures, Round
from bench.http_load import load
from bench.processor import Processor
from bench.servers import server
from qorgau.register.models import Appeal

CLIENTS = 8
_APPEALS_FOLLOWED = 300
_APPEALS_NEVER_SEEN = 2_500
_MOST_SENDINGS_A_SECOND = 3_000


@dataclass(slots=True)
class Subject:
    """Figures, and how one round of them is measured; `seconds` is how long it should last."""

    figures: Figures
    measure: Callable[[float], Round]


@contextmanager
def subjects(postmaster: int) -> Iterator[list[Subject]]:
    """All subjects, their servers and processes up and warm; `postmaster` is the process of the database."""
    bare.prepare()
    bare_wsgi.prepare()
    with ExitStack() as open_until_the_end:
        processor = Processor(postmaster)
        yield [*_web(open_until_the_end, processor), *_in_process(open_until_the_end, processor)]


def _web(stack: ExitStack, processor: Processor) -> Iterator[Subject]:
    ours = stack.enter_context(server("qorgau.web:application", first_page="/ru/"))
    hello = stack.enter_context(server("bench.bare_wsgi:hello", first_page="/"))
    two = stack.enter_context(server("bench.bare_wsgi:two_inserts", first_page="/"))

    def asked_at(port: int, requests: list[bytes], wanted: bytes, seconds: float) -> Round:
        return processor.of(lambda: load(port, requests, wanted=wanted, clients=CLIENTS, seconds=seconds))

    def pages(port: int, asked: list[bytes]) -> Callable[[float], Round]:
        def measure(seconds: float) -> Round:
            many = asked * (1 + int(seconds * 30_000) // len(asked))
            return asked_at(port, many, b"HTTP/1.1 200", seconds)

        return measure

    def sendings(port: int, *, kept: Callable[[], int]) -> Callable[[float], Round]:
        def measure(seconds: float) -> Round:
            # Tokens and cookies come from our pages, for the bare server too: it reads the very same form.
            made = browsers.sendings(ours, number=int(seconds * _MOST_SENDINGS_A_SECOND))
            before = kept()
            measured = asked_at(port, made, b"HTTP/1.1 302", seconds)
            return measured.with_lost(len(measured.took) - (kept() - before))

        return measure

    def never_seen(port: int) -> Callable[[float], Round]:
        def measure(seconds: float) -> Round:
            appeals = list(Appeal.objects.order_by("?")[:_APPEALS_NEVER_SEEN])
            asked = browsers.tracking_pages(port, appeals)
            # No page of theirs that was kept holds any longer.
            Appeal.objects.filter(pk__in=[appeal.pk for appeal in appeals]).update(version=F("version") + 1)
            return asked_at(port, asked, b"HTTP/1.1 200", seconds)

        return measure

    yield Subject(Figures("hello", "Granian: five letters"), pages(hello, browsers.plain(hello)))
    yield Subject(
        Figures(TWO_INSERTS, "Granian and psycopg: read the form, two inserts, commit"),
        sendings(two, kept=bare_wsgi.kept),
    )
    yield Subject(
        Figures("intake", "last step of the complaint form", bare=TWO_INSERTS, least=600, most_p95_ms=30),
        sendings(ours, kept=Appeal.objects.count),
    )
    yield Subject(
        Figures("tracking", f"page of an appeal; {_APPEALS_FOLLOWED} are followed", bare="hello", least=900),
        pages(ours, browsers.tracking_pages(ours, Appeal.objects.order_by("?")[:_APPEALS_FOLLOWED])),
    )
    yield Subject(
        Figures("first opening", "page of an appeal that nobody has opened since it changed", bare="hello"),
        never_seen(ours),
    )
    yield Subject(
        Figures("home", "front page in three languages", bare="hello", least=2_000),
        pages(ours, browsers.home_pages(ours)),
    )


def _in_process(stack: ExitStack, processor: Processor) -> Iterator[Subject]:
    def crew(maker: str, processes: int, threads: int) -> Callable[[float], Round]:
        people = stack.enter_context(Crew(maker, processes=processes, threads=threads))
        return lambda seconds: processor.of(lambda: people.round(seconds))

    yield Subject(
        Figures("insert", "psycopg: one row, commit; 2 processes × 4 threads"), crew("bench.bare:insert", 2, 4)
    )
    yield Subject(
        Figures("select", "psycopg: one row by its key; 2 processes × 4 threads"), crew("bench.bare:select", 2, 4)
    )
    for processes, threads in ((1, 1), (1, 4), (2, 1), (2, 4)):
        yield Subject(
            Figures(
                f"submit {processes}×{threads}",
                f"submit() in process; {processes} × {threads} (processes × threads)",
                bare="insert",
                least=1_500 if (processes, threads) == (2, 4) else 0,
            ),
            crew("bench.in_process:submitting", processes, threads),
        )
    yield Subject(
        Figures("search", "an organisation among 10,000, as typed; one thread", most_p95_ms=20),
        crew("bench.in_process:searching", 1, 1),
    )
