"""A dependency is a decision: written down with its reason, pinned with its hashes, from no particular index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
LOCKS = ("install", "run", "test")


def asked_for(name: str) -> set[str]:
    lines = (REQUIREMENTS / f"{name}.in").read_text().splitlines()
    return {re.split(r"[\[~=<>]", line)[0] for line in lines if re.match(r"[a-z]", line)}


def locked(name: str) -> dict[str, str]:
    """Each locked package with everything that its entry says."""
    entries = re.split(r"\n(?=[a-z0-9])", (REQUIREMENTS / f"{name}.lock").read_text())
    return {entry.split("==")[0]: entry for entry in entries}


@pytest.mark.parametrize("name", LOCKS)
def test_what_is_asked_for_is_locked(name: str) -> None:
    assert asked_for(name) - set(locked(name)) == set()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_has_one_version_and_its_hashes(name: str) -> None:
    without = [package for package, entry in locked(name).items() if "==" not in entry or "--hash=sha256:" not in entry]
    assert without == []


@pytest.mark.parametrize("name", LOCKS)
def test_no_index_and_no_path_is_named(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.lock").read_text()
    assert re.findall(r"https?:|file:|--index|--find-links|--extra|/\S+\.whl", text) == []


def test_tests_run_on_the_very_versions_that_run() -> None:
    run, test = locked("run"), locked("test")
    version = re.compile(r"==(\S+)")
    assert {p: version.findall(run[p])[0] for p in run} == {p: version.findall(test[p])[0] for p in run}


def test_every_dependency_has_its_reason() -> None:
    decision = (ROOT / "docs" / "decisions" / "0001-what-we-stand-on.md").read_text(encoding="utf-8").lower()
    called = {"psycopg": "psycopg 3", "django-stubs": "django-stubs", "babel": "babel", "django": "django 5.2"}
    names = asked_for("run") | asked_for("test") | asked_for("install")
    assert {name for name in names if called.get(name, name) not in decision} == set()
