import csv
import getpass
import os
import sys
import time
from argparse import SUPPRESS
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import override

from qorgau.directory.reference import current
from qorgau.insured.cells import month_called
from qorgau.insured.certificate.making import RegisterSilent
from qorgau.insured.certificate.paper import write_certificate
from qorgau.insured.certificate.period import Period, whole_period
from qorgau.insured.loading.crew import Refusal
from qorgau.insured.loading.faults import FileRefused
from qorgau.insured.loading.load import REFUSED_AT_MOST, Order, Progress, load_file
from qorgau.insured.models import Load
from qorgau.insured.population import Population
from qorgau.insured.population_files import write_population
from qorgau.insured.rollback import roll_back
from qorgau.lib.speech import LANGUAGES, say
from qorgau.rules.problems import Problem

_TOLD_AT_ONCE = 20
_SECONDS_BETWEEN_LINES = 10


class Command(BaseCommand):
    help = (
        "The insured register: load a file, roll back, list the loads, make one up, print a certificate. "
        "See docs/insured-register.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--language", choices=LANGUAGES, default="en", help="language of the reasons")
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        load = verbs.add_parser("load", help="load a CSV or Parquet file")
        told: dict[str, Any] = {"choices": LANGUAGES, "default": SUPPRESS, "help": "language of the reasons"}
        load.add_argument("--language", **told)
        load.add_argument("file", type=Path)
        load.add_argument("--delta", action="store_true", help="the file holds only people who changed")
        load.add_argument("--as-of", type=date.fromisoformat, help="the day the data are of, as 2026-11-28 (today)")
        load.add_argument("--by", help="who loads, for the list (the account that runs this)")
        load.add_argument("--report", type=Path, help="write refused lines and reasons to this CSV file")
        load.add_argument(
            "--refused-at-most",
            type=int,
            default=REFUSED_AT_MOST,
            help="more wrong lines refuse the file (%(default)s)",
        )
        load.add_argument("--smaller", action="store_true", help="the whole file may hold far fewer people than before")
        load.add_argument("--older", action="store_true", help="the data may be of an earlier day than the register")
        load.add_argument("--processes", type=int, help="how many check lines at once (one for each core)")
        generate = verbs.add_parser("generate", help="write a synthetic population: nobody in it exists")
        generate.add_argument("file", type=Path, help="CSV, or Parquet when the name ends in .parquet")
        generate.add_argument("--people", type=int, required=True, help="how many, for example 15500000")
        generate.add_argument("--seed", type=int, default=1, help="another seed, other lives (%(default)s)")
        generate.add_argument("--as-of", type=date.fromisoformat, help="the day the data are of (today)")
        rollback = verbs.add_parser("rollback", help="make the register what it was before the last load")
        rollback.add_argument("--language", **told)
        loads = verbs.add_parser("loads", help="who loaded what and when")
        loads.add_argument("--language", **told)
        loads.add_argument("--last", type=int, default=20, help="how many (%(default)s)")
        certificate = verbs.add_parser("certificate", help="write the certificate of a person, to be printed at a desk")
        certificate.add_argument("file", type=Path, help="the PDF to write")
        certificate.add_argument("--iin", help="better left out: it is asked for, or read from the standard input")
        certificate.add_argument("--language", choices=LANGUAGES, required=True, help="language of the certificate")
        certificate.add_argument(
            "--first", type=month_called, help="the first month, as 2026-01 (the earliest there is)"
        )
        certificate.add_argument("--last", type=month_called, help="the last month (the one before this)")

    def handle(self, *args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[..., None]] = {
            "load": self._load,
            "rollback": self._roll_back,
            "loads": self._loads,
            "generate": self._generate,
            "certificate": self._certificate,
        }
        with override(options["language"]):
            try:
                verbs[options["verb"]](**options)
            except FileRefused as refused:
                raise CommandError(say(refused.sentence)) from refused
            except Problem as problem:
                raise CommandError(say(problem.sentence)) from problem

    def _load(self, **options: Any) -> None:
        order = Order(
            path=options["file"],
            delta=options["delta"],
            by=(options["by"] or _account())[:100],
            as_of=_day_of_data(options["as_of"]),
            refused_at_most=options["refused_at_most"],
            may_shrink=options["smaller"],
            may_be_older=options["older"],
            processes=options["processes"],
        )
        began = time.monotonic()
        try:
            with self._report(options["report"]) as refused:
                outcome = load_file(order, refused=refused, progress=_progress(self.stderr))
        except OSError as error:
            raise CommandError(f"{error.filename or options['file']}: {error.strerror}") from error
        if outcome.again:
            self.stdout.write(say(outcome.load.why_refused))
            return
        load = outcome.load
        self.stdout.write(
            f"load {load.pk}: lines {load.read}, taken {load.taken}, refused {load.refused}; "
            f"people before {load.people_before}, now {load.people_after}; {time.monotonic() - began:.1f} s"
        )

    @contextmanager
    def _report(self, path: Path | None) -> Iterator[Callable[[Refusal], None]]:
        """Where refused lines go: the first to the screen, all of them to the report."""
        told = 0
        report = path.open("w", encoding="utf-8-sig", newline="") if path else None
        rows = csv.writer(report) if report else None
        if rows:
            rows.writerow(["line", "reason"])

        def refused(refusal: Refusal) -> None:
            nonlocal told
            told += 1
            if told <= _TOLD_AT_ONCE:
                self.stderr.write(f"line {refusal.line}: {say(refusal.fault.sentence)}")
            if rows:
                rows.writerow([refusal.line, say(refusal.fault.sentence)])

        try:
            yield refused
        except FileRefused as whole:
            if rows:
                rows.writerow(["", say(whole.sentence)])
            raise
        finally:
            if report:
                report.close()
            if told > _TOLD_AT_ONCE:
                self.stderr.write(f"… and {told - _TOLD_AT_ONCE} more; --report FILE writes all of them")

    def _roll_back(self, **options: Any) -> None:
        taken_back = roll_back()
        self.stdout.write(f"load {taken_back.pk} ({taken_back.file_name}) was rolled back")

    def _generate(self, *, file: Path, people: int, seed: int, as_of: date | None, **options: Any) -> None:
        if people < 1:
            raise CommandError("--people: one at least")
        keys = tuple(
            sorted(row.source_key for row in current().organisations.values() if row.holds_on(timezone.localdate()))
        )
        try:
            population = Population(people, as_of or timezone.localdate(), seed, keys)
            written = write_population(file, population, progress=_written(self.stderr, people))
        except ValueError as error:
            raise CommandError(f"--people: {error}") from error
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(f"{written:,} people in {file}, {file.stat().st_size:,} bytes")

    def _loads(self, *, last: int, **options: Any) -> None:
        for load in Load.objects.all()[:last]:
            self.stdout.write(_line(load))

    def _certificate(
        self, *, file: Path, iin: str | None, language: str, first: int | None, last: int | None, **options: Any
    ) -> None:
        whole = whole_period(timezone.localdate())
        period = Period(first or whole.first, last or whole.last)
        try:
            certificate = write_certificate(iin or _typed_iin(), period, language, file)
        except RegisterSilent as silent:
            raise CommandError(f"The register does not answer now: {silent}") from silent
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        if certificate is None:
            raise CommandError("The register does not know this person; no certificate was made.")
        self.stdout.write(f"{certificate.number}  sha256 {bytes(certificate.sha256).hex()}  {file}")


def _typed_iin() -> str:
    """From a terminal without showing it, or the first line of the standard input."""
    return getpass.getpass("IIN: ") if sys.stdin.isatty() else sys.stdin.readline()


def _day_of_data(said: date | None) -> date:
    """The day the data are of. Months after it are still to come, so one in the future would let them pass as paid."""
    today = timezone.localdate()
    if said is not None and said > today:
        raise CommandError(f"--as-of: {said} is still to come; today is {today}")
    return said or today


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in some containers
        return f"account {os.getuid()}"


def _line(load: Load) -> str:
    ended = f"{timezone.localtime(load.ended_at):%H:%M:%S}" if load.ended_at else ""
    line = (
        f"{load.pk}  {timezone.localtime(load.began_at):%Y-%m-%d %H:%M:%S}-{ended}  {load.get_state_display()}  "
        f"{load.kind}  as of {load.as_of}  by {load.by}  {load.file_name}  {load.size} bytes  "
        f"sha256 {bytes(load.sha256).hex() or '-'}  lines {load.read}  taken {load.taken}  refused {load.refused}  "
        f"people {load.people_before} -> {load.people_after}"
    )
    return f"{line}  {say(load.why_refused)}" if load.why_refused else line


def _written(out: Any, people: int) -> Callable[[int], None]:
    """A line now and then."""
    told = time.monotonic()

    def tell(written: int) -> None:
        nonlocal told
        if time.monotonic() - told > _SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            out.write(f"{written / people:4.0%}  {written:,} people")

    return tell


def _progress(out: Any) -> Callable[[Progress], None]:
    """A bar on a terminal, a line now and then elsewhere."""
    began = told = time.monotonic()
    on_terminal = sys.stderr.isatty()

    def tell(progress: Progress) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told < (0.5 if on_terminal else _SECONDS_BETWEEN_LINES):
            return
        told = now
        share = progress.done / max(progress.size, 1)
        left = (now - began) * (1 - share) / max(share, 0.001)
        text = f"{share:4.0%}  {progress.lines:,} lines, {progress.refused:,} refused, about {left:,.0f} s left"
        if on_terminal:
            bar = "#" * round(30 * share)
            out.write(f"\r[{bar:<30}] {text}", ending="")
        else:
            out.write(text)

    return tell
