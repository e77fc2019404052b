"""Reading settings from the environment, with a hint when a value cannot be used."""

from pathlib import Path

import pytest

from qorgau.lib import environment as env


def test_what_is_not_set_has_its_default() -> None:
    assert env.text("THING", "quiet") == "quiet"
    assert env.number("THING", 3) == 3
    assert env.yes("THING", True) is True
    assert env.names("THING", "a, b") == ["a", "b"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", True), ("Yes", True), (" on ", True), ("TRUE", True), ("0", False), ("no", False), ("Off", False)],
)
def test_yes_and_no_are_understood_as_people_write_them(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: bool
) -> None:
    monkeypatch.setenv("THING", written)
    assert env.yes("THING", not meant) is meant


def test_a_secret_may_lie_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s3cret\n")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    assert env.text("THING") == "s3cret"


def test_a_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING_FILE", "/nowhere/secret")
    with pytest.raises(env.WrongSetting, match=r"THING_FILE points to /nowhere/secret, which cannot be read \(No such"):
        env.text("THING")


def test_a_number_that_is_none_gets_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "many")
    with pytest.raises(env.WrongSetting) as refusal:
        env.number("THING", 20)
    assert str(refusal.value) == "THING='many': a whole number is expected, for example THING=20."


def test_neither_yes_nor_no_gets_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("THING", "perhaps")
    with pytest.raises(env.WrongSetting) as refusal:
        env.yes("THING", False)
    assert str(refusal.value) == "THING='perhaps': yes or no is expected, for example THING=yes."
