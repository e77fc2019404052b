"""`python -m bench`: measure everything in short rounds, one subject after the other, several times over."""

import argparse

from bench import ground

_QUICK = (1, 0.5)
"""Rounds and seconds to see that everything runs."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="Measure Qorgau beside the bare machine.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each subject is measured (%(default)s)")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each time (%(default)s)")
    parser.add_argument("--only", nargs="*", default=[], help="subjects whose names begin so")
    parser.add_argument("--quick", action="store_true", help="one short round, to see that everything runs")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = _QUICK
    ground.settle()
    _measure(options.rounds, options.seconds, tuple(options.only))


def _measure(rounds: int, seconds: float, only: tuple[str, ...]) -> None:
    from bench.machine import machine
    from bench.report import table, write

    facts = machine()
    with ground.ground() as database:
        from bench.subjects import subjects  # reads Django's settings

        print("Starting servers and processes ...")
        postmaster = database.postmaster()
        assert postmaster is not None
        with subjects(postmaster) as every:
            chosen = [one for one in every if not only or one.figures.name.startswith(only)]
            for one in chosen:
                one.measure(min(seconds, 1.0))  # a first time, to warm up; not counted
            for number in range(rounds):
                for one in chosen:
                    one.figures.rounds.append(one.measure(seconds))
                    print(f"round {number + 1} of {rounds}: {one.figures.name}: {one.figures.rounds[-1].rate:,.0f}/s")
    figures = [one.figures for one in chosen]
    last = ground.FOLDER / "last.json"
    write(last, figures, facts, seconds=seconds)
    print(f"\n{table(figures, facts)}\n\nAll figures: {last}")


if __name__ == "__main__":
    main()
