"""The list of slow tests names files that are there."""

from tests.slow import FILES, HERE


def test_every_file_named_as_slow_is_there() -> None:
    assert [file for file in FILES if not (HERE / file).exists()] == []


def test_the_list_is_in_order() -> None:
    assert list(FILES) == sorted(set(FILES))
