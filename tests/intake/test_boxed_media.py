from pathlib import Path

import pytest

from qorgau.intake.boxed_media import blank_metadata
from qorgau.intake.refused import DAMAGED, Refused
from tests.intake import sample_files as samples


def blanked(folder: Path, content: bytes) -> bytes:
    path = folder / "film"
    path.write_bytes(content)
    blank_metadata(path)
    return path.read_bytes()


def test_place_and_maker_are_blanked_and_nothing_moves(tmp_path: Path) -> None:
    before = samples.mp4()

    after = blanked(tmp_path, before)

    assert before.count(b"SecretPhone") == 4
    assert b"Secret" not in after
    assert b"+51.1250" not in after
    assert len(after) == len(before)
    assert after.count(b"free") == 4
    assert after.find(b"film film") == before.find(b"film film")


def test_a_film_without_metadata_stays_as_it_is(tmp_path: Path) -> None:
    content = samples.box(b"ftyp", b"isom" + bytes(4)) + samples.box(b"mdat", b"udta meta uuid")

    assert blanked(tmp_path, content) == content


def test_long_lengths_and_a_last_box_to_the_end_are_understood(tmp_path: Path) -> None:
    long_box = (1).to_bytes(4) + b"mdat" + (16 + 5).to_bytes(8) + b"film!"
    open_box = bytes(4) + b"uuid" + b"SecretPhone"

    after = blanked(tmp_path, samples.box(b"ftyp", b"isom") + long_box + open_box)

    assert after == samples.box(b"ftyp", b"isom") + long_box + bytes(4) + b"free" + bytes(11)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(samples.mp4()[:-50], id="cut short"),
        pytest.param(samples.box(b"ftyp", b"isom") + (4).to_bytes(4) + b"mdat", id="box shorter than its header"),
        pytest.param(samples.box(b"moov", (99).to_bytes(4) + b"trak"), id="box longer than the one around it"),
        pytest.param(samples.box(b"free") * 20_001, id="boxes without end"),
    ],
)
def test_boxes_that_do_not_fit_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        blanked(tmp_path, content)

    assert refused.value.reason == DAMAGED
