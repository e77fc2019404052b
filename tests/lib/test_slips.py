import pytest

from qorgau.lib.slips import most_slips, slips_between


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("кордай", "кордай", 0), ("кордай", "кордой", 1), ("кордай", "корда", 1), ("кордай", "коордай", 1),
        ("кордай", "кордйа", 1), ("поликлиник", "паликленик", 2), ("шипа", "", 4), ("", "", 0),
    ],
)  # fmt: skip
def test_slips_are_letters_wrong_missing_too_many_or_swapped(one: str, other: str, slips: int) -> None:
    assert slips_between(one, other, most=4) == slips
    assert slips_between(other, one, most=4) == slips


def test_counting_stops_above_the_most_that_matters() -> None:
    assert slips_between("аурухана", "поликлиник", most=2) == 3
    assert slips_between("ал", "алматы", most=2) == 3


def test_longer_words_may_have_more_slips() -> None:
    assert [most_slips(word) for word in ("шипа", "кордай", "поликлиник")] == [1, 2, 3]
