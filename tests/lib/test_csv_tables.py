import pytest

from qorgau.lib.csv_tables import UnreadableTable, read_table

TEXT = "код;атауы;облыс\n1;Қалалық емхана;Астана\n2;Городская больница;Алматы\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "kz1048"])
def test_the_encoding_is_found(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding))
    assert table.columns == ["код", "атауы", "облыс"]
    assert table.lines[0].cells == {"код": "1", "атауы": "Қалалық емхана", "облыс": "Астана"}


def test_a_russian_file_in_windows_1251_is_read() -> None:
    text = "код,название\n1,Городская поликлиника №4 «Ёлка» — ТОО\n"
    assert read_table(text.encode("cp1251")).lines[0].cells["название"] == "Городская поликлиника №4 «Ёлка» — ТОО"


def test_an_encoding_we_do_not_know_is_told() -> None:
    text = "код;название\n" + "1;Государственное коммунальное предприятие, поликлиника и больница\n" * 5
    with pytest.raises(UnreadableTable, match="UTF-8"):
        read_table(text.encode("cp866"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    data = delimiter.join(["a", '"b, c; d"', "e"]) + "\n" + delimiter.join("123") + "\n"
    assert read_table(data.encode()).lines[0].cells == {"a": "1", "b, c; d": "2", "e": "3"}


def test_lines_are_numbered_as_an_editor_numbers_them() -> None:
    table = read_table(b'a,b\n\n1,"two\nlines"\n,\n3,4\n')
    assert [(line.number, line.cells["a"]) for line in table.lines] == [(3, "1"), (6, "3")]


def test_short_and_long_rows_are_read() -> None:
    first, second = read_table(b"a,b\n1\n1,2,3\n").lines
    assert first.cells == {"a": "1"}
    assert second.cells == {"a": "1", "b": "2"}


def test_a_few_spoilt_bytes_damage_their_row_alone() -> None:
    good = "Городская поликлиника номер два и три\n"
    data = ("name\n" + good * 5).encode() + b"\xd0 spoilt\n" + good.encode()
    assert [line.is_damaged for line in read_table(data).lines] == [False] * 5 + [True, False]


def test_text_that_was_read_wrongly_before_it_was_saved_is_damaged() -> None:
    twice = "Поликлиника".encode().decode("cp1251", errors="ignore")
    first, second = read_table(f"name\n{twice}\nПоликлиника\n".encode()).lines
    assert (first.is_damaged, second.is_damaged) == (True, False)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe\x00", b"\xef\xbb\xbf"])
def test_an_empty_or_broken_file_is_no_table(data: bytes) -> None:
    with pytest.raises(UnreadableTable):
        read_table(data)
