"""An archive that anybody can check, and every way of damaging it found."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qorgau.lib.checked_archive import MANIFEST, SUMS, CheckedArchive, faults_of


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "evidence.zip"
    with CheckedArchive(path) as made:
        made.add("case.json", b"{}", "data")
        made.add("files/001-Жалоба.txt", "Слова".encode(), "words")
        made.finish({"format": "test/1"})
    return path


def again(path: Path, change: dict[str, bytes | None], more: dict[str, bytes] | None = None) -> Path:
    """The same archive with some files changed (None: left out) and others added."""
    other = path.with_name("other.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = change.get(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return other


def test_an_independent_check_agrees(archive: Path) -> None:
    """With nothing but hashlib and zipfile, as a stranger would do it."""
    with zipfile.ZipFile(archive) as opened:
        sums = dict(reversed(line.split("  ", 1)) for line in opened.read(SUMS).decode().splitlines())
        assert set(sums) == {"case.json", "files/001-Жалоба.txt", MANIFEST}
        assert {name: hashlib.sha256(opened.read(name)).hexdigest() for name in sums} == sums
        manifest = json.loads(opened.read(MANIFEST))
    assert [one["name"] for one in manifest["files"]] == ["case.json", "files/001-Жалоба.txt"]
    assert list(faults_of(archive)) == []


def test_what_was_changed_is_named(archive: Path) -> None:
    found = list(faults_of(again(archive, {"case.json": b"[]"})))
    assert found == [f"case.json was changed: its SHA-256 is {hashlib.sha256(b'[]').hexdigest()}"]


def test_what_is_missing_or_foreign_is_named(archive: Path) -> None:
    assert list(faults_of(again(archive, {"case.json": None}))) == ["case.json is missing"]
    assert list(faults_of(again(archive, {}, {"x.txt": b"x"}))) == ["x.txt is not in the manifest"]
    assert list(faults_of(again(archive, {SUMS: None}))) == [f"{SUMS} is missing"]


def test_a_manifest_that_was_changed_is_found(archive: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        manifest = opened.read(MANIFEST).replace(b"test/1", b"test/2")
    assert list(faults_of(again(archive, {MANIFEST: manifest}))) == [f"{SUMS} and {MANIFEST} do not say the same"]


def test_what_is_no_archive_is_told_in_words(tmp_path: Path, archive: Path) -> None:
    path = tmp_path / "no.zip"
    path.write_bytes(b"no zip at all")
    assert [fault.split(":")[0] for fault in faults_of(path)] == ["there is no manifest that can be read"]
    assert list(faults_of(again(archive, {MANIFEST: b"[]"}))) == ["the manifest lists no files"]
    half = tmp_path / "half.zip"
    half.write_bytes(archive.read_bytes()[: archive.stat().st_size // 2])
    assert len(list(faults_of(half))) == 1


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_flipped_bit_of_a_file_goes_unseen(tmp_path_factory: pytest.TempPathFactory, place: int, bit: int) -> None:
    folder = tmp_path_factory.mktemp("bits")
    path = folder / "one.zip"
    with CheckedArchive(path) as made:
        made.add("a.txt", bytes(range(256)) * 4, "bytes")
        made.finish({"format": "test/1"})
    with zipfile.ZipFile(path) as opened:
        info = opened.getinfo("a.txt")
        begin = info.header_offset + 30 + len("a.txt") + len(info.extra)
    content = bytearray(path.read_bytes())
    content[begin + place % info.compress_size] ^= 1 << bit
    path.write_bytes(content)
    with zipfile.ZipFile(path) as opened:
        try:
            same = opened.read("a.txt") == bytes(range(256)) * 4
        except Exception:  # whatever the damage does to the reader
            same = False
    assert same or list(faults_of(path)) != []
