from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from qorgau.register.files import incoming, keep, keep_small, open_attachment, open_small, place_of, remove, sweep
from qorgau.register.models import Attachment

LONG_AGO, FAR_AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime(2060, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def kept(content: bytes) -> str:
    with incoming() as path:
        path.write_bytes(content)
        return keep(path)


def test_a_kept_file_lies_two_folders_deep_under_a_name_nobody_can_guess(own_folder: Path) -> None:
    one, other = kept(b"one"), kept(b"other")

    assert place_of(one).read_bytes() == b"one"
    assert place_of(one) == own_folder / one[:2] / one[3:5] / one[6:]
    assert len(bytes.fromhex(one[6:])) * 8 == 128
    assert one != other


def test_what_is_not_kept_does_not_stay(own_folder: Path) -> None:
    with pytest.raises(KeyError), incoming() as path:
        path.write_bytes(b"half a fi")
        raise KeyError

    assert [found for found in own_folder.rglob("*") if found.is_file()] == []


@pytest.mark.parametrize(
    "name", ["", "../../etc/passwd", "/etc/passwd", "ab/cd/../../../secret", "incoming/x", "ab/cd/ABCD", "ab/cd"]
)
def test_only_our_own_names_are_followed(name: str) -> None:
    with pytest.raises(ValueError, match="is not the name of a stored file"):
        place_of(name)


def test_a_file_is_removed_once_and_its_loss_shows(own_folder: Path) -> None:
    name = kept(b"one")
    remove(name)
    remove(name)

    with pytest.raises(FileNotFoundError):
        open_attachment(Attachment(stored_as=name))


def test_a_small_picture_lives_beside_its_file_and_goes_with_it(own_folder: Path) -> None:
    name, swept = kept(b"one"), kept(b"two")
    assert open_small(Attachment(stored_as=name)) is None
    for stored in (name, swept):
        with incoming() as path:
            path.write_bytes(b"small")
            keep_small(path, stored)
    with open_small(Attachment(stored_as=name)) as small:  # type: ignore[union-attr]
        assert small.read() == b"small"

    remove(name)
    place_of(swept).unlink()

    assert sweep(before=FAR_AHEAD, known=lambda some: set()) == 1
    assert [found for found in own_folder.rglob("*") if found.is_file()] == []


def test_the_sweep_asks_about_every_old_file_and_removes_the_unknown(own_folder: Path) -> None:
    names = sorted(kept(bytes([number])) for number in range(5))
    half = own_folder / "incoming" / "left by a killed process"
    half.write_bytes(b"half a fi")
    foreign = own_folder / "README"
    foreign.write_text("not ours")
    asked: list[str] = []

    def known(some: Any) -> set[str]:
        asked.extend(some)
        return set(names[:3])

    assert sweep(before=LONG_AGO, known=known) == 0
    assert sweep(before=FAR_AHEAD, known=known) == 3

    assert sorted(asked) == names
    assert [place_of(name).exists() for name in names] == [True, True, True, False, False]
    assert (half.exists(), foreign.exists()) == (False, True)


def test_the_sweep_of_nothing_removes_nothing() -> None:
    assert sweep(before=FAR_AHEAD, known=lambda some: set()) == 0
