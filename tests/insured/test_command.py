"""What the one who feeds the register reads on the screen."""

import csv
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from qorgau.insured.models import Load, Serving
from tests.insured.files import AIGUL, DANA, TIMUR, line, write


def said(*words: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("insured", *map(str, words), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_a_load_tells_what_was_taken_and_names_every_refused_line(rows: None, tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", [line(AIGUL), line("1"), line(DANA, sum="-1")])
    out, err = said("--language", "ru", "load", path, "--by", "Оператор", "--report", tmp_path / "refused.csv")

    load = Load.objects.get()
    assert out.startswith(f"load {load.pk}: lines 3, taken 1, refused 2; people before 0, now 1; ")
    assert "line 4: Сумма меньше нуля." in err
    with (tmp_path / "refused.csv").open(encoding="utf-8-sig", newline="") as report:
        assert list(csv.reader(report)) == [
            ["line", "reason"],
            ["3", "Это не ИИН: нужны 12 цифр с верным контрольным разрядом."],
            ["4", "Сумма меньше нуля."],
        ]


def test_many_refused_lines_are_told_in_the_report_and_not_on_the_screen(rows: None, tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", [line(AIGUL), *(line("1") for _ in range(30))])
    _, err = said("load", path)

    assert err.count("line ") == 20
    assert "… and 10 more; --report FILE writes all of them" in err


def test_the_list_of_loads_tells_each_with_its_end(rows: None, tmp_path: Path) -> None:
    said("load", write(tmp_path / "whole.csv", [line(AIGUL)]), "--as-of", "2026-11-25", "--by", "Асель")
    said("load", write(tmp_path / "delta.csv", [line(TIMUR)]), "--delta", "--by", "Асель")
    said("rollback")
    with pytest.raises(CommandError, match="is cut off"):
        (tmp_path / "cut.csv").write_text("iin,paid\n900101")
        said("load", tmp_path / "cut.csv")

    refused, taken_back, whole = said("loads")[0].splitlines()
    assert "  refused  whole  " in refused and "The file is cut off" in refused
    assert "  rolled back  delta  " in taken_back and "people 1 -> 2" in taken_back
    assert "  loaded  whole  as of 2026-11-25  by Асель  whole.csv  " in whole
    assert f"sha256 {bytes(Load.objects.order_by('pk')[0].sha256).hex()}  lines 1  taken 1  refused 0" in whole


def test_the_same_file_again_is_no_failure(rows: None, tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", [line(AIGUL)])
    said("load", path)

    assert said("load", path)[0] == "This very file is loaded already. Nothing was changed.\n"
    assert "people 1 -> 1  Именно этот файл уже загружен" in said("loads", "--language", "ru")[0]


def test_the_language_of_reasons_stands_before_or_behind_the_verb(rows: None, tmp_path: Path) -> None:
    (tmp_path / "cut.csv").write_text("iin,paid\n900101")
    for words in (
        ("--language", "ru", "load", tmp_path / "cut.csv"),
        ("load", tmp_path / "cut.csv", "--language", "ru"),
    ):
        with pytest.raises(CommandError, match="Файл оборван"):
            said(*words)


def test_nothing_to_roll_back_and_no_such_file_are_told_in_a_sentence(rows: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was loaded that could be rolled back"):
        said("rollback")
    with pytest.raises(CommandError, match="No such file"):
        said("load", tmp_path / "nowhere.csv")


def test_a_report_that_cannot_be_written_is_named_itself(rows: None, tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", [line(AIGUL)])
    with pytest.raises(CommandError, match=r"nowhere/refused\.csv: No such file"):
        said("load", path, "--report", tmp_path / "nowhere" / "refused.csv")
    assert not Load.objects.exists()


def test_data_of_a_day_to_come_are_refused(rows: None, tmp_path: Path) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(CommandError, match=f"--as-of: {tomorrow} is still to come"):
        said("load", write(tmp_path / "people.csv", [line(AIGUL)]), "--as-of", tomorrow)
    assert not Load.objects.exists()


def test_a_file_of_an_earlier_day_than_the_register_is_refused_unless_it_is_meant(rows: None, tmp_path: Path) -> None:
    said("load", write(tmp_path / "new.csv", [line(AIGUL)]), "--as-of", "2026-11-28")
    old, report = write(tmp_path / "old.csv", [line(DANA)]), tmp_path / "refused.csv"
    why = (
        "The file is of November 27, 2026 and the register of November 28, 2026: older data would take the place of "
        "newer ones. If that is meant, load it with --older."
    )
    for kind in ((), ("--delta",)):
        with pytest.raises(CommandError) as refused:
            said("load", old, "--as-of", "2026-11-27", "--report", report, *kind)
        assert str(refused.value) == why
        with report.open(encoding="utf-8-sig", newline="") as written:
            assert list(csv.reader(written)) == [["line", "reason"], ["", why]]
    assert Serving.objects.get().as_of == date(2026, 11, 28)

    said("load", old, "--as-of", "2026-11-27", "--older")
    assert Serving.objects.get().as_of == date(2026, 11, 27)
    said("rollback")
    assert Serving.objects.get().as_of == date(2026, 11, 28)
    said("load", old, "--as-of", "2026-11-28")


def test_a_generated_population_loads_without_a_refused_line(rows: None, tmp_path: Path) -> None:
    out, _ = said("generate", tmp_path / "made.csv", "--people", 200, "--as-of", "2026-11-28")
    assert out.startswith("200 people in ")

    out, err = said("load", tmp_path / "made.csv", "--as-of", "2026-11-28")
    assert "lines 200, taken 200, refused 0; people before 0, now 200" in out
    assert err == ""


@pytest.mark.parametrize("people", [0, 200_000_000])
def test_a_population_that_cannot_be_is_refused(rows: None, tmp_path: Path, people: int) -> None:
    with pytest.raises(CommandError, match="--people: "):
        said("generate", tmp_path / "made.csv", "--people", people)
    assert list(tmp_path.iterdir()) == []
