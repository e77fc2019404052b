"""`python -m bench.insured_warnings`: a round over 100,000 subscriptions, beside reading the same people and no more.

On a fresh database of default durability: a synthetic register, a subscription for each of its people, and one round
on an ordinary day. Beside it stands the bare part of it: the same lots read from the register, with the same lines in
the journal, judged by nobody and told to nobody.
"""

import argparse
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from shutil import rmtree
from uuid import UUID

import psutil

from bench import ground

FOLDER = ground.FOLDER / "warnings"
AT = datetime(2026, 11, 28, 7, 0, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.insured_warnings", description="Measure a round of warnings."
    )
    parser.add_argument("--people", type=int, default=100_000, help="how many are subscribed to (%(default)s)")
    people = parser.parse_args().people
    ground.settle(FOLDER)
    os.environ["QORGAU_LOG_LEVEL"] = "ERROR"
    from bench.machine import machine
    from qorgau.lib.embedded_postgres import EmbeddedPostgres

    facts = machine()
    rmtree(FOLDER / "db", ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    database = EmbeddedPostgres(FOLDER / "db", database="qorgau")
    database.join()
    try:
        import django

        django.setup()
        _tell(people, facts["load_before"])
    finally:
        database.leave()


def _tell(people: int, load_before: object) -> None:
    from qorgau.insured.models import LookUp
    from qorgau.notices.models import Notice
    from qorgau.notices.warnings.round import go_round
    from qorgau.preparation import prepare

    prepare(demo=False, say=lambda text: None)
    hashes = _fill(people)
    bare = _took(lambda: _read_only(hashes))
    go_round(AT - timedelta(days=1))
    before, told = LookUp.objects.count(), Notice.objects.count()
    whole = _took(lambda: go_round(AT))
    again = _took(lambda: go_round(AT))
    assert LookUp.objects.count() - before == people, "everybody is looked at, once"
    print(f"{people:,} subscriptions, load before {load_before}; told {Notice.objects.count() - told:,}")
    print(f"bare reading and journal: {bare[0]:.2f} s, processor {bare[1]:.2f} s")
    print(f"a round: {whole[0]:.2f} s, processor {whole[1]:.2f} s; {whole[0] / bare[0]:.1f} times the bare reading")
    print(f"a round that was made already: {again[0] * 1000:.1f} ms")


def _fill(people: int) -> list[UUID]:
    """Load a register and subscribe to everybody in it."""
    from qorgau.insured.loading.load import Order, load_file
    from qorgau.insured.person_key import person_key
    from qorgau.insured.population import Population
    from qorgau.insured.population_files import write_population
    from qorgau.insured.warnings.addresses import address_hash
    from qorgau.insured.warnings.models import Subscription
    from qorgau.lib.sealed import seal

    path = FOLDER / f"people-{people}.csv"
    if not path.exists():
        write_population(path, Population(people, AT.date(), 1))
    load_file(Order(path=path, by="bench", as_of=AT.date()))
    with path.open() as file:
        next(file)
        hashes = [person_key(line[:12]) for line in file]
    Subscription.objects.bulk_create(
        (
            Subscription(
                person=person,
                channel="sms",
                address_sealed=seal(address := f"+7701{number:07}"),
                address_hash=address_hash("sms", address),
                language="kk",
                consent_version="2026-1",
                confirmed_at=AT,
            )
            for number, person in enumerate(hashes)
        ),
        batch_size=5_000,
    )
    return hashes


def _read_only(hashes: list[UUID]) -> None:
    from qorgau.notices.warnings.register import ask
    from qorgau.notices.warnings.round import LOT

    for first in range(0, len(hashes), LOT):
        ask(hashes[first : first + LOT])


def _took(do: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock, and of the processors: ours and the database's."""
    worked, began = _processor_seconds(), time.perf_counter()
    do()
    return time.perf_counter() - began, _processor_seconds() - worked


def _processor_seconds() -> float:
    database = psutil.Process(int((FOLDER / "db" / "postmaster.pid").read_text().split()[0]))
    return sum(sum(one.cpu_times()[:2]) for one in (psutil.Process(), database, *database.children()))


if __name__ == "__main__":
    main()
