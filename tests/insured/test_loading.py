"""A file is taken as a whole, at one moment, or not at all; every line that is not taken is named with its reason."""

import threading
from datetime import date
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from django.db import OperationalError, connection, transaction
from psycopg.errors import DiskFull

from qorgau.insured.journal import Purpose
from qorgau.insured.loading import crew, files, generations
from qorgau.insured.loading.crew import Refusal
from qorgau.insured.loading.faults import Fault, FileRefused
from qorgau.insured.lookup import Insured, NotAnswering, Unknown, look_up, look_up_people
from qorgau.insured.models import Load, Serving
from qorgau.insured.person_key import person_key
from qorgau.insured.rollback import roll_back
from qorgau.rules.months import FIRST, span
from qorgau.rules.problems import Problem
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, HEADER, NOW, STRANGER, SUMS, TIMUR, line, paid, write


def known(iin: str) -> int | None:
    """The paid months that the register has of somebody; None for a stranger."""
    answer = look_up(iin, purpose=Purpose.CARE, who="tests")
    return answer.record.paid if isinstance(answer, Insured) else None


def told(refusals: list[Refusal]) -> list[tuple[int, Fault]]:
    return [(one.line, one.fault) for one in refusals]


# --- Lines -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"iin": "900101300107"}, Fault.IIN),
        ({"iin": "000000000000"}, Fault.IIN),
        ({"iin": "90010130010"}, Fault.IIN),
        ({"iin": "90010130010a"}, Fault.IIN),
        ({"iin": ""}, Fault.IIN),
        ({"iin": "900101310520"}, Fault.IIN),
        ({"paid": "1101x1"}, Fault.PAID),
        ({"paid": "2"}, Fault.PAID),
        ({"paid": "0" * 130}, Fault.PAID),
        ({"paid": paid((NOW - 12, NOW + 1))}, Fault.PAID_LATER),
        ({"paid": paid((NOW + 1, NOW + 12)), "ahead": "2026-12/2027-10@2026-11"}, Fault.PAID_LATER),
        ({SUMS[3]: "-1"}, Fault.SUM_NEGATIVE),
        ({SUMS[3]: "many"}, Fault.SUM),
        ({SUMS[3]: "1.005"}, Fault.SUM),
        ({SUMS[3]: "nan"}, Fault.SUM),
        ({SUMS[3]: "2000000"}, Fault.SUM_TOO_LARGE),
        ({"payers": "EEEEEEEEEEE"}, Fault.PAYERS),
        ({"payers": "EEEEEEEEEEEX"}, Fault.PAYERS),
        ({"categories": "C07"}, Fault.CATEGORIES),
        ({"categories": "C07:2019-13-01"}, Fault.CATEGORIES),
        ({"categories": "C07:2019-05-01/2019-04-30"}, Fault.CATEGORIES),
        ({"categories": "C07:1890-05-01"}, Fault.CATEGORIES),
        ({"categories": "C99:2019-05-01"}, Fault.CATEGORY_UNKNOWN),
        ({"ahead": "2026-12/2027-11"}, Fault.AHEAD),
        ({"ahead": "2027-11/2026-12@2026-11"}, Fault.AHEAD),
        ({"ahead": "2027-01/2027-12@2026-12"}, Fault.AHEAD),
        ({"temporary": "2026-13"}, Fault.TEMPORARY),
        ({"temporary": "2019-12"}, Fault.TEMPORARY),
        ({"organisation": "x" * 81}, Fault.ORGANISATION),
        ({"attached_since": "01.01.2026"}, Fault.SINCE),
    ],
)
def test_a_wrong_line_is_refused_with_its_reason_and_the_others_are_taken(
    load: Loader, cells: dict[str, str], fault: Fault
) -> None:
    outcome, refused = load([line(DANA), line(**{"iin": AIGUL} | cells), line(TIMUR)])

    assert told(refused) == [(3, fault)]
    assert (outcome.load.read, outcome.load.taken, outcome.load.refused) == (3, 2, 1)
    assert known(DANA) == known(TIMUR) == span(FIRST, NOW)
    assert known(AIGUL) is None


@pytest.mark.parametrize("spoilt", [f"{AIGUL},1", f"{AIGUL}{',' * 30}", "", "\x00"])
def test_lines_with_other_cells_than_the_first_are_refused_alone(load: Loader, spoilt: str) -> None:
    _, refused = load([line(DANA), spoilt, line(TIMUR, sum="1e2")])

    assert [number for number, _ in told(refused)] == [3]
    assert known(DANA) == known(TIMUR) == span(FIRST, NOW)


def test_bytes_that_are_no_text_spoil_their_own_line_only(load: Loader, tmp_path: Path) -> None:
    path = write(tmp_path / "people.csv", [line(DANA, organisation="КЛИНИКА"), line(TIMUR, organisation="Емхана №1")])
    path.write_bytes(path.read_bytes().replace("КЛИНИКА".encode(), "КЛИНИКА".encode("cp1251")))

    _, refused = load(path)
    assert told(refused) == [(2, Fault.ORGANISATION)]


def test_a_refused_person_keeps_what_the_register_knew_before(load: Loader) -> None:
    load([line(AIGUL, paid="1"), line(DANA)])
    outcome, _ = load([line(AIGUL, paid="wrong"), line(TIMUR)])

    assert (known(AIGUL), known(DANA), known(TIMUR)) == (1, None, span(FIRST, NOW))
    assert (outcome.load.taken, outcome.load.people_after) == (1, 2)


def test_who_stands_twice_with_different_data_is_refused_and_with_the_same_taken_once(load: Loader) -> None:
    lines = [line(AIGUL), line(DANA), line(AIGUL, paid="1"), line(DANA), line(TIMUR)]
    outcome, refused = load(lines)

    assert told(refused) == [(2, Fault.DOUBLED), (4, Fault.DOUBLED)]
    assert known(AIGUL) is None
    assert known(DANA) == known(TIMUR) == span(FIRST, NOW)
    assert (outcome.load.read, outcome.load.taken, outcome.load.refused) == (5, 2, 2)


def test_a_file_that_holds_everybody_twice_is_refused_without_naming_them_all(
    load: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    named: list[int] = []
    naming = generations.take_out_doubled

    def counted(at_most: int) -> set[bytes]:
        people = naming(at_most)
        named.append(len(people))
        return people

    monkeypatch.setattr(generations, "take_out_doubled", counted)
    people = (AIGUL, DANA, TIMUR)
    with pytest.raises(FileRefused, match="More than 1 lines are wrong"):
        load([*(line(iin) for iin in people), *(line(iin, paid="1") for iin in people)], refused_at_most=1)
    assert (named, known(AIGUL)) == ([2], None)


def test_too_many_wrong_lines_refuse_the_file(load: Loader) -> None:
    load([line(AIGUL)])

    with pytest.raises(FileRefused, match="More than 2 lines are wrong"):
        load([line(TIMUR), *(line("1") for _ in range(3))], refused_at_most=2)
    assert (known(AIGUL), known(TIMUR)) == (span(FIRST, NOW), None)


def test_a_column_of_something_else_than_organisations_refuses_the_file(
    load: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qorgau.insured.loading.load.ORGANISATIONS_AT_MOST", 2)
    lines = [line(iin, organisation=iin) for iin in (AIGUL, DANA, TIMUR)]

    with pytest.raises(FileRefused, match="more than 2 organisations"):
        load(lines)


def test_lines_are_counted_right_across_blocks_and_processes(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BLOCK_BYTES", 512)
    monkeypatch.setattr(crew, "BLOCKS_ALONE", 3)
    lines = [line(DANA), *(line("wrong") for _ in range(20)), f"{AIGUL},1", line(TIMUR)]

    _, refused = load(lines, processes=2)
    assert told(refused) == [*((number, Fault.IIN) for number in range(3, 23)), (23, Fault.CELLS)]
    assert known(DANA) == known(TIMUR) == span(FIRST, NOW)


# --- Files -----------------------------------------------------------------------------------------------------------


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def in_utf_16(path: Path) -> None:
    path.write_text(path.read_text(), encoding="utf-16")


def as_a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100)


def without_iin(path: Path) -> None:
    path.write_text(path.read_text().replace("iin", "number"))


def in_quotes(path: Path) -> None:
    path.write_text(path.read_text().replace("iin,paid", '"iin","paid"'))


def a_month_short(path: Path) -> None:
    path.write_text(path.read_text().replace(SUMS[0], "2024-01"))


def without_a_line(path: Path) -> None:
    path.write_text(path.read_text().split("\n")[0] + "\n")


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut_off, "is cut off"),
        (in_utf_16, "not text in UTF-8"),
        (as_a_picture, "not text in UTF-8|columns are missing"),
        (without_iin, "columns are missing: iin"),
        (in_quotes, "must not stand in quotes"),
        (a_month_short, "twelve months in a row"),
        (without_a_line, "nobody in the file"),
        (empty, "nobody in the file"),
    ],
)
def test_a_spoilt_file_is_refused_as_a_whole_and_the_register_serves_on(
    load: Loader, tmp_path: Path, spoil: object, says: str
) -> None:
    load([line(AIGUL)])
    path = write(tmp_path / "spoilt.csv", [line(AIGUL, paid="1"), line(TIMUR)])
    spoil(path)  # type: ignore[operator]

    with pytest.raises(FileRefused, match=says):
        load(path)
    assert (known(AIGUL), known(TIMUR)) == (span(FIRST, NOW), None)
    last = Load.objects.first()
    assert last is not None and last.why_refused is not None
    assert (last.state, last.taken, Serving.objects.get().people) == (Load.REFUSED, 0, 1)


@pytest.mark.parametrize(
    ("name", "says"),
    [("name", "not part of the format: name"), ("paid", "stands in the first line twice")],
)
def test_a_column_that_nobody_knows_or_that_stands_twice_is_told(
    load: Loader, tmp_path: Path, name: str, says: str
) -> None:
    with pytest.raises(FileRefused, match=says):
        load(write(tmp_path / "people.csv", [], header=[*HEADER, name]))


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_line_ends_and_a_byte_order_mark_do_not_matter(load: Loader, tmp_path: Path, delimiter: str) -> None:
    path = write(tmp_path / "people.csv", [line(AIGUL), line(DANA)])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b",", delimiter.encode()).replace(b"\n", b"\r\n"))

    _, refused = load(path)
    assert (told(refused), known(AIGUL), known(DANA)) == ([], span(FIRST, NOW), span(FIRST, NOW))


def test_a_file_may_have_the_two_columns_alone(load: Loader, tmp_path: Path) -> None:
    load(write(tmp_path / "people.csv", [f"{AIGUL},11"], header=["iin", "paid"]))

    assert known(AIGUL) == 3


def test_parquet_has_numbers_and_days_of_its_own(load: Loader, tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "iin": [AIGUL, DANA],
            "paid": ["11", None],
            **{name: pyarrow.array([4250.5, None]) for name in SUMS},
            "payers": pyarrow.array(["S" * 12, None]).dictionary_encode(),
            "attached_since": pyarrow.array([date(2025, 1, 1), None]),
            "organisation": ["demo-71-gp1", None],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "people.parquet")
    _, refused = load(tmp_path / "people.parquet")

    answer = look_up(AIGUL, purpose=Purpose.CARE, who="tests")
    assert isinstance(answer, Insured) and answer.record.attached is not None
    assert (told(refused), answer.record.paid, answer.record.last_months[0].tenge) == ([], 3, 4250.5)
    assert answer.record.attached.since == date(2025, 1, 1)
    assert known(DANA) == 0


def test_parquet_that_is_cut_off_is_refused(load: Loader, tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"iin": [AIGUL] * 50, "paid": ["1"] * 50}), tmp_path / "people.parquet")
    cut_off(tmp_path / "people.parquet")

    with pytest.raises(FileRefused, match="not a whole Parquet file"):
        load(tmp_path / "people.parquet")


# --- Generations -----------------------------------------------------------------------------------------------------


def test_the_same_file_a_second_time_does_nothing_and_says_so(load: Loader) -> None:
    first, _ = load([line(AIGUL), line(DANA)])
    second, _ = load([line(AIGUL), line(DANA)])

    assert (first.again, second.again) == (False, True)
    assert (second.load.state, known(AIGUL)) == (Load.REFUSED, span(FIRST, NOW))


def test_a_delta_changes_the_people_it_names_and_no_others(load: Loader) -> None:
    load([line(AIGUL), line(DANA)])
    outcome, _ = load([line(DANA, paid="1"), line(TIMUR)], delta=True)

    assert (known(AIGUL), known(DANA), known(TIMUR)) == (span(FIRST, NOW), 1, span(FIRST, NOW))
    assert (outcome.load.people_before, outcome.load.people_after, Serving.objects.get().people) == (2, 3, 3)


def test_the_same_delta_again_does_not_undo_a_later_one(load: Loader) -> None:
    load([line(AIGUL), line(DANA)])
    load([line(DANA, paid="1")], delta=True)
    load([line(DANA, paid="11")], delta=True)
    again, _ = load([line(DANA, paid="1")], delta=True)

    assert (again.again, known(DANA)) == (True, 3)


def test_the_later_of_two_deltas_holds_and_a_whole_file_ends_them_both(load: Loader) -> None:
    load([line(AIGUL), line(DANA)])
    load([line(DANA, paid="1"), line(TIMUR, paid="1")], delta=True)
    outcome, _ = load([line(DANA, paid="11")], delta=True)

    assert (known(AIGUL), known(DANA), known(TIMUR)) == (span(FIRST, NOW), 3, 1)
    assert outcome.load.people_after == 3

    load([line(AIGUL, paid="1"), line(DANA), line(TIMUR)])
    assert (known(AIGUL), known(DANA), known(TIMUR)) == (1, span(FIRST, NOW), span(FIRST, NOW))


def test_a_person_refused_by_a_whole_file_keeps_what_a_delta_had_brought(load: Loader) -> None:
    load([line(AIGUL), line(DANA)])
    load([line(AIGUL, paid="1"), line(TIMUR, paid="11")], delta=True)
    outcome, _ = load([line(AIGUL, paid="wrong"), line(TIMUR, paid="wrong"), line(DANA)])

    assert (known(AIGUL), known(DANA), known(TIMUR)) == (1, span(FIRST, NOW), 3)
    assert outcome.load.people_after == 3


def test_many_are_asked_about_at_once_as_one_is(load: Loader) -> None:
    load([line(AIGUL), line(DANA)])
    load([line(DANA, paid="1"), line(TIMUR, paid="11")], delta=True)

    people = {person_key(iin): iin for iin in (AIGUL, DANA, TIMUR, STRANGER)}
    answers = look_up_people(list(people), purpose=Purpose.WARNING, who="tests")
    paid_of = {people[person]: answer.record.paid for person, answer in answers.items() if isinstance(answer, Insured)}
    assert paid_of == {AIGUL: span(FIRST, NOW), DANA: 1, TIMUR: 3}
    assert isinstance(answers[person_key(STRANGER)], Unknown)


def test_a_delta_of_nobody_is_taken_back_too(load: Loader) -> None:
    load([line(AIGUL)], as_of=date(2026, 11, 25))
    load([], delta=True, as_of=date(2026, 11, 26))
    roll_back()

    assert (Serving.objects.get().as_of, known(AIGUL), known(DANA)) == (date(2026, 11, 25), span(FIRST, NOW), None)


def test_a_file_of_which_no_line_can_be_taken_is_refused_as_a_whole(load: Loader) -> None:
    load([line(AIGUL)])
    for delta in (True, False):
        with pytest.raises(FileRefused, match="No line of the file can be taken"):
            load([line(DANA, paid="wrong"), line("1")], delta=delta)
    last = Load.objects.first()

    assert last is not None and (last.state, last.refused) == (Load.REFUSED, 2)
    assert (last.people_before, last.people_after, known(AIGUL)) == (1, 1, span(FIRST, NOW))


def test_a_delta_needs_something_to_change(load: Loader) -> None:
    with pytest.raises(FileRefused, match="no register yet"):
        load([line(AIGUL)], delta=True)


def test_loads_are_taken_back_one_after_another(load: Loader) -> None:
    load([line(AIGUL), line(DANA)], as_of=date(2026, 11, 25))
    load([line(DANA, paid="1"), line(TIMUR)], delta=True, as_of=date(2026, 11, 26))
    load([line(STRANGER)], may_shrink=True, as_of=date(2026, 11, 27))
    assert (known(STRANGER), known(AIGUL)) == (span(FIRST, NOW), None)

    roll_back()
    assert (known(AIGUL), known(DANA), known(TIMUR), known(STRANGER)) == (span(FIRST, NOW), 1, span(FIRST, NOW), None)
    assert Serving.objects.get().as_of == date(2026, 11, 26)

    roll_back()
    assert (known(AIGUL), known(DANA), known(TIMUR)) == (span(FIRST, NOW), span(FIRST, NOW), None)
    assert (Serving.objects.get().as_of, Serving.objects.get().people) == (date(2026, 11, 25), 2)


def test_nothing_can_be_rolled_back_before_the_first_load_or_beyond_what_is_kept(load: Loader) -> None:
    with pytest.raises(Problem, match="Nothing was loaded"):
        roll_back()
    load([line(AIGUL)])
    load([line(DANA)])
    load([line(TIMUR)])
    roll_back()
    with pytest.raises(Problem, match="not kept any more"):
        roll_back()
    assert known(DANA) == span(FIRST, NOW)


def test_a_file_rolled_back_may_be_loaded_again(load: Loader) -> None:
    load([line(AIGUL)])
    load([line(AIGUL), line(DANA)])
    roll_back()
    outcome, _ = load([line(AIGUL), line(DANA)])

    assert (outcome.again, known(DANA)) == (False, span(FIRST, NOW))


def test_the_first_load_taken_back_leaves_no_register_that_could_answer(load: Loader) -> None:
    load([line(AIGUL)])
    roll_back()

    assert not Serving.objects.exists()


def test_a_file_of_a_part_of_the_people_is_taken_for_a_mistake(load: Loader) -> None:
    load([line(AIGUL), line(DANA), line(TIMUR)])

    with pytest.raises(FileRefused, match="has 1 people and the register 3"):
        load([line(STRANGER)])
    load([line(STRANGER)], may_shrink=True)
    assert isinstance(look_up(AIGUL, purpose=Purpose.CARE, who="tests"), Unknown)


def test_a_load_that_breaks_off_leaves_nothing_but_its_line(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    load([line(AIGUL)])

    def no_more(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(generations, "swap", no_more)
    with pytest.raises(MemoryError):
        load([line(TIMUR)])

    last = Load.objects.first()
    assert last is not None and (last.state, last.taken) == (Load.REFUSED, 0)
    assert (known(AIGUL), known(TIMUR)) == (span(FIRST, NOW), None)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname = 'insured_coming'")
        assert cursor.fetchone() == (0,)


def test_a_file_that_would_fill_the_disk_is_refused_before_a_line_is_read(
    load: Loader, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([line(AIGUL)])
    monkeypatch.setattr(generations, "free_bytes", lambda: generations.LEFT_FREE)

    with pytest.raises(FileRefused, match="no room for one more register"):
        load([line(TIMUR)])
    last = Load.objects.first()
    assert last is not None and (last.state, last.read) == (Load.REFUSED, 0)
    assert (known(AIGUL), known(TIMUR)) == (span(FIRST, NOW), None)


def test_a_disk_that_is_full_in_the_middle_is_told_in_a_sentence(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    load([line(AIGUL)])

    def full(*_: object) -> None:
        raise OperationalError("could not extend file") from DiskFull("No space left on device")

    monkeypatch.setattr(generations, "index_the_coming", full)
    with pytest.raises(FileRefused, match="no room for one more register"):
        load([line(TIMUR)])
    assert (known(AIGUL), known(TIMUR)) == (span(FIRST, NOW), None)


# --- While others ask ------------------------------------------------------------------------------------------------


def test_look_ups_go_on_during_a_load_and_see_one_state_or_the_other(emptied: None, load: Loader) -> None:
    load([line(AIGUL, paid="1"), line(DANA, paid="1")])
    stop, seen, trouble = threading.Event(), set(), []

    def asking() -> None:
        try:
            while not stop.is_set():
                seen.add((known(AIGUL), known(DANA)))
        except Exception as error:
            trouble.append(error)
        finally:
            connection.close()

    asker = threading.Thread(target=asking)
    asker.start()
    load([line(AIGUL, paid="11"), line(DANA, paid="11")])
    load([line(AIGUL, paid="111"), line(DANA, paid="111")], delta=True)
    roll_back()
    stop.set()
    asker.join()

    assert trouble == []
    # Two look-ups are two moments: between them the register may move on, but never to anything that was not loaded.
    assert seen <= {(one, other) for one in (1, 3, 7) for other in (1, 3, 7)}
    assert (known(AIGUL), known(DANA)) == (3, 3)


def test_a_table_that_cannot_be_read_in_time_is_no_answer(emptied: None, load: Loader) -> None:
    load([line(AIGUL)])
    locked, leave = threading.Event(), threading.Event()

    def holding() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE insured_person IN ACCESS EXCLUSIVE MODE")
            locked.set()
            leave.wait(10)
        connection.close()

    holder = threading.Thread(target=holding)
    holder.start()
    locked.wait(10)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '50ms'")
    try:
        answer = look_up(AIGUL, purpose=Purpose.CARE, who="tests")
    finally:
        leave.set()
        holder.join()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    assert isinstance(answer, NotAnswering)
    assert answer.reason == "the database does not answer: OperationalError"
    assert known(AIGUL) == span(FIRST, NOW)


def test_two_cannot_load_at_once(emptied: None, load: Loader) -> None:
    load([line(AIGUL)])
    entered, leave = threading.Event(), threading.Event()

    def holding() -> None:
        with transaction.atomic():
            generations.lock()
            entered.set()
            leave.wait(10)
        connection.close()

    holder = threading.Thread(target=holding)
    holder.start()
    entered.wait(10)
    try:
        with pytest.raises(FileRefused, match="Another file is being loaded"):
            load([line(DANA)])
    finally:
        leave.set()
        holder.join()
    assert known(AIGUL) == span(FIRST, NOW)
