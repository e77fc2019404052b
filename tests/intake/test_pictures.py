import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from qorgau.intake import pictures
from qorgau.intake.file_kinds import GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileKind
from qorgau.intake.refused import DAMAGED, Refused
from tests.intake import sample_files as samples

SECRETS = (b"Secret", b"Exif", b"xmpmeta", b"GPS")


def cleaned(folder: Path, content: bytes, kind: FileKind) -> bytes:
    source, target = folder / "source", folder / "target"
    source.write_bytes(content)
    pictures.write_clean(source, target, kind)
    return target.read_bytes()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(samples.jpeg(), JPEG, id="JPEG"),
        pytest.param(samples.png(), PNG, id="PNG"),
        pytest.param(samples.webp(), WEBP, id="WebP"),
        pytest.param(samples.gif(), GIF, id="GIF"),
        pytest.param(samples.tiff(), TIFF, id="TIFF"),
        pytest.param(samples.HEIC, HEIC, id="HEIC"),
    ],
)
def test_nothing_of_who_where_and_with_what_is_left(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    assert b"Secret" in content

    kept = cleaned(tmp_path, content, kind)

    assert [secret for secret in SECRETS if secret in kept] == []
    picture = opened(kept)
    assert dict(picture.getexif().get_ifd(0x8825)) == {}
    assert picture.size == (64, 48)


@pytest.mark.parametrize(
    ("picture", "format", "kind", "size"),
    [
        pytest.param(samples.picture((4000, 3000)), "JPEG", JPEG, (288, 224), id="a photograph"),
        pytest.param(samples.picture((400, 9000)), "PNG", PNG, (288, 224), id="a long screenshot"),
        pytest.param(samples.picture((2000, 10)), "PNG", PNG, (288, 10), id="a strip"),
        pytest.param(samples.picture((40, 30)), "WEBP", WEBP, (40, 30), id="small already"),
        pytest.param(samples.picture((900, 700)).convert("P"), "GIF", GIF, (288, 224), id="a palette"),
        pytest.param(samples.picture((900, 700)).convert("RGBA"), "PNG", PNG, (288, 224), id="transparent"),
        pytest.param(samples.picture((900, 700)).convert("CMYK"), "JPEG", JPEG, (288, 224), id="for print"),
        pytest.param(
            samples.picture((900, 700)).convert("L").convert("I;16"), "PNG", PNG, (288, 224), id="sixteen bits"
        ),
    ],
)
def test_a_small_picture_is_made_beside(
    tmp_path: Path, picture: Image.Image, format: str, kind: FileKind, size: tuple[int, int]
) -> None:
    source, target, small, later = (tmp_path / name for name in ("source", "target", "small", "later"))
    source.write_bytes(samples.encoded(picture, format))
    pictures.write_clean(source, target, kind, small=small)
    pictures.write_small(target, later)
    for made in (small, later):
        shown = opened(made.read_bytes())
        assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", size)
        assert len(made.read_bytes()) < 40_000


def test_heic_becomes_jpeg_because_offices_cannot_show_it(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(samples.HEIC)

    assert pictures.write_clean(tmp_path / "source", tmp_path / "target", HEIC) == JPEG
    assert opened((tmp_path / "target").read_bytes()).format == "JPEG"


@pytest.mark.parametrize("make", [samples.jpeg, samples.webp])
@pytest.mark.parametrize(
    ("orientation", "size", "light_corner"),
    [
        (1, (64, 48), (4, 4)),
        (2, (64, 48), (60, 4)),
        (3, (64, 48), (60, 44)),
        (4, (64, 48), (4, 44)),
        (5, (48, 64), (4, 4)),
        (6, (48, 64), (44, 4)),
        (7, (48, 64), (44, 60)),
        (8, (48, 64), (4, 60)),
    ],
)
def test_a_picture_is_turned_upright(
    tmp_path: Path,
    make: Callable[[int], bytes],
    orientation: int,
    size: tuple[int, int],
    light_corner: tuple[int, int],
) -> None:
    picture = opened(cleaned(tmp_path, make(orientation), JPEG if make is samples.jpeg else WEBP)).convert("L")

    assert picture.size == size
    brightness: Any = picture.getpixel(light_corner)
    assert brightness > 200


def test_a_jpeg_loses_next_to_nothing(tmp_path: Path) -> None:
    before, after = opened(samples.jpeg()), opened(cleaned(tmp_path, samples.jpeg(), JPEG))

    pairs = zip(before.convert("L").tobytes(), after.convert("L").tobytes(), strict=True)
    assert max(abs(one - other) for one, other in pairs) <= 3


def test_colours_and_density_stay(tmp_path: Path) -> None:
    profile = b"\x00\x00\x02\x0c" + b"profile of the colours" * 20
    content = samples.encoded(samples.picture(), "JPEG", icc_profile=profile, dpi=(300, 300))

    kept = opened(cleaned(tmp_path, content, JPEG))

    assert kept.info["icc_profile"] == profile
    assert kept.info["dpi"] == (300, 300)


def test_a_transparent_png_stays_transparent(tmp_path: Path) -> None:
    content = samples.encoded(Image.new("RGBA", (10, 10), (1, 2, 3, 0)), "PNG")

    assert opened(cleaned(tmp_path, content, PNG)).getpixel((5, 5)) == (1, 2, 3, 0)


def test_a_cmyk_scan_stays_what_it_is(tmp_path: Path) -> None:
    content = samples.encoded(Image.new("CMYK", (16, 16), (10, 200, 30, 40)), "JPEG", quality=95)

    kept = opened(cleaned(tmp_path, content, JPEG))

    assert kept.mode == "CMYK"
    assert kept.getpixel((8, 8)) == pytest.approx((10, 200, 30, 40), abs=4)


def test_every_page_of_a_scan_stays(tmp_path: Path) -> None:
    kept = opened(cleaned(tmp_path, samples.tiff(pages=3), TIFF))

    assert (kept.n_frames, kept.mode, kept.info["compression"]) == (3, "1", "group4")  # type: ignore[attr-defined]
    assert kept.info["dpi"] == (300, 300)


@pytest.mark.parametrize(("compression", "mode"), [("jpeg", "RGB"), ("tiff_lzw", "P"), ("raw", "L")])
def test_scans_in_colour_and_grey_stay_readable(tmp_path: Path, compression: str, mode: str) -> None:
    content = samples.encoded(samples.picture(mode="RGB").convert(mode), "TIFF", compression=compression)

    assert opened(cleaned(tmp_path, content, TIFF)).mode == mode


def test_an_animation_keeps_its_frames(tmp_path: Path) -> None:
    kept = opened(cleaned(tmp_path, samples.gif(frames=4), GIF))

    assert kept.n_frames == 4  # type: ignore[attr-defined]
    assert kept.info["duration"] == 200


def test_what_was_appended_to_a_picture_is_gone(tmp_path: Path) -> None:
    archive = samples.zipped({"payload.exe": b"MZ" * 50})

    for content, kind in ((samples.jpeg(), JPEG), (samples.gif(), GIF), (samples.png(), PNG)):
        kept = cleaned(tmp_path, content + archive, kind)

        assert zipfile.is_zipfile(io.BytesIO(content + archive))
        assert not zipfile.is_zipfile(io.BytesIO(kept))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(samples.jpeg()[:500], JPEG, id="JPEG cut short"),
        pytest.param(samples.png()[:150], PNG, id="PNG cut short"),
        pytest.param(samples.HEIC[:-200], HEIC, id="HEIC cut short"),
        pytest.param(b"\xff\xd8\xff" + b"<?php system($_GET[0]); ?>" * 20, JPEG, id="only the start of a JPEG"),
        pytest.param(b"GIF89a/*" + b"a" * 300 + b"*/=1;alert(1)//;", GIF, id="script that begins like a GIF"),
        pytest.param(b"II*\x00\xff\xff\xff\x7f" + bytes(50), TIFF, id="TIFF that points nowhere"),
    ],
)
def test_a_damaged_picture_is_refused(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    with pytest.raises(Refused) as refused:
        cleaned(tmp_path, content, kind)

    assert refused.value.reason == DAMAGED


@pytest.mark.parametrize(("width", "height"), [(20_000, 20_000), (10_000, 6_000)])
def test_a_picture_that_unpacks_to_too_much_is_refused_unopened(tmp_path: Path, width: int, height: int) -> None:
    content = bytearray(samples.encoded(Image.new("RGB", (8, 8)), "PNG"))
    content[16:24] = width.to_bytes(4) + height.to_bytes(4)
    content[29:33] = _checksum(content[12:29])

    with pytest.raises(Refused) as refused:
        cleaned(tmp_path, bytes(content), PNG)

    assert refused.value.reason == pictures.TOO_LARGE


def test_an_animation_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_FRAMES", 3)

    assert cleaned(tmp_path, samples.gif(frames=3), GIF)
    with pytest.raises(Refused) as refused:
        cleaned(tmp_path, samples.gif(frames=4), GIF)

    assert refused.value.reason == pictures.TOO_LARGE


def test_a_full_disk_is_not_blamed_on_the_picture(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(samples.png())

    with pytest.raises(FileNotFoundError):
        pictures.write_clean(tmp_path / "source", tmp_path / "no folder" / "target", PNG)


def test_broken_metadata_are_no_reason_to_refuse_a_picture(tmp_path: Path) -> None:
    content = samples.encoded(samples.picture(), "JPEG", exif=b"Exif\x00\x00MM\x00*\xff\xff\xff\xff")

    assert opened(cleaned(tmp_path, content, JPEG)).size == (64, 48)


def _checksum(chunk: bytes | bytearray) -> bytes:
    return zlib.crc32(chunk).to_bytes(4)
