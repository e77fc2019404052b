"""Small real files of every kind, made here so that what is in them is known.

`samples/photo.heic` alone is kept as a file, since no encoder for it is among our packages: 64 × 48 pixels, with the
same tell-tale words in its EXIF and XMP as the pictures made here.
"""

import io
import struct
import wave
import zipfile
from pathlib import Path
from typing import Any

from PIL import Image, PngImagePlugin

TELL_TALE = b"SecretPhone"
HEIC = (Path(__file__).parent / "samples" / "photo.heic").read_bytes()
_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">SecretPhone</x:xmpmeta>'


def exif(orientation: int = 1) -> Image.Exif:
    """Who made the picture, with what, where on the globe, and which side is up."""
    block = Image.Exif()
    block[0x010F] = "SecretMaker"
    block[0x0110] = "SecretPhone"
    block[0x0112] = orientation
    block[0x8825] = {1: "N", 2: (51.0, 7.0, 30.0), 3: "E", 4: (71.0, 25.0, 0.0)}
    return block


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """Dark, with a light upper left corner, so that turning it shows."""
    made = Image.new(mode, size, 40 if mode in ("L", "P") else 0 if mode == "1" else (20, 60, 60))
    light = Image.new(
        mode, (size[0] // 4, size[1] // 4), 240 if mode in ("L", "P") else 1 if mode == "1" else (250,) * 3
    )
    made.paste(light, (0, 0))
    return made


def encoded(image: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def jpeg(orientation: int = 1, **options: Any) -> bytes:
    return encoded(picture(), "JPEG", exif=exif(orientation), xmp=_XMP, comment=b"SecretPhone", quality=90, **options)


def png() -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "SecretPhone")
    words.add_itxt("XML:com.adobe.xmp", _XMP.decode(), zip=False)
    return encoded(picture(), "PNG", exif=exif(), pnginfo=words)


def webp(orientation: int = 1) -> bytes:
    return encoded(picture(), "WEBP", exif=exif(orientation), xmp=_XMP)


def gif(frames: int = 1) -> bytes:
    images = [picture() for _ in range(frames)]
    for index, image in enumerate(images):
        image.paste((250, 200, 40), (index * 4, 40, index * 4 + 4, 44))
    images = [image.quantize(16) for image in images]
    return encoded(
        images[0], "GIF", comment=b"SecretPhone", save_all=True, append_images=images[1:], duration=200, loop=0
    )


def tiff(pages: int = 1) -> bytes:
    images = [picture(mode="1") for _ in range(pages)]
    return encoded(
        images[0],
        "TIFF",
        save_all=True,
        append_images=images[1:],
        compression="group4",
        dpi=(300, 300),
        tiffinfo={270: "SecretPhone", 271: "SecretMaker", 700: _XMP},
    )


def pdf(body: bytes = b"") -> bytes:
    """One blank page, written by hand with a right cross-reference table."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    written = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + body
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(written)
    written += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table


def zipped(parts: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(more: dict[str, bytes] | None = None) -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>", **(more or {})})


def xlsx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"})


def pptx() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p:presentation/>"})


def open_document(kind: str = "text", more: dict[str, bytes] | None = None) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}", zipfile.ZIP_STORED)
        archive.writestr("content.xml", "<office:document-content/>", zipfile.ZIP_DEFLATED)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return file.getvalue()


def compound(*streams: str) -> bytes:
    """A compound file as far as its directory goes: header, then entries of 128 bytes."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0")
    entries = b""
    for name in ("Root Entry", *streams):
        written = (name + "\0").encode("utf-16-le")
        entries += written.ljust(64, b"\0") + struct.pack("<H", len(written)) + bytes(62)
    return header + entries.ljust(512, b"\0")


def box(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def mp4(brand: bytes = b"isom", others: bytes = b"isommp42") -> bytes:
    """A film's boxes without a film: place and maker where telephones write them."""
    place = box(b"udta", box(b"\xa9xyz", b"+51.1250+071.4167/SecretPhone"))
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"meta", b"SecretPhone"))
    return (
        box(b"ftyp", brand + bytes(4) + others)
        + box(b"moov", box(b"mvhd", bytes(100)) + track + place + box(b"meta", b"SecretPhone"))
        + box(b"uuid", b"SecretPhone")
        + box(b"mdat", b"film " * 20)
    )


def wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(bytes(800))
    return file.getvalue()


def ogg(codec: bytes = b"OpusHead") -> bytes:
    return b"OggS\x00\x02" + bytes(22) + codec + bytes(200)


MP3_WITH_TAG = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x64" + bytes(400)
MP3_WITHOUT_TAG = b"\xff\xfb\x90\x64" + bytes(400)
AMR = b"#!AMR\n" + bytes(100)
