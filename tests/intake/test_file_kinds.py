from pathlib import Path

import pytest

from qorgau.intake import file_kinds as kinds
from qorgau.intake.file_kinds import FileKind, recognise
from qorgau.intake.refused import DAMAGED, LOCKED, MACROS, PACKED_TOO_TIGHTLY, Refused
from tests.intake import sample_files as samples


def recognised(folder: Path, content: bytes) -> FileKind:
    path = folder / "upload"
    path.write_bytes(content)
    return recognise(path)


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        recognised(folder, content)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(samples.jpeg(), kinds.JPEG, id="JPEG"),
        pytest.param(samples.png(), kinds.PNG, id="PNG"),
        pytest.param(samples.webp(), kinds.WEBP, id="WebP"),
        pytest.param(samples.gif(), kinds.GIF, id="GIF"),
        pytest.param(samples.tiff(), kinds.TIFF, id="TIFF"),
        pytest.param(samples.HEIC, kinds.HEIC, id="HEIC"),
        pytest.param(samples.pdf(), kinds.PDF, id="PDF"),
        pytest.param(b"\xef\xbb\xbf\r\n" + samples.pdf(), kinds.PDF, id="PDF after a byte-order mark"),
        pytest.param(samples.docx(), kinds.DOCX, id="DOCX"),
        pytest.param(samples.xlsx(), kinds.XLSX, id="XLSX"),
        pytest.param(samples.pptx(), kinds.PPTX, id="PPTX"),
        pytest.param(samples.open_document(), kinds.ODT, id="ODT"),
        pytest.param(samples.open_document("spreadsheet"), kinds.ODS, id="ODS"),
        pytest.param(samples.compound("WordDocument"), kinds.DOC, id="DOC"),
        pytest.param(samples.compound("Workbook"), kinds.XLS, id="XLS"),
        pytest.param(samples.compound("Book"), kinds.XLS, id="XLS of 1995"),
        pytest.param("Дәрігер қабылдамады.\r\n".encode(), kinds.TEXT, id="text in UTF-8"),
        pytest.param("Врач не принял.".encode("cp1251"), kinds.TEXT, id="text in 1251"),
        pytest.param("Дәрігер".encode("utf-16"), kinds.TEXT, id="text in UTF-16"),
        pytest.param(samples.MP3_WITH_TAG, kinds.MP3, id="MP3 with a tag"),
        pytest.param(samples.MP3_WITHOUT_TAG, kinds.MP3, id="MP3 without a tag"),
        pytest.param(samples.mp4(b"M4A ", b""), kinds.M4A, id="M4A"),
        pytest.param(samples.ogg(), kinds.OGG, id="Opus"),
        pytest.param(samples.ogg(b"\x01vorbis"), kinds.OGG, id="Vorbis"),
        pytest.param(samples.wav(), kinds.WAV, id="WAV"),
        pytest.param(samples.AMR, kinds.AMR, id="AMR"),
        pytest.param(samples.mp4(), kinds.MP4, id="MP4"),
        pytest.param(samples.mp4(b"XAVC", b"mp42"), kinds.MP4, id="MP4 of an unknown brand"),
        pytest.param(samples.mp4(b"qt  ", b""), kinds.MOV, id="QuickTime"),
        pytest.param(samples.mp4(b"3gp5", b""), kinds.THREE_GP, id="3GP"),
    ],
)
def test_a_file_is_known_by_what_is_in_it(tmp_path: Path, content: bytes, kind: FileKind) -> None:
    assert recognised(tmp_path, content) == kind


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(samples.zipped({"a.txt": b"a"}), kinds.ARCHIVE, id="ZIP"),
        pytest.param(samples.zipped({}), kinds.ARCHIVE, id="empty ZIP"),
        pytest.param(b"Rar!\x1a\x07\x00" + bytes(20), kinds.ARCHIVE, id="RAR"),
        pytest.param(b"\x1f\x8b\x08" + bytes(20), kinds.ARCHIVE, id="gzip"),
        pytest.param(b"7z\xbc\xaf\x27\x1c" + bytes(20), kinds.ARCHIVE, id="7z"),
        pytest.param(b"MZ\x90\x00" + bytes(100), kinds.PROGRAM, id="Windows program"),
        pytest.param(b"\x7fELF" + bytes(100), kinds.PROGRAM, id="Linux program"),
        pytest.param(b"#!/bin/sh\nrm -rf /\n", kinds.PROGRAM, id="script"),
        pytest.param(samples.compound("Installer"), kinds.OTHER, id="MSI"),
        pytest.param(b"{\\rtf1 text}", kinds.RICH_TEXT, id="RTF"),
        pytest.param(b"<!DOCTYPE html><script>alert(1)</script>", kinds.OTHER, id="HTML"),
        pytest.param(b"\xef\xbb\xbf\n <HTML>", kinds.OTHER, id="HTML after a byte-order mark"),
        pytest.param(b'<?xml version="1.0"?><svg onload="alert(1)"/>', kinds.OTHER, id="SVG"),
        pytest.param(b"<svg/>", kinds.OTHER, id="SVG without a prologue"),
        pytest.param(samples.mp4(b"avif", b"mif1"), kinds.OTHER, id="AVIF"),
        pytest.param(b"RIFF" + bytes(4) + b"AVI " + bytes(40), kinds.OTHER, id="AVI"),
        pytest.param(samples.ogg(b"\x80theora"), kinds.OTHER, id="Ogg film"),
        pytest.param(bytes(range(256)) * 4, kinds.OTHER, id="noise"),
        pytest.param(b"text, then \x00", kinds.OTHER, id="text with a null"),
        pytest.param("текст".encode() * 20_000 + b"\x1b[2J", kinds.OTHER, id="escape sequence at the far end"),
        pytest.param(samples.compound("EncryptedPackage"), LOCKED, id="DOCX behind a password"),
        pytest.param(samples.compound("WordDocument", "Macros"), MACROS, id="DOC with macros"),
        pytest.param(samples.docx({"word/vbaProject.bin": b"x"}), MACROS, id="DOCX with macros"),
        pytest.param(samples.open_document(more={"Basic/Standard/Module1.xml": b"x"}), MACROS, id="ODT with macros"),
        pytest.param(
            samples.docx({"word/embeddings/setup.exe": b"MZ"}), "a program is hidden", id="DOCX with a program"
        ),
        pytest.param(samples.docx()[:-30], DAMAGED, id="DOCX cut short"),
        pytest.param(b"PK\x03\x04" + bytes(200), DAMAGED, id="only the start of a ZIP"),
        pytest.param(samples.docx({"word/a.xml": bytes(30_000_000)}), PACKED_TOO_TIGHTLY, id="ZIP bomb in a DOCX"),
    ],
)
def test_what_is_not_taken_is_refused_with_its_reason(tmp_path: Path, content: bytes, reason: object) -> None:
    assert refusal(tmp_path, content).startswith(str(reason))


def test_a_list_of_parts_that_would_fill_the_memory_is_refused_before_it_is_read(tmp_path: Path) -> None:
    content = bytearray(samples.docx())
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = (500_000_000).to_bytes(4, "little")

    assert refusal(tmp_path, bytes(content)) == str(PACKED_TOO_TIGHTLY)


def test_the_longer_form_of_the_list_does_not_get_round_that(tmp_path: Path) -> None:
    content = samples.docx()
    end = content.rfind(b"PK\x05\x06")
    record = b"PK\x06\x06" + bytes(36) + (500_000_000).to_bytes(8, "little") + bytes(8)
    pointer = b"PK\x06\x07" + bytes(16)

    assert refusal(tmp_path, content[:end] + record + pointer + content[end:]) == str(PACKED_TOO_TIGHTLY)


def test_a_long_spreadsheet_of_equal_rows_is_no_bomb(tmp_path: Path) -> None:
    content = samples.zipped(
        {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b"<c/>" * 2_000_000}
    )

    assert recognised(tmp_path, content) == kinds.XLSX
