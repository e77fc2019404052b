"""The folder of an installation's data, its own database, and the keys of a demo."""

import base64
import os
from pathlib import Path

import pytest

from qorgau import __version__, installation
from qorgau.__main__ import main
from qorgau.lib.environment import WrongSetting


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing is set but the folder; what is set meanwhile goes away afterwards."""
    monkeypatch.setattr(os, "environ", {"QORGAU_VAR": str(tmp_path / "var")})


def test_without_a_database_of_ones_own_the_embedded_one_is_used(tmp_path: Path) -> None:
    database = installation.own_database()
    assert database is not None
    assert database.data == tmp_path / "var" / "db"


def test_database_url_switches_the_embedded_one_off() -> None:
    os.environ["DATABASE_URL"] = "postgresql://db.example.kz/qorgau"
    assert installation.own_database() is None


def test_a_demo_makes_its_keys_once_and_keeps_them(tmp_path: Path) -> None:
    installation.make_demo_keys()
    first = {name: os.environ.pop(name) for name in installation.KEYS}
    assert len(first["QORGAU_SECRET_KEY"]) >= 50
    assert len(base64.b64decode(first["QORGAU_DATA_KEY"])) == 32
    installation.make_demo_keys()
    assert {name: os.environ[name] for name in installation.KEYS} == first


def test_nobody_else_can_read_the_keys(tmp_path: Path) -> None:
    installation.make_demo_keys()
    assert (tmp_path / "var" / "keys.json").stat().st_mode & 0o777 == 0o600


def test_keys_that_are_set_go_before_those_of_a_demo(tmp_path: Path) -> None:
    installation.make_demo_keys()
    os.environ |= {"QORGAU_SECRET_KEY": "ours", "QORGAU_DATA_KEY": "ours"}
    installation.use_demo_keys()
    assert os.environ["QORGAU_SECRET_KEY"] == "ours"


def test_a_demo_with_keys_of_its_own_writes_none(tmp_path: Path) -> None:
    os.environ |= {"QORGAU_SECRET_KEY": "ours", "QORGAU_DATA_KEY": "ours"}
    installation.make_demo_keys()
    assert not (tmp_path / "var").exists()


def test_commands_beside_a_demo_know_that_it_is_one() -> None:
    installation.make_demo_keys()
    for name in (*installation.KEYS, "QORGAU_DEMO"):
        os.environ.pop(name, None)
    installation.use_demo_keys()
    assert os.environ["QORGAU_DEMO"] == "yes"


def test_without_a_demo_no_keys_appear() -> None:
    installation.use_demo_keys()
    assert "QORGAU_SECRET_KEY" not in os.environ
    assert "QORGAU_DEMO" not in os.environ


def test_a_damaged_file_of_keys_says_what_to_do(tmp_path: Path) -> None:
    installation.make_demo_keys()
    (tmp_path / "var" / "keys.json").write_text("{")
    for name in installation.KEYS:
        del os.environ[name]
    with pytest.raises(WrongSetting, match=r"keys\.json cannot be used .* remove .*/var and start again\."):
        installation.use_demo_keys()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.environ["QORGAU_VAR"] = str(tmp_path / "file" / "var")
    with pytest.raises(WrongSetting, match=r"/file/var cannot be made \(Not a directory\)\. QORGAU_VAR names"):
        installation.make_var_folder()


def test_a_folder_that_is_not_ours_to_write_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anywhere
    with pytest.raises(WrongSetting, match="This account may not write to the folder"):
        installation.make_var_folder()
    assert (tmp_path / "var").is_dir()


def test_the_version_is_our_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert capsys.readouterr().out == f"Qorgau {__version__}\n"
