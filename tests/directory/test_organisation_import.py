import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from qorgau.directory import reference
from qorgau.directory.loading import load_reference
from qorgau.directory.models import Change, Desk, DirectoryVersion, Organisation, Region
from qorgau.directory.organisation_import import import_organisations
from qorgau.directory.organisation_search import find
from qorgau.rules.problems import Problem

REAL_LISTS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "medorgs"

LIST = """\
код;наименование;атауы;БИН;форма собственности;область;город;адрес;краткое наименование;действует с
1;Городская поликлиника №4;№4 қалалық емхана;170740000206;государственная;г. Астана;;ул. Абая, 1;ГП 4;01.02.2020
2;ТОО «Шипа»;;;частная;710000000;;;;
3;Кордайская ЦРБ;;;;Жамбыл облысы;Қордай;;ЦРБ|Кордай;
"""


@pytest.fixture(autouse=True)
def _loaded(db: None) -> None:
    load_reference()
    Change.objects.all().delete()


def reasons(text: str) -> list[tuple[int, str]]:
    outcome = import_organisations(text.encode())
    return [(refusal.line, str(refusal.reason)) for refusal in outcome.refusals]


def test_organisations_come_with_everything_the_list_says() -> None:
    outcome = import_organisations(LIST.encode())
    assert (outcome.added, outcome.updated, outcome.unchanged, outcome.refusals) == (3, 0, 0, [])
    first = Organisation.objects.get(source_key="1")
    assert (first.name_ru, first.name_kk) == ("Городская поликлиника №4", "№4 қалалық емхана")
    assert (first.bin, first.ownership, first.address) == ("170740000206", "state", "ул. Абая, 1")
    assert (first.region.kato, first.aliases, first.valid_from) == ("710000000", ["ГП 4"], date(2020, 2, 1))
    assert "городская поликлиника" in first.search_text
    third = Organisation.objects.get(source_key="3")
    assert (third.ownership, third.region.kato, third.district) == ("unknown", "310000000", "Қордай")
    assert third.aliases == ["ЦРБ", "Кордай"]


def test_the_same_list_again_changes_nothing() -> None:
    import_organisations(LIST.encode())
    lines, version = Change.objects.count(), DirectoryVersion.objects.get().stamp
    outcome = import_organisations(LIST.encode())
    assert (outcome.added, outcome.updated, outcome.unchanged) == (0, 0, 3)
    assert (Change.objects.count(), DirectoryVersion.objects.get().stamp) == (lines, version)


def test_a_changed_row_is_updated_and_told_in_the_history() -> None:
    import_organisations(LIST.encode())
    Change.objects.all().delete()
    outcome = import_organisations(LIST.replace("ул. Абая, 1", "ул. Абая, 2").encode())
    assert (outcome.added, outcome.updated, outcome.unchanged) == (0, 1, 2)
    change = Change.objects.get()
    assert (change.model, change.before, change.after) == (
        "directory.organisation",
        {"address": "ул. Абая, 1"},
        {"address": "ул. Абая, 2"},
    )


def test_an_empty_cell_and_a_missing_column_erase_nothing() -> None:
    import_organisations(LIST.encode())
    Organisation.objects.filter(source_key="2").update(ownership="private", bin="990140000205", aliases=["Шипа мед"])
    outcome = import_organisations(
        "код;название;регион;бин\n2;ТОО «Шипа»;Астана;\n1;Городская поликлиника №4;Астана;\n".encode()
    )
    assert outcome.unchanged == 2
    second = Organisation.objects.get(source_key="2")
    assert (second.ownership, second.bin, second.aliases) == ("private", "990140000205", ["Шипа мед"])
    assert Organisation.objects.get(source_key="1").name_kk == "№4 қалалық емхана"


def test_other_names_are_added_to_those_an_administrator_gave() -> None:
    import_organisations(LIST.encode())
    organisation = Organisation.objects.get(source_key="1")
    organisation.aliases = ["Четвёрка"]
    organisation.save()
    import_organisations(LIST.encode())
    organisation.refresh_from_db()
    assert organisation.aliases == ["Четвёрка", "ГП 4"]


def test_every_refused_row_is_told_with_its_line_and_reason() -> None:
    told = reasons(
        "key,name,region,bin,ownership,active_from,active_to\n"
        "1,,Астана,,,,\n"
        "2,Клиника,Атлантида,,,,\n"
        "3,Клиника,,,,,\n"
        "4,Клиника,Астана,170740000207,,,\n"
        "5,Клиника,Астана,12345,,,\n"
        "6,Клиника,Астана,,семейная,,\n"
        "7,Клиника,Астана,,,31.02.2020,\n"
        "8,Клиника,Астана,,,2021-01-01,2020-01-01\n"
        "9,Клиника,Астана,,,,\n"
        "9,Другая,Астана,,,,\n"
        ",Без ключа,Астана,,,,\n"
        f"12,{'Ж' * 401},Астана,,,,\n"
    )
    assert told == [
        (2, "The name is empty."),
        (3, "There is no region “Атлантида”."),
        (4, "The region is empty."),
        (
            5,
            "BIN 170740000207: There is no such BIN: one of the digits is wrong. Please check it against the document.",
        ),
        (6, "BIN 12345: A BIN has 12 digits and nothing else."),
        (7, "The ownership “семейная” is neither state nor private; leave it empty if it is not known."),
        (8, "“31.02.2020” is not a date; write it like 2026-03-21 or 21.03.2026."),
        (9, "It ends before it begins."),
        (11, "The same key stands on line 10 already."),
        (12, "The key is empty."),
        (13, "The column “name_ru” holds 401 characters; the most it may hold is 400."),
    ]
    assert list(Organisation.objects.values_list("source_key", flat=True)) == ["9"]


def test_a_row_damaged_by_a_wrong_encoding_is_refused_and_the_others_taken() -> None:
    damaged = "Поликлиника".encode().decode("cp1251", errors="ignore")
    told = reasons(f"key,name,region\n1,{damaged},Астана\n2,Поликлиника,Астана\n")
    assert told == [(2, "The text of this row is damaged: it was saved in a wrong encoding.")]
    assert Organisation.objects.get().source_key == "2"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_files_of_any_office_are_read(encoding: str) -> None:
    text = "Код;Наименование МО;Регион\n1;Городская поликлиника №4;г. Алматы\n"
    assert import_organisations(text.encode(encoding)).added == 1
    assert Organisation.objects.get().name_ru == "Городская поликлиника №4"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "The file is empty, or is no table in an encoding we know. Save it as CSV in UTF-8."),
        (b"a,b\n1,2\n", "The first line of the file must name the columns. Missing: region, name_ru."),
        (b"name,b\n1,2\n", "The first line of the file must name the columns. Missing: region."),
    ],
)
def test_a_file_that_is_no_list_of_organisations_is_refused_whole(data: bytes, told: str) -> None:
    with pytest.raises(Problem) as problem:
        import_organisations(data)
    assert str(problem.value) == told


def test_without_a_key_an_organisation_is_known_by_its_name_and_region() -> None:
    text = "name,region\nПоликлиника,Астана\nПоликлиника,Алматы\n«ПОЛИКЛИНИКА»,Астана\n"
    assert reasons(text) == [(4, "The same key stands on line 2 already.")]
    assert import_organisations(text.encode()).unchanged == 2


def test_keys_of_two_sources_do_not_meet() -> None:
    outcome = import_organisations("source,key,name,region\na,1,Один,Астана\nb,1,Два,Астана\n".encode())
    assert outcome.added == 2
    assert set(Organisation.objects.values_list("source_key", flat=True)) == {"a:1", "b:1"}


def test_a_list_in_kazakh_alone_gives_the_name_in_both_places_until_there_is_a_russian_one() -> None:
    import_organisations("key,атауы,облыс\n1,№4 емхана,Астана\n".encode())
    assert Organisation.objects.get().name_ru == "№4 емхана"
    import_organisations("key,название,облыс\n1,Поликлиника №4,Астана\n".encode())
    import_organisations("key,атауы,облыс\n1,№4 емхана,Астана\n".encode())
    organisation = Organisation.objects.get()
    assert (organisation.name_kk, organisation.name_ru) == ("№4 емхана", "Поликлиника №4")


def test_a_dry_run_tells_all_and_keeps_nothing() -> None:
    version = DirectoryVersion.objects.get().stamp
    outcome = import_organisations(LIST.encode(), with_desks=True, dry_run=True)
    assert (outcome.added, outcome.desks_added) == (3, 3)
    assert not Organisation.objects.exists()
    assert not Change.objects.exists()
    assert DirectoryVersion.objects.get().stamp == version


def test_desks_are_opened_once_for_those_that_have_none() -> None:
    import_organisations(LIST.encode())
    assert import_organisations(LIST.encode(), with_desks=True).desks_added == 3
    assert import_organisations(LIST.encode(), with_desks=True).desks_added == 0
    desk = Desk.objects.get(organisation__source_key="1")
    assert desk.kind == "clinic"
    assert desk.name_ru == "Городская поликлиника №4: служба поддержки пациента и внутренней экспертизы"
    assert desk.name_kk == "№4 қалалық емхана: пациентті қолдау және ішкі сараптама қызметі"
    assert desk.region == desk.organisation.region
    assert Change.objects.filter(model="directory.desk").count() == 3


def test_a_desk_moves_to_another_region_with_its_clinic() -> None:
    import_organisations(LIST.encode(), with_desks=True)
    import_organisations(LIST.replace("г. Астана", "г. Алматы").encode())
    assert Desk.objects.get(organisation__source_key="1").region == Region.objects.get(kato="750000000")


@pytest.mark.django_db(transaction=True)
def test_what_was_imported_is_found_at_once() -> None:
    load_reference()
    import_organisations(LIST.encode())
    assert len(reference.current().organisations) == 3
    match = find("гп 4 астана")[0]
    assert match.organisation_id == Organisation.objects.get(source_key="1").pk


def test_the_command_writes_a_report_that_a_spreadsheet_opens_safely(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, report = tmp_path / "list.csv", tmp_path / "report.csv"
    source.write_text("key,name,region,lat\n1,=2+2,Атлантида,5\n2,Клиника,Астана,5\n", encoding="utf-8")
    call_command("import_organisations", str(source), "--report", str(report), "--language", "en")
    with report.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [
            ["line", "key", "name", "reason"],
            ["2", "1", "'=2+2", "There is no region “Атлантида”."],
        ]
    told = capsys.readouterr()
    assert "columns not used: lat" in told.out
    assert "added: 1, updated: 0, unchanged: 0, desks added: 0, refused: 1" in told.out
    assert "line 2: =2+2: There is no region “Атлантида”." in told.err


def test_the_command_says_what_is_wrong_with_the_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_organisations", str(tmp_path / "none.csv"))
    empty = tmp_path / "empty.csv"
    empty.touch()
    with pytest.raises(CommandError, match=r"nowhere/report\.csv: No such file"):
        call_command("import_organisations", str(empty), "--report", str(tmp_path / "nowhere" / "report.csv"))
    with pytest.raises(CommandError, match="is empty"):
        call_command("import_organisations", str(empty))


@pytest.mark.skipif(not REAL_LISTS.exists(), reason="the lists of real organisations are not here")
def test_real_lists_are_taken_and_taken_again() -> None:
    whole = (REAL_LISTS / "medical_organisations_kz.csv").read_bytes()
    names = (REAL_LISTS / "legal_name_variants_kz.csv").read_bytes()
    first, second = import_organisations(whole, with_desks=True), import_organisations(names)
    assert (first.added, first.desks_added, first.refusals) == (241, 241, [])
    assert (second.added, [str(refusal.reason) for refusal in second.refusals]) == (25, ["The region is empty."] * 3)
    assert import_organisations(whole, with_desks=True).unchanged == 241
    assert import_organisations(names).unchanged == 25
