"""Pictures as they are kept: the same picture, turned upright, without anything that was hidden in the file.

Every picture is decoded and written anew. That removes where and with what it was taken, thumbnails, earlier versions
and whatever was appended to it, refuses what only looks like a picture, and lets no malformed file reach the screens
of the staff. HEIC, which the offices' computers cannot show, becomes JPEG.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pi_heif
from PIL import Image, ImageOps, JpegImagePlugin

from qorgau.intake.file_kinds import GIF, HEIC, JPEG, PNG, TIFF, WEBP, FileKind
from qorgau.intake.refused import DAMAGED, Refused
from qorgau.rules.sentences import N_, Sentence

pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)

# What a picture may take in memory once unpacked, all its pages together: 50 megapixels in colour, which is what
# telephones make, or some twenty scanned pages in grey.
MOST_UNPACKED = 200_000_000
MOST_FRAMES = 300
SMALL = (288, 224)
"""Points of a small picture, across and down."""
TOO_LARGE = Sentence(N_("the picture is too large to be opened safely. Make it smaller or send it as PDF."))

# Unpacked pictures are the largest things in memory here, so each process holds one at a time.
_ONE_AT_A_TIME = threading.Lock()

_OPENERS = {
    JPEG: ("JPEG", "MPO"),
    HEIC: ("HEIF",),
    PNG: ("PNG",),
    WEBP: ("WEBP",),
    GIF: ("GIF",),
    TIFF: ("TIFF",),
}
_DRAWN_BY_BROWSERS = ("JPEG", "PNG", "WEBP", "GIF")
_SEVERAL_FRAMES = frozenset({PNG, WEBP, GIF, TIFF})
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What is needed to show the picture as it was; all else is left behind.
_KEPT = ("transparency", "duration", "loop", "icc_profile")
_BYTES_OF_A_PIXEL = {"1": 1, "L": 1, "P": 1, "LA": 2, "PA": 2, "I;16": 2, "I;16B": 2, "I;16L": 2}


def write_clean(source: Path, target: Path, kind: FileKind, *, small: Path | None = None) -> FileKind:
    """Write the picture anew; says what kind it is now. Raises Refused when it cannot be read or is too large.

    With `small`, its small picture is written there too.
    """
    with _ONE_AT_A_TIME, _refusing():
        with Image.open(source, formats=_OPENERS[kind]) as picture:
            frames = _frames(picture, several=kind in _SEVERAL_FRAMES)
            options = _options(picture, kind)
        _WRITERS[kind](frames, target, options)
        if small is not None and kind != TIFF:  # browsers draw no TIFF
            _write_small(frames[0], small)
    return JPEG if kind == HEIC else kind


def write_small(source: Path, target: Path) -> None:
    """The small picture of one that was stored without. Raises Refused when it cannot be read or is too large."""
    with _ONE_AT_A_TIME, _refusing():
        with Image.open(source, formats=_DRAWN_BY_BROWSERS) as picture:
            (frame,) = _frames(picture, several=False)
        _write_small(frame, target)


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise Refused(TOO_LARGE) from error
    except Exception as error:  # decoders raise whatever a malformed file leads them to
        if isinstance(error, OSError) and error.errno:
            raise  # the disk, not the picture
        raise Refused(DAMAGED) from error


def _write_small(frame: Image.Image, target: Path) -> None:
    """Its upper middle, as the card shows it, in twice the points for fine screens; nothing hidden in it."""
    if frame.mode.startswith("I"):  # sixteen bits of grey
        frame = frame.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    colours = frame.convert("RGBA") if frame.mode in ("P", "LA", "PA", "RGBA") else frame.convert("RGB")
    ground = Image.new("RGB", frame.size, "white")
    ground.paste(colours, mask=colours if colours.mode == "RGBA" else None)
    shrunk = min(1.0, max(SMALL[0] / frame.width, SMALL[1] / frame.height))
    fitting = (min(SMALL[0], max(1, round(frame.width * shrunk))), min(SMALL[1], max(1, round(frame.height * shrunk))))
    ImageOps.fit(ground, fitting, centering=(0.5, 0.25)).save(target, "JPEG", quality=78)


def _frames(picture: Image.Image, *, several: bool) -> list[Image.Image]:
    frames: list[Image.Image] = []
    unpacked = 0
    for index in range(MOST_FRAMES + 1 if several else 1):
        try:
            picture.seek(index)
        except EOFError:
            break
        unpacked += picture.width * picture.height * _BYTES_OF_A_PIXEL.get(picture.mode, 4)
        if unpacked > MOST_UNPACKED or index == MOST_FRAMES:
            raise Refused(TOO_LARGE)
        frames.append(_bare(picture))
    return frames


def _bare(picture: Image.Image) -> Image.Image:
    picture.load()
    turn = _UPRIGHT.get(_orientation(picture))
    bare = picture.transpose(turn) if turn is not None else picture.copy()
    bare.info = {name: picture.info[name] for name in _KEPT if name in picture.info}
    return bare


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # a broken block that is about to be removed is no reason to refuse the picture
        return 1


def _options(picture: Image.Image, kind: FileKind) -> dict[str, Any]:
    """How the file was written, as far as writing it anew the same way needs it."""
    options: dict[str, Any] = {}
    if picture.info.get("icc_profile"):
        options["icc_profile"] = picture.info["icc_profile"]
    density = _density(picture.info.get("dpi"))
    if density and kind in (JPEG, PNG, TIFF):
        options["dpi"] = density
    if kind == JPEG and isinstance(picture, JpegImagePlugin.JpegImageFile):
        # The same tables again lose next to nothing of a picture that may be the only proof.
        options["qtables"] = picture.quantization
        options["subsampling"] = JpegImagePlugin.get_sampling(picture)
        options["progressive"] = bool(picture.info.get("progressive"))
    if kind == TIFF:
        options["compression"] = picture.info.get("compression", "raw")
    return options


def _density(said: Any) -> tuple[float, float] | None:
    try:
        across, down = (float(number) for number in said)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (across, down) if 1 <= across <= 10_000 and 1 <= down <= 10_000 else None


def _write_jpeg(frames: list[Image.Image], target: Path, options: dict[str, Any]) -> None:
    frames[0].save(target, "JPEG", **options)


def _write_from_heic(frames: list[Image.Image], target: Path, options: dict[str, Any]) -> None:
    frames[0].convert("RGB").save(target, "JPEG", quality=92, **options)


def _write_png(frames: list[Image.Image], target: Path, options: dict[str, Any]) -> None:
    frames[0].save(target, "PNG", **options, **_animation(frames))


def _write_gif(frames: list[Image.Image], target: Path, options: dict[str, Any]) -> None:
    options.pop("icc_profile", None)
    frames[0].save(target, "GIF", **options, **_animation(frames))


def _write_webp(frames: list[Image.Image], target: Path, options: dict[str, Any]) -> None:
    frames[0].save(target, "WEBP", quality=92, method=3, **options, **_animation(frames))


def _write_tiff(frames: list[Image.Image], target: Path, options: dict[str, Any]) -> None:
    was = options.pop("compression")
    modes = {frame.mode for frame in frames}
    if was == "jpeg" and modes <= {"L", "RGB"}:
        how: dict[str, Any] = {"compression": "jpeg", "quality": 90}
    elif modes == {"1"}:
        how = {"compression": "group4"}
    else:
        how = {"compression": "tiff_adobe_deflate"}
    frames[0].save(target, "TIFF", save_all=len(frames) > 1, append_images=frames[1:], **how, **options)


def _animation(frames: list[Image.Image]) -> dict[str, Any]:
    if len(frames) == 1:
        return {}
    return {
        "save_all": True,
        "append_images": frames[1:],
        "duration": [int(frame.info.get("duration") or 100) for frame in frames],
        "loop": int(frames[0].info.get("loop") or 0),
    }


_WRITERS: dict[FileKind, Callable[[list[Image.Image], Path, dict[str, Any]], None]] = {
    JPEG: _write_jpeg,
    HEIC: _write_from_heic,
    PNG: _write_png,
    GIF: _write_gif,
    WEBP: _write_webp,
    TIFF: _write_tiff,
}
