"""Names that tell nothing and that only we see through."""

import pytest

from qorgau.lib.disguise import NotDisguised, disguise, see_through


def test_a_name_is_always_the_same_and_leads_back() -> None:
    name = disguise("tests", b"12345", owner="one")

    assert name == disguise("tests", b"12345", owner="one")
    assert len(name) == 5 + 16
    assert b"12345" not in name
    assert see_through("tests", name, owner="one") == b"12345"


def test_each_owner_and_each_purpose_has_names_of_its_own() -> None:
    names = {disguise(purpose, b"12345", owner=owner) for purpose in ("a", "b") for owner in ("one", "two")}

    assert len(names) == 4


@pytest.mark.parametrize("name", [b"", b"short", bytes(21)])
def test_what_is_no_name_is_said_to_be_none(name: bytes) -> None:
    with pytest.raises(NotDisguised):
        see_through("tests", name, owner="one")


def test_a_name_of_another_owner_is_none() -> None:
    with pytest.raises(NotDisguised):
        see_through("tests", disguise("tests", b"12345", owner="one"), owner="two")
