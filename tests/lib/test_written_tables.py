"""Tables as files: what a cell may hold, and what comes out of a spreadsheet's own reading of it."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from qorgau.lib.safe_cells import LONGEST, harmless, plain
from qorgau.lib.sealed_files import sealing, unsealing
from qorgau.lib.written_tables import Format, csv_pieces, write

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NOON = datetime(2026, 6, 2, 7, 0, tzinfo=UTC)  # twelve o'clock in Almaty


def in_csv(rows: list[list[object]], *, format: Format = Format.CSV_SEMICOLON) -> list[list[str]]:
    data = b"".join(csv_pieces(["Сан"], rows, format=format))  # type: ignore[arg-type]
    assert data.startswith(b"\xef\xbb\xbf")
    delimiter = ";" if format == Format.CSV_SEMICOLON else ","
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))[1:]


def in_workbook(rows: list[list[object]], folder: Path) -> list[dict[str, tuple[str, str]]]:
    """Cells by their places: kind and content."""
    path = folder / "table.xlsx"
    with path.open("wb") as file:
        write(file, ["Сан", "Мәтін"], rows, format=Format.XLSX, sheet="Өтініштер")  # type: ignore[arg-type]
    with zipfile.ZipFile(path) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    found = []
    for row in sheet.iter(f"{_SHEET}row"):
        cells = {}
        for cell in row.iter(f"{_SHEET}c"):
            text = cell.find(f"{_SHEET}is/{_SHEET}t")
            value = cell.find(f"{_SHEET}v")
            assert cell.find(f"{_SHEET}f") is None
            content = text.text if text is not None else value.text if value is not None else ""
            cells[cell.get("r", "")] = (cell.get("t", "n"), content or "")
        found.append(cells)
    return found


@pytest.mark.parametrize(
    "dangerous",
    [
        "=cmd()", "=1+1", "+7 701 000 00 67", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "|calc",
        "%0A", "＝1", "＋1", "－1", "＠a", "=HYPERLINK(\"http://x\")", "-", "=",
    ],
)  # fmt: skip
def test_what_would_run_becomes_words(dangerous: str, tmp_path: Path) -> None:
    for format in (Format.CSV_SEMICOLON, Format.CSV_COMMA):
        assert in_csv([[dangerous]], format=format) == [["'" + dangerous]]
    assert in_workbook([[dangerous]], tmp_path)[1] == {"A2": ("inlineStr", dangerous.replace("\r", "\n"))}


@pytest.mark.parametrize("harmless_words", ["Шағым", "26-0001234-9", "1=1", "a@b.kz", "", "•••• 0106"])
def test_other_words_stay_as_they_are(harmless_words: str) -> None:
    assert harmless(harmless_words) == harmless_words


def test_names_of_columns_are_made_harmless_too() -> None:
    data = b"".join(csv_pieces(["=evil"], [], format=Format.CSV_COMMA))
    assert data.decode("utf-8-sig") == "'=evil\r\n"


def test_delimiters_quotes_and_line_breaks_come_back_as_they_were() -> None:
    words = 'первая; "вторая", третья\r\nстрока'
    for format in (Format.CSV_SEMICOLON, Format.CSV_COMMA):
        assert in_csv([[words, words]], format=format) == [[words, words]]


def test_days_and_moments_are_those_of_the_installation(tmp_path: Path) -> None:
    assert in_csv([[date(2026, 6, 2), NOON, None, 3]]) == [["2026-06-02", "2026-06-02 12:00:00", "", "3"]]
    cells = in_workbook([[date(2026, 6, 2), NOON, None, 3]], tmp_path)[1]
    # Days since 30 December 1899, as spreadsheets count.
    assert cells == {"A2": ("n", "46175"), "B2": ("n", "46175.5"), "D2": ("n", "3")}


def test_signs_that_break_xml_do_not(tmp_path: Path) -> None:
    said = 'a<b>&"c" \x00\x0b_x0041_ \ud800 конец '
    assert in_workbook([[said]], tmp_path)[1]["A2"] == ("inlineStr", 'a<b>&"c" _x005F_x0041_  конец ')


def test_a_cell_ends_where_spreadsheets_end_it() -> None:
    assert len(plain("я" * (LONGEST + 5))) == LONGEST
    assert plain("я" * LONGEST) == "я" * LONGEST


def test_a_workbook_of_no_rows_has_its_names(tmp_path: Path) -> None:
    assert in_workbook([], tmp_path) == [{"A1": ("inlineStr", "Сан"), "B1": ("inlineStr", "Мәтін")}]


def test_the_rows_of_a_workbook_can_be_filtered_and_its_names_stay_in_sight(tmp_path: Path) -> None:
    in_workbook([["а", "б"]] * 120, tmp_path)
    with zipfile.ZipFile(tmp_path / "table.xlsx") as book:
        assert book.testzip() is None
        sheet, whole = (book.read(f"xl/{name}.xml").decode() for name in ("worksheets/sheet1", "workbook"))
    assert sheet.count("<row ") == 121 and '<autoFilter ref="A1:B121"/>' in sheet and 'state="frozen"' in sheet
    assert "$A$1:$B$121" in whole and 'name="Өтініштер"' in whole


def test_a_workbook_leaves_nothing_beside_itself_while_it_is_made(tmp_path: Path) -> None:
    def rows() -> Iterator[list[str]]:
        for _ in range(1_000):
            yield ["Оспанов", "х" * 1_000]
        assert [path.name for path in tmp_path.iterdir()] == ["table.xlsx"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(tmp_path))
        assert len(in_workbook(rows(), tmp_path)) == 1_001  # type: ignore[arg-type]


def test_a_workbook_is_written_to_what_is_only_written_on(tmp_path: Path) -> None:
    with sealing(tmp_path / "sealed") as file:
        write(file, ["Сан"], [["Оспанов"]], format=Format.XLSX, sheet="А")
    with unsealing(tmp_path / "sealed") as file, zipfile.ZipFile(file) as book:
        assert book.testzip() is None
        assert "Оспанов" in book.read("xl/worksheets/sheet1.xml").decode()
