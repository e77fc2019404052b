import subprocess
import sys

from bench.figures import Figures, Round
from bench.processor import Processor
from bench.report import table


def figures(**more: object) -> Figures:
    slow, quick = Round([0.010] * 10, 1.0), Round([0.002] * 30, 1.0)
    return Figures("ours", "something", rounds=[quick, slow, quick], **more)  # type: ignore[arg-type]


def test_the_rate_is_the_median_of_the_rounds() -> None:
    assert figures().rate == 30


def test_percentiles_are_of_all_answers_together() -> None:
    assert figures().percentile_ms(0.5) == 2
    assert figures().percentile_ms(0.95) == 10


def test_a_subject_stands_beside_its_bare_machine() -> None:
    bare = Figures("bare", "nothing of ours", rounds=[Round([0.001] * 120, 1.0)])
    told = figures(bare="bare", least=25.0).as_json({"bare": bare})
    assert told["share_of_bare"] == 0.25
    assert (told["median_rate"], told["least_rate"], told["most_rate"]) == (30, 10, 30)
    assert told["answers"] == 70


def test_an_answer_after_which_nothing_was_kept_is_an_error() -> None:
    measured = Round([0.001] * 5, 1.0)
    assert measured.with_lost(0).errors == ()
    assert measured.with_lost(2).errors == ["2 good answers were not kept"]


def test_an_answer_costs_what_the_middle_round_says() -> None:
    rounds = [Round([0.001] * 10, 1.0, program=0.010 * times, database=0.020) for times in (1, 2, 9)]
    assert Figures("ours", "something", rounds=rounds).processor_ms() == (2.0, 2.0)


def test_the_table_tells_the_share_beside_the_share_that_the_goal_is() -> None:
    two = Figures("two inserts", "bare", rounds=[Round([0.001] * 100, 1.0)])
    ours = Figures("ours", "something", least=580, rounds=[Round([0.001] * 19, 1.0)])
    machine = {"processor": "any", "cores": 2, "memory_gb": 8, "python": "3.11", "load_before": 0.0}
    assert "19% of two inserts, 20% NO" in table([two, ours], machine)
    ours.rounds = [Round([0.001] * 20, 1.0)]
    assert "20% of two inserts, 20% yes" in table([two, ours], machine)
    assert "two inserts were not measured" in table([ours], machine)


def test_slow_answers_are_told_as_they_would_be_where_the_goals_were_set() -> None:
    half_as_quick = Figures("two inserts", "bare", rounds=[Round([0.001] * 1_450, 1.0)])
    ours = Figures("ours", "something", most_p95_ms=30, rounds=[Round([0.060] * 20, 1.0)])
    machine = {"processor": "any", "cores": 2, "memory_gb": 8, "python": "3.11", "load_before": 0.0}
    assert "p95 as of 30 ms, 30 yes" in table([half_as_quick, ours], machine)
    ours.rounds = [Round([0.070] * 20, 1.0)]
    assert "p95 as of 35 ms, 30 NO" in table([half_as_quick, ours], machine)


def test_processor_time_is_that_of_the_children_and_of_the_database_apart() -> None:
    busy = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass\nprint(); input()"
    idle = "print(); input()"
    database, program = (
        subprocess.Popen([sys.executable, "-c", work], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for work in (busy, idle)
    )
    with database, program:
        for one in (database, program):
            assert one.stdout
            one.stdout.readline()
        processor = Processor(postmaster=database.pid)
        assert processor.database() >= 0.2
        assert processor.program() < 0.2
        for one in (database, program):
            one.communicate(b"\n")
