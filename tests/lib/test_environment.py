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


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("0", "THING='0': 1 or more is expected, for example THING=25."),
        ("-5", "THING='-5': 1 or more is expected, for example THING=25."),
        ("65536", "THING='65536': 65535 or less is expected, for example THING=25."),
    ],
)
def test_a_number_out_of_its_limits_is_told_them(monkeypatch: pytest.MonkeyPatch, written: str, says: str) -> None:
    monkeypatch.setenv("THING", written)
    with pytest.raises(env.WrongSetting) as refusal:
        env.number("THING", 25, least=1, most=65535)
    assert str(refusal.value) == says


@pytest.mark.parametrize("written", ["1", "65535"])
def test_the_limits_themselves_are_within(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("THING", written)
    assert env.number("THING", 25, least=1, most=65535) == int(written)


def test_one_of_several_words_may_be_written_small(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.word("THING", "ERROR", among=("INFO", "ERROR")) == "ERROR"
    monkeypatch.setenv("THING", "info")
    assert env.word("THING", "ERROR", among=("INFO", "ERROR")) == "INFO"
    monkeypatch.setenv("THING", "loud")
    with pytest.raises(env.WrongSetting) as refusal:
        env.word("THING", "ERROR", among=("INFO", "ERROR"))
    assert str(refusal.value) == "THING='LOUD': one of INFO, ERROR is expected."


@pytest.mark.parametrize("written", ["Asia/Nowhere", "../etc/passwd", "/etc/passwd", "Asia"])
def test_a_zone_that_is_none_gets_an_example(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    assert env.time_zone("THING", "Asia/Almaty") == "Asia/Almaty"
    monkeypatch.setenv("THING", written)
    with pytest.raises(env.WrongSetting) as refusal:
        env.time_zone("THING", "Asia/Almaty")
    assert str(refusal.value) == f"THING={written!r}: a time zone is expected, for example THING=Asia/Almaty."


def test_a_file_that_is_no_text_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("THING_FILE", str(tmp_path / "secret"))
    with pytest.raises(env.WrongSetting, match=r"THING_FILE points to .*/secret, which is not text in UTF-8\."):
        env.text("THING")
