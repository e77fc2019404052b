from bench.figures import Figures, Round


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
