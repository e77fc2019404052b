import pytest

from qorgau.lib.row_ids import row_id


@pytest.mark.parametrize("text", ["", "-1", "²", "٣", "1e9", "\x00", "9" * 19, "9" * 5000])
def test_what_can_be_no_id_is_none(text: str) -> None:
    assert row_id(text) is None


def test_an_id_is_read() -> None:
    assert row_id("42") == 42
