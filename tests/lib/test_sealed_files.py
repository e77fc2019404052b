"""Files that lie sealed come back as they were written, and nothing of them can be changed unnoticed."""

import os
from pathlib import Path

import pytest

from qorgau.lib import sealed_files
from qorgau.lib.sealed import CannotUnseal
from qorgau.lib.sealed_files import PIECE, sealing, unsealing

SIZES = [0, 1, 15, 16, 17, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 77]


def sealed(path: Path, content: bytes, *, step: int = 70_001) -> Path:
    with sealing(path) as file:
        for start in range(0, len(content), step):
            file.write(content[start : start + step])
        assert file.tell() == len(content)
    return path


def read(path: Path) -> bytes:
    with unsealing(path) as file:
        return file.read()


@pytest.mark.parametrize("size", SIZES)
def test_what_was_written_comes_back(tmp_path: Path, size: int) -> None:
    content = os.urandom(size)
    assert read(sealed(tmp_path / "file", content)) == content
    assert read(sealed(tmp_path / "at-once", content, step=size or 1)) == content


def test_nothing_of_it_can_be_read_on_the_disk_and_no_two_are_alike(tmp_path: Path) -> None:
    content = "Оспанов Ержан 900101300106 ".encode() * 20_000
    one, other = (sealed(tmp_path / name, content).read_bytes() for name in "ab")
    assert b"900101300106" not in one and "Оспанов".encode() not in one
    assert one[17:] != other[17:]


def test_it_may_be_read_from_any_place(tmp_path: Path) -> None:
    content = os.urandom(2 * PIECE + 5)
    with unsealing(sealed(tmp_path / "file", content)) as file:
        assert file.seek(0, os.SEEK_END) == len(content)
        for place in (PIECE - 3, 0, 2 * PIECE, PIECE, 2 * PIECE + 4):
            file.seek(place)
            assert file.read(9) == content[place : place + 9]
        assert file.read(9) == b""


SEALED_PIECE = PIECE + 16


@pytest.mark.parametrize(
    "spoil",
    [
        lambda one: b"",
        lambda one: one[:20],
        lambda one: b"\x01" + one[1:],
        lambda one: one[:5] + b"\x00" + one[6:] if one[5] else one[:5] + b"\x01" + one[6:],
        lambda one: one[:-1],
        lambda one: one + b"\x00",
        lambda one: one[: 17 + 2 * SEALED_PIECE],
        lambda one: one[: 17 + SEALED_PIECE],
        lambda one: one[:17] + one[17 + SEALED_PIECE :],
        lambda one: one[:17] + one[17 + SEALED_PIECE : 17 + 2 * SEALED_PIECE] + one[17 : 17 + SEALED_PIECE]
        + one[17 + 2 * SEALED_PIECE :],
        lambda one: one[:-40] + bytes([one[-40] ^ 1]) + one[-39:],
    ],
)  # fmt: skip
def test_whatever_is_changed_left_out_or_cut_off_is_noticed(tmp_path: Path, spoil: object) -> None:
    path = sealed(tmp_path / "file", os.urandom(2 * PIECE + 500))
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(CannotUnseal):
        read(path)


def test_a_file_of_another_key_is_none_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sealed(tmp_path / "file", b"x")
    monkeypatch.setattr(sealed_files, "file_key", lambda salt: b"k" * 32)
    with pytest.raises(CannotUnseal):
        unsealing(path)
