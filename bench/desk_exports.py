"""A large table of appeals, made as the worker makes it, in a process of its own: rows, time, and memory at most."""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figures import Round

_ROWS = 100_000


def exports() -> Iterator[tuple[str, str, Callable[[float], Round]]]:
    """Each format, what it is, and how one table of it is made; `seconds` is not asked: a table takes what it takes."""
    for format in ("csv-semicolon", "xlsx"):
        yield format, f"a table of about {_ROWS:,} rows, by the worker", _measure_of(format)


def _measure_of(format: str) -> Callable[[float], Round]:
    def measure(seconds: float) -> Round:
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "bench.desk_exports", format], capture_output=True, text=True, check=False
        )
        print(done.stdout.strip(), flush=True)
        took = time.perf_counter() - began
        return Round([took], took, [] if done.returncode == 0 else [done.stderr[-300:]])

    return measure


def _main(format: str) -> None:
    """Make one table in this process and tell what it took."""
    import django

    django.setup()
    from django.utils import timezone

    from qorgau.people.models import Staff
    from qorgau.workplace.export import making
    from qorgau.workplace.models import Export

    staff = Staff.objects.filter(desk__kind="centre").order_by("pk")[0]
    line = Export.objects.create(
        staff=staff,
        asked_at=timezone.now(),
        query=_query(),
        language="ru",
        format=format,
        purpose="report",
        rows=0,
        state=Export.WAITING,
    )
    before, began = _most_memory_mb(), time.process_time()
    making.make_in_background(line.pk)
    spent, most = time.process_time() - began, _most_memory_mb()
    line.refresh_from_db()
    print(
        f"{line.rows:,} rows as {format}: {spent:.1f} s of the worker's processor, {(line.size or 0) / 2**20:,.0f} MB "
        f"of file, {most} MB of memory at most ({before} before)"
    )
    line.forget()


def _most_memory_mb() -> int:
    """What this process took at most; `getrusage` would count what the one that started it took, too."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def _query() -> str:
    """A view of the centre of about so many appeals: regions, the largest that fit first."""
    from django.db.models import Count

    from qorgau.register.models import Appeal

    left, chosen = _ROWS, "tab=all"
    regions = Appeal.objects.filter(sensitive=False, region__isnull=False).values_list("region__kato")
    for kato, rows in regions.annotate(rows=Count("pk")).order_by("-rows"):
        if rows <= left:
            left, chosen = left - rows, f"{chosen}&region={kato}"
    return chosen


if __name__ == "__main__":
    _main(sys.argv[1])
