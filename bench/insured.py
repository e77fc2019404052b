"""`python -m bench.insured`: the insured register at the size of a country, beside the bare machine.

A synthetic population is generated once and kept under var/bench/insured. Then, on a fresh database of default
durability: what hashing and COPY take by themselves; the load from CSV end to end, while somebody looks people up all
the time; a delta; single look-ups beside a bare point read of Django, in the process
and over HTTP; verdicts in the process alone.
"""

import argparse
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

import psutil

from bench import ground
from bench.insured_http import CLIENTS, measure

FOLDER = ground.FOLDER / "insured"
AS_OF = date(2026, 11, 28)
_COUNTRY = 15_500_000
_ASKED = 2_000
_PORTION = 50_000
_SECONDS_BETWEEN_LOOK_UPS = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.insured", description="Measure the insured register.")
    parser.add_argument("--people", type=int, default=1_000_000, help="how many the register holds (%(default)s)")
    parser.add_argument("--delta", type=int, default=200_000, help="how many a delta changes (%(default)s)")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long look-ups are measured (%(default)s)")
    options = parser.parse_args()
    ground.settle(FOLDER)
    os.environ |= {
        "QORGAU_LOG_LEVEL": "ERROR",
        # All clients come from one address, and eight browsers ask what thousands would.
        "QORGAU_LOOKUPS_PER_ADDRESS": "0",
        "QORGAU_LOOKUPS_PER_DEVICE": "100000000",
        "QORGAU_LOOKUPS_PER_IIN": "100000",
    }
    from bench.machine import machine
    from bench.two_inserts import two_inserts_a_second

    facts = machine()
    with ground.fresh_database(FOLDER):
        figures = {"two_inserts": two_inserts_a_second()} | _measured(
            options.people, min(options.delta, options.people), options.seconds
        )
    (FOLDER / "last.json").write_text(
        json.dumps({"machine": facts, "people": options.people} | figures, indent=2) + "\n"
    )
    _tell(figures, options.people, facts)


def _measured(people: int, delta: int, seconds: float) -> dict[str, float]:
    whole, changed = _file("whole", people, seed=1), _file("delta", delta, seed=2)
    before = _beginning(whole, max(people // 20, min(_ASKED, people // 2)))
    found = _bare(people)
    _load(before)
    known = _identity_numbers(before)
    with _somebody_asking(known) as times:
        worked = _processor_seconds()
        found["load"] = _load(whole, may_shrink=True)
        found["load_processor"] = _processor_seconds() - worked
    found["memory_mb"] = _most_memory() / 1e6
    found |= {
        "asked_during_load": len(times),
        "p50_during_load_ms": _share(times, 0.5),
        "p99_during_load_ms": _share(times, 0.99),
    }
    found["max_during_load_ms"] = _share(times, 1.0)
    found["bytes_on_disk"] = _scalar("SELECT pg_total_relation_size('insured_person')")
    found["delta_people"] = delta
    worked = _processor_seconds()
    found["delta"] = _load(changed, delta=True)
    found["delta_processor"] = _processor_seconds() - worked
    found |= _asking(_identity_numbers(whole), seconds) | _judging(seconds)
    return found | measure(_identity_numbers(whole), seconds)


# --- Ground ----------------------------------------------------------------------------------------------------------


def _file(name: str, people: int, *, seed: int) -> Path:
    """A generated population, kept for the next time."""
    from qorgau.insured.population import Population
    from qorgau.insured.population_files import write_population

    path = FOLDER / f"{name}-{people}-{seed}.csv"
    if not path.exists():
        print(f"generating {people:,} people ...", flush=True)
        write_population(path, Population(people, AS_OF, seed))
    return path


def _beginning(whole: Path, people: int) -> Path:
    """The first lines of a file, as a register to begin with: everybody in it is in the whole file too."""
    path = whole.with_name("before.csv")
    with whole.open() as lines, path.open("w") as file:
        file.writelines(islice(lines, people + 1))
    return path


def _load(path: Path, **how: Any) -> float:
    from qorgau.insured.loading.load import Order, load_file

    began = time.monotonic()
    outcome = load_file(Order(path=path, by="bench", as_of=AS_OF, **how))
    took = time.monotonic() - began
    assert outcome.load.refused == 0 and not outcome.again, "every line of a generated file is taken"
    return took


def _identity_numbers(path: Path) -> list[str]:
    """People from everywhere in a file, so that few pages of the table are read twice."""
    size = path.stat().st_size
    numbers = []
    with path.open("rb") as file:
        for part in range(_ASKED):
            file.seek(size * part // _ASKED)
            file.readline()  # the rest of a line, or the head
            if line := file.readline():
                numbers.append(line[:12].decode())
    return numbers


def _processor_seconds() -> float:
    """Of this process, of those it started and that have ended, and of the whole database."""
    ours = psutil.Process()
    database = psutil.Process(int((FOLDER / "db" / "postmaster.pid").read_text().split()[0]))
    return sum(sum(one.cpu_times()[:4]) for one in (ours, database)) + sum(
        sum(one.cpu_times()[:2]) for one in database.children()
    )


def _most_memory() -> float:
    """The most memory, in bytes, that this process held at a time, and the largest of those that checked lines."""
    return 1024.0 * sum(getrusage(who).ru_maxrss for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def _scalar(statement: str) -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return float(cursor.fetchone()[0])


# --- The bare machine ------------------------------------------------------------------------------------------------


def _bare(people: int) -> dict[str, float]:
    """What hashing takes on one core, and COPY of rows of 24 bytes with a unique index, in portions."""
    from hashlib import blake2b

    import psycopg
    from django.conf import settings

    hashing = copying = 0.0
    with psycopg.connect(settings.DATABASE_URL) as connection:
        connection.execute("CREATE TABLE bench_bare (person uuid NOT NULL, paid bigint NOT NULL)")
        with connection.cursor().copy("COPY bench_bare FROM STDIN (FORMAT binary, FREEZE)") as copy:
            copy.write(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for first in range(0, people, _PORTION):
                numbers = os.urandom(12 * min(_PORTION, people - first))
                began = time.monotonic()
                hashes = [
                    blake2b(numbers[at : at + 12], key=b"k" * 32, digest_size=16).digest()
                    for at in range(0, len(numbers), 12)
                ]
                hashing += time.monotonic() - began
                rows = b"".join(b"\0\2\0\0\0\20" + one + b"\0\0\0\10" + bytes(8) for one in hashes)
                began = time.monotonic()
                copy.write(rows)
                copying += time.monotonic() - began
            began = time.monotonic()
            copy.write(b"\xff\xff")
        connection.execute("CREATE UNIQUE INDEX ON bench_bare (person)")
        connection.commit()
        copying += time.monotonic() - began
        connection.execute("DROP TABLE bench_bare")
    return {"bare_hashing": hashing, "bare_copy": copying}


# --- Looking people up -----------------------------------------------------------------------------------------------


@contextmanager
def _somebody_asking(iins: list[str]) -> Iterator[list[float]]:
    """Another process looks people up, a hundred a second, until the end; the times it took, in seconds."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    asker = context.Process(target=_ask_on, args=(theirs, iins), daemon=True)
    asker.start()
    theirs.close()  # theirs alone from now on, so that we hear when they are gone
    times: list[float] = []
    try:
        ours.recv()
        yield times
        ours.send("stop")
        times += ours.recv()
    except (EOFError, BrokenPipeError) as gone:
        raise RuntimeError("whoever looked people up has ended too early; why stands above") from gone
    finally:
        asker.terminate()
        asker.join()


def _ask_on(pipe: Any, iins: list[str]) -> None:
    ask = _asker()
    ask(iins[0])
    pipe.send("ready")
    times = []
    while not pipe.poll(_SECONDS_BETWEEN_LOOK_UPS):
        iin = iins[len(times) % len(iins)]
        began = time.perf_counter()
        ask(iin)
        times.append(time.perf_counter() - began)
    pipe.send(times)


def _asker() -> Callable[[str], object]:
    import django

    django.setup()
    from qorgau.insured.answers import Insured
    from qorgau.insured.lookup import Purpose, look_up

    def ask(iin: str) -> object:
        answer = look_up(iin, purpose=Purpose.CARE, who="bench")
        assert isinstance(answer, Insured)
        return answer

    return ask


def _asking(iins: list[str], seconds: float) -> dict[str, float]:
    """Look-ups with their verdict a second, and bare point reads of Django by the same key, taking turns."""
    from django.db import models

    from qorgau.insured.person_key import person_key
    from qorgau.insured.verdicts import verdict

    class Bare(models.Model):
        person = models.UUIDField(primary_key=True)
        paid = models.BinaryField()

        class Meta:
            app_label = "insured"
            db_table = "insured_person"
            managed = False

    ask = _asker()
    keys = [person_key(iin) for iin in iins]
    look_ups: list[float] = []
    reads: list[float] = []
    both: list[float] = []
    for _ in range(5):
        look_ups.append(_rate(lambda at: ask(iins[at]), len(iins), seconds / 5))
        both.append(_rate(lambda at: verdict(ask(iins[at]), AS_OF), len(iins), seconds / 5))  # type: ignore[arg-type]
        reads.append(_rate(lambda at: Bare.objects.get(person=keys[at]), len(iins), seconds / 5))
    middle = len(reads) // 2
    return {
        "look_ups": sorted(look_ups)[middle],
        "look_ups_with_verdict": sorted(both)[middle],
        "bare_reads": sorted(reads)[middle],
    }


def _judging(seconds: float) -> dict[str, float]:
    """Verdicts a second of the processor's time, from facts and from rows as they come from the register."""
    from django.db import connection

    from qorgau.directory.reference import current
    from qorgau.insured.record import unpack
    from qorgau.rules.insured_status import rules_in_force, status_in
    from qorgau.rules.months import first_day, month_of

    with connection.cursor() as cursor:
        cursor.execute("SELECT paid, last_months, categories, ahead, temporary FROM insured_person LIMIT 2000")
        rows = cursor.fetchall()
    month = month_of(AS_OF)
    rules = rules_in_force(current().status_rules, first_day(month))
    facts = [unpack(*row).facts(rules, month) for row in rows]
    return {
        "verdicts": _rate(lambda at: status_in(month, facts[at], rules), len(facts), seconds / 2, time.process_time),
        "verdicts_from_records": _rate(
            lambda at: status_in(month, unpack(*rows[at]).facts(rules, month), rules),
            len(rows),
            seconds / 2,
            time.process_time,
        ),
    }


def _rate(
    do: Callable[[int], object], different: int, seconds: float, clock: Callable[[], float] = time.perf_counter
) -> float:
    done, began = 0, clock()
    while (now := clock()) - began < seconds:
        for _ in range(50):
            do(done % different)
            done += 1
    return done / (now - began)


# --- What came of it -------------------------------------------------------------------------------------------------


def _share(times: list[float], share: float) -> float:
    """The time in milliseconds that this share did not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0


def _tell(found: dict[str, float], people: int, facts: dict[str, Any]) -> None:
    from bench.two_inserts import in_proportion

    two = found["two_inserts"]
    scale = _COUNTRY / people
    bare = found["bare_hashing"] + found["bare_copy"]
    lines = [
        f"{people:,} people; {facts['cores']} cores, load before {facts['load_before']}",
        f"two inserts: {two:,.0f} a second; in proportion to the machine is where they are 2,900",
        f"bare: hashing {found['bare_hashing']:.1f} s on one core, COPY and index {found['bare_copy']:.1f} s",
        f"load from CSV: {found['load']:.1f} s, {found['load'] / bare:.1f} times the bare two;"
        f" for {_COUNTRY:,} people in proportion {found['load'] * scale:,.0f} s (to reach: 150 s)",
        f"processor time of the load: {found['load_processor']:.1f} s; in proportion "
        f"{found['load_processor'] * scale / 2:,.0f} s on two cores with nothing else to do; "
        f"memory of the leading and of the largest checking process: {found['memory_mb']:,.0f} MB",
        f"on disk: {found['bytes_on_disk'] / people:.0f} bytes a person; in proportion "
        f"{found['bytes_on_disk'] * scale / 1e9:.2f} GB (to reach: 3 GB)",
        f"look-ups during the load: {found['asked_during_load']:,.0f}, p50 {found['p50_during_load_ms']:.1f} ms, "
        f"p99 {found['p99_during_load_ms']:.1f} ms, longest {found['max_during_load_ms']:.0f} ms (to reach: p99 20 ms)",
        f"delta of {found['delta_people']:,.0f} people: {found['delta']:.1f} s, "
        f"processor {found['delta_processor']:.1f} s; "
        f"in proportion to the machine {found['delta'] / in_proportion(1, two):.1f} s (to reach: 10 s)",
        f"look-ups, one after another: {found['look_ups']:,.0f}/s, "
        f"with the verdict {found['look_ups_with_verdict']:,.0f}/s; "
        f"bare point reads of Django {found['bare_reads']:,.0f}/s; "
        f"ratio {found['look_ups_with_verdict'] / found['bare_reads']:.2f} (to reach: 0.7)",
        f"over HTTP, {CLIENTS} clients: POST /api/status {found['http_json']:,.0f}/s, "
        f"in proportion {in_proportion(found['http_json'], two):,.0f}/s (to reach: 2,500/s), "
        f"by FHIR {found['http_fhir']:,.0f}/s; bare point reads of Django {found['http_bare']:,.0f}/s; "
        f"ratio {found['http_json'] / found['http_bare']:.2f} (to reach: 0.7)",
        f"the answer on the public site: {found['http_portal']:,.0f}/s, "
        f"in proportion {in_proportion(found['http_portal'], two):,.0f}/s (to reach: 500/s), "
        f"{found['http_portal'] / found['http_bare']:.2f} of the bare read",
        f"verdicts in the process, a second of its time: {found['verdicts']:,.0f}, each from a row that is unpacked "
        f"{found['verdicts_from_records']:,.0f}/s (to reach: 100,000/s)",
    ]
    print("\n".join(lines))


if __name__ == "__main__":
    main()
