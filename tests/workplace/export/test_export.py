"""Taking what the queue shows as a table: exactly those appeals, for exactly those who may, written down."""

import csv
import io
import re
import threading
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from qorgau.directory.models import Checklist, ChecklistStep, Label, OwnField, StateLabel, Topic
from qorgau.directory.reference import current, refresh
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.draft import draft
from qorgau.handling.extend import extend
from qorgau.handling.pass_on import pass_on
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.record_withdrawal import record_withdrawal
from qorgau.handling.reply_information import reply_information
from qorgau.handling.request_information import request_information
from qorgau.handling.set_details import set_details
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.handling.tick import tick
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Opening
from qorgau.rules.roles import Role
from qorgau.workplace.export import making, page, reading
from qorgau.workplace.export.columns import columns_of
from qorgau.workplace.export.ready_letter import send_ready_letter
from qorgau.workplace.models import Export
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

IIN = "900101300106"
PHONE = "+77010000067"


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def take(client: Client, query: str = "?tab=all", **more: str) -> Any:
    return client.post(reverse("desk:export") + query, {"format": "csv-semicolon", "purpose": "report", **more})


def rows_in(response: Any) -> list[dict[str, str]]:
    """By stable codes of columns, whatever language the names are in."""
    text = response.getvalue().decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    codes = [column.code for column in columns_of(current())]
    return [dict(zip(codes, line, strict=True)) for line in lines[1:]]


def numbers_of_queue(client: Client, query: str) -> list[str]:
    """The appeals that the list links to, in its order."""
    page_of_queue = client.get(reverse("desk:queue") + query).content.decode()
    return list(dict.fromkeys(re.findall(r'href="/desk/appeal/([\d-]+)/["?]', page_of_queue)))


def some_appeals(world: World) -> list[Appeal]:
    person = Person(surname="Оспанов", given_name="Ержан", phone=PHONE, iin=IIN, email="erzhan@example.kz")
    return [
        factories.appeal(organisation_id=world.state_clinic.pk, topic="refusal", applicant=person),
        factories.appeal(wish="fund", region=world.astana.kato, received_at=NOON - timedelta(days=30)),
        factories.appeal(wish="fund", region=world.almaty.kato, text="=cmd|' /C calc'!A0"),
        factories.appeal(wish="fund", region=world.astana.kato, text=f"Мой ИИН {IIN}, телефон 8 701 000 00 67"),
    ]


@pytest.mark.parametrize(
    "query",
    ["?tab=all", "?tab=desk", "?tab=overdue", "?tab=all&kind=complaint&sort=due", "?tab=all&topic=refusal",
     "?tab=all&region=710000000", "?tab=all&kind=proposal", "?tab=asked", "?tab=all&nonsense=1&state=moon"],
)  # fmt: skip
def test_the_table_holds_what_the_queue_shows_in_its_order(world: World, sign_in: SignIn, query: str) -> None:
    some_appeals(world)
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    assert [row["number"] for row in rows_in(take(client, query))] == numbers_of_queue(client, query)


def test_a_table_is_within_the_scope_of_its_reader(world: World, sign_in: SignIn) -> None:
    appeals = some_appeals(world)
    of = {appeal.number: appeal.region_id for appeal in appeals}
    for desk, role in ((world.branch, Role.BRANCH_SPECIALIST), (world.other_branch, Role.AUDITOR)):
        rows = rows_in(take(sign_in(factories.staff(role, desk))))
        assert {row["number"] for row in rows} == {number for number, region in of.items() if region == desk.region_id}


def test_contacts_are_masked_in_fields_and_in_what_was_said(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    for role, desk in ((Role.BRANCH_SPECIALIST, world.branch), (Role.APPROVER, world.branch)):
        response = take(sign_in(factories.staff(role, desk)))
        text = response.getvalue().decode()
        assert IIN not in text and "010000067" not in text and "000 00 67" not in text and "erzhan@" not in text
        assert "••••••••0106" in text and "+7 701 ••• •• 67" in text and "e•••@example.kz" in text


def test_only_a_head_takes_contacts_in_full_and_the_journal_keeps_it(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    for role, sees in ((Role.APPROVER, True), (Role.BRANCH_SPECIALIST, False), (Role.AUDITOR, False)):
        person = factories.staff(role, world.branch)
        client = sign_in(person)
        assert ("in_full" in client.get(reverse("desk:export") + "?tab=all").content.decode()) == sees
        text = take(client, purpose="calling", in_full="on").getvalue().decode()
        assert (IIN in text) == (PHONE in text) == sees
        line = Export.objects.get(staff=person)
        assert (line.in_full, line.purpose, line.query, line.rows) == (sees, "calling", "tab=all", 3)


def test_an_analyst_learns_nobodys_name(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    text = take(sign_in(factories.staff(Role.ANALYST, world.centre)), in_full="on").getvalue().decode()
    assert "Оспанов" not in text and "•••" in text and IIN not in text and "@" not in text


def test_a_sentence_that_looks_like_a_command_is_words(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    rows = rows_in(take(sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre))))
    assert "'=cmd|' /C calc'!A0" in {row["text"] for row in rows}


@pytest.mark.parametrize(
    ("language", "number", "state"),
    [("kk", "Нөмірі", "Жаңа"), ("ru", "Номер", "Новое"), ("en", "Number", "New")],
)
def test_words_are_in_the_readers_language_and_codes_are_not(
    world: World, sign_in: SignIn, language: str, number: str, state: str
) -> None:
    some_appeals(world)
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch, language=language))
    response = take(client)
    assert response.getvalue().decode("utf-8-sig").startswith(number)
    assert {(row["state"], row["state_words"]) for row in rows_in(take(client))} == {("registered", state)}


WAYS = [{"code": "amb", "kk": "Амбулаторлық", "ru": "Амбулаторно", "en": "Outpatient", "offered": True}]


@pytest.fixture
def own_things(world: World) -> list[ChecklistStep]:
    """What an installation may add: labels, fields, words for a state, and a checklist of two steps."""
    for code, en in (("urgent", "Urgent"), ("press", "Press")):
        Label.objects.create(code=code, name_ru=code, name_en=en)
    for code, kind, en in (
        ("ward", "text", "Ward"), ("sum", "number", "Sum"), ("came", "date", "Came on"), ("paid", "yes_no", "Paid"),
    ):  # fmt: skip
        OwnField.objects.create(code=code, kind=kind, name_ru=code, name_en=en, topic=None)
    OwnField.objects.create(code="way", kind="choice", name_ru="Вид", name_en="Way", options=WAYS)
    only_here = Topic.objects.get(code="extortion")
    OwnField.objects.create(code="elsewhere", kind="text", name_ru="Иное", name_en="Elsewhere", topic=only_here)
    StateLabel.objects.create(state="in_work", staff_en="Being checked", staff_ru="Проверяется")
    checklist = Checklist.objects.create(code="all", name_ru="Для всех")
    steps = [
        ChecklistStep.objects.create(checklist=checklist, name_ru=en, name_en=en, position=place)
        for place, en in enumerate(("Call", "Note"))
    ]
    refresh()
    return steps


def test_labels_own_fields_and_steps_are_columns_that_say_what_the_card_says(
    world: World, sign_in: SignIn, own_things: list[ChecklistStep]
) -> None:
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    appeal = factories.appeal(wish="fund", region=world.astana.kato)
    plain = factories.appeal(wish="fund", region=world.astana.kato)
    accept(appeal, staff=person, at=NOON)
    values = {"ward": "=хирургия", "sum": "12,5", "came": "2026-06-01", "paid": "yes", "way": "amb"}
    set_details(appeal, staff=person, labels=["urgent", "press"], values=values, at=NOON)
    tick(appeal, staff=person, step_id=own_things[0].pk, at=NOON)
    client = sign_in(person)
    response = take(client)
    head = response.getvalue().decode("utf-8-sig").splitlines()[0]
    rows = {row["number"]: row for row in rows_in(take(client))}
    own = {
        "labels": "press, urgent", "labels_words": "Press; Urgent", "steps": "2", "steps_done": "1",
        "steps_open": "Note", "own_ward": "'=хирургия", "own_sum": "12.5", "own_came": "2026-06-01",
        "own_paid": "Yes", "own_way": "amb", "own_way_words": "Outpatient", "own_elsewhere": "",
        "state_words": "Being checked (In work)",
    }  # fmt: skip
    assert {code: rows[appeal.number][code] for code in own} == own
    nothing = dict.fromkeys(own, "") | {
        "steps": "2",
        "steps_done": "0",
        "steps_open": "Call; Note",
        "state_words": "New",
    }
    assert {code: rows[plain.number][code] for code in own} == nothing
    assert head.endswith("Steps not done yet;Came on;Elsewhere;Paid;Sum;Ward;Way, code;Way")
    card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    for said in ("Press", "Urgent", "Checklist: 1 of 2", "Being checked (In work)", "Outpatient", "12.5"):
        assert said in card, said


def test_a_workbook_counts_and_sorts_what_own_fields_hold(
    world: World, sign_in: SignIn, own_things: list[ChecklistStep]
) -> None:
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    appeal = factories.appeal(wish="fund", region=world.astana.kato)
    set_details(appeal, staff=person, values={"sum": "12,5", "came": "2026-06-01", "way": "amb"}, at=NOON)
    book = zipfile.ZipFile(io.BytesIO(take(sign_in(person), format="xlsx").getvalue()))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    for cell in ("<v>12.5</v>", "<v>46174</v>", "<t>amb</t>", "<t>Outpatient</t>"):
        assert cell in sheet, cell


def test_steps_are_not_told_to_those_who_do_not_see_them_on_the_card(
    world: World, sign_in: SignIn, own_things: list[ChecklistStep]
) -> None:
    clinic = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(appeal, staff=clinic, at=NOON)
    pass_on(appeal, staff=clinic, to=world.branch, reason="Решать Фонду", at=NOON)
    accept(appeal, staff=factories.staff(Role.BRANCH_SPECIALIST, world.branch), at=NOON)
    (row,) = rows_in(take(sign_in(clinic)))
    assert [row[code] for code in ("steps", "steps_done", "steps_open")] == ["", "", ""]
    (row,) = rows_in(take(sign_in(factories.staff(Role.ANALYST, world.centre))))
    assert [row[code] for code in ("steps", "steps_done", "steps_open")] == ["2", "0", "Call; Note"]


def test_what_became_of_an_appeal_stands_in_its_row(world: World, sign_in: SignIn) -> None:
    specialist, head = (factories.staff(role, world.branch) for role in (Role.BRANCH_SPECIALIST, Role.APPROVER))
    appeal = factories.appeal(wish="fund", organisation_id=world.state_clinic.pk, region=world.astana.kato)
    due = appeal.due_on
    accept(appeal, staff=specialist, at=NOON)
    propose_extension(appeal, staff=specialist, until=date(2026, 7, 1), reason="Нужна экспертиза", at=NOON)
    extend(appeal, staff=head, at=NOON)
    request_information(appeal, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    clinic = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    reply_information(appeal, staff=clinic, reply="Врач был в отпуске.", at=NOON)
    reason = "Решили, звоните 8 701 000 00 67"
    record_withdrawal(appeal, staff=specialist, channel="call", reason=reason, at=NOON)
    draft(
        appeal, staff=specialist, decision="founded", text="Ответ", legal_basis="АППК", how_to_appeal="В суд",
        language="ru", at=NOON,
    )  # fmt: skip
    submit_for_approval(appeal, staff=specialist, at=NOON)
    approve(appeal, staff=head, at=NOON)
    wanted = {
        "extended_from": str(due), "days_taken": "", "requests": "1", "withdrawal_channel": "call",
        "withdrawal_channel_words": "Call", "withdrawal_reason": "Решили, звоните +7 701 ••• •• 67",
        "withdrawn_at": "", "how_to_appeal": "", "approved_by": "", "applicant_language": "ru",
    }  # fmt: skip
    client = sign_in(specialist)
    (row,) = rows_in(take(client))
    assert {code: row[code] for code in wanted} == wanted
    answer(appeal, staff=specialist, at=NOON + timedelta(days=2))
    (row,) = rows_in(take(client))
    sent = {"days_taken": "2", "days_over": "0", "how_to_appeal": "В суд", "approved_by": "Сейітова А."}
    assert {code: row[code] for code in sent} == sent


def test_a_workbook_is_a_file_of_its_kind(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    response = take(sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch)), format="xlsx")
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response["Content-Disposition"] == 'attachment; filename="qorgau-2026-06-02-1200.xlsx"'
    assert response.getvalue()[:2] == b"PK"


def test_everybody_whose_data_left_can_be_told(world: World, sign_in: SignIn) -> None:
    appeals = some_appeals(world)
    head, analyst = factories.staff(Role.APPROVER, world.branch), factories.staff(Role.ANALYST, world.centre)
    take(sign_in(head), purpose="inspection").getvalue()
    take(sign_in(analyst)).getvalue()
    openings = Opening.objects.filter(part="export").values_list("appeal_id", "staff_id", "purpose")
    assert set(openings) == {
        (appeal.pk, head.pk, "inspection") for appeal in appeals if appeal.region_id == world.astana.pk
    }


def test_no_purpose_no_table(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    response = take(client, purpose="")
    assert response.status_code == 422
    assert "it stands in the journal" in response.content.decode()
    assert Export.objects.count() == 0


def test_queries_do_not_grow_with_rows(world: World, sign_in: SignIn, own_things: list[ChecklistStep]) -> None:
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    counted = []
    for more in (2, 28):  # of one person, so that the second is linked to the first
        for _ in range(more):
            accept_me = factories.appeal(wish="fund", region=world.astana.kato)
            person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
            accept(accept_me, staff=person, at=NOON)
            set_details(accept_me, staff=person, labels=["urgent"], values={"ward": "x"}, at=NOON)
            tick(accept_me, staff=person, step_id=own_things[0].pk, at=NOON)
        with CaptureQueriesContext(connection) as queries:
            assert take(client).getvalue()
        counted.append([query["sql"][:90] for query in queries if "directory_directoryversion" not in query["sql"]])
    assert counted[0] == counted[1]


# --- Large tables --------------------------------------------------------------------------------------------------


@pytest.fixture
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "AT_ONCE", 2)


@pytest.mark.usefixtures("small_limit")
def test_a_large_table_is_made_in_the_background(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch, email="a@example.kz")
    client = sign_in(person)
    response = take(client)
    line = Export.objects.get()
    assert response["Location"] == reverse("desk:export_progress", args=[line.pk])
    assert (line.state, line.rows, line.done) == (Export.WAITING, 3, 0)
    assert ProcrastinateJob.objects.get(task_name="qorgau.workplace.make_export").lock == "large file"
    waiting = client.get(response["Location"])
    assert 'hx-trigger="every 2s"' in waiting.content.decode() and "0 of 3 rows" in waiting.content.decode()
    assert client.get(reverse("desk:export_file", args=[line.pk])).status_code == 302

    making.make_in_background(line.pk)

    line.refresh_from_db()
    assert (line.state, line.done) == (Export.READY, 3)
    assert "hx-trigger" not in client.get(response["Location"]).content.decode()
    on_disk = line.place.read_bytes()
    assert all(row.number.encode() not in on_disk for row in Appeal.objects.all())
    served = client.get(reverse("desk:export_file", args=[line.pk]))
    assert [row["number"] for row in rows_in(served)] == numbers_of_queue(client, "?tab=all")
    assert int(served["Content-Length"]) == line.size
    part = client.get(response["Location"], headers={"HX-Request": "true", "HX-Target": "export-progress"})
    assert part.content.decode().startswith('<div id="export-progress"')


@pytest.mark.usefixtures("small_limit")
@pytest.mark.parametrize(("wanted_first", "wanted_then", "jobs", "letters"), [
    (False, False, 0, 0), (True, False, 1, 0), (True, True, 1, 1),
])  # fmt: skip
def test_a_letter_tells_that_it_is_ready_unless_no_letters_are_wanted(
    world: World, sign_in: SignIn, mailoutbox: list[Any], wanted_first: bool, wanted_then: bool, jobs: int, letters: int
) -> None:
    some_appeals(world)
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch, email="a@example.kz", email_notices=wanted_first)
    take(sign_in(person))
    line = Export.objects.get()
    making.make_in_background(line.pk)
    assert ProcrastinateJob.objects.filter(task_name=send_ready_letter.name).count() == jobs
    Staff.objects.filter(pk=person.pk).update(email_notices=wanted_then)
    send_ready_letter(export_id=line.pk)
    assert len(mailoutbox) == letters


@pytest.mark.usefixtures("small_limit")
def test_only_who_asked_gets_the_file(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    take(sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch)))
    line = Export.objects.get()
    making.make_in_background(line.pk)
    for role, desk in ((Role.APPROVER, world.branch), (Role.AUDITOR, world.centre), (Role.ADMINISTRATOR, world.centre)):
        client = sign_in(factories.staff(role, desk))
        for name in ("export_progress", "export_file"):
            assert client.get(reverse(f"desk:{name}", args=[line.pk])).status_code == 404, (role, name)
    assert Client().get(reverse("desk:export_file", args=[line.pk])).status_code == 302


@pytest.mark.usefixtures("small_limit")
def test_a_file_is_kept_for_a_day_and_its_line_for_ever(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    take(client)
    line = Export.objects.get()
    making.make_in_background(line.pk)
    line.refresh_from_db()
    file = line.place
    assert Export.forget_old(NOON + timedelta(hours=23)) == 0 and file.exists()
    assert Export.forget_old(NOON + timedelta(hours=25)) == 1 and not file.exists()
    assert client.get(reverse("desk:export_file", args=[line.pk])).status_code == 302
    assert "no longer kept" in client.get(reverse("desk:export_progress", args=[line.pk])).content.decode()
    for action in (line.delete, lambda: Export.objects.update(purpose="work")):
        with pytest.raises(IntegrityError), transaction.atomic():
            action()


@pytest.mark.usefixtures("small_limit")
def test_a_worker_killed_in_the_middle_begins_anew(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_appeals(world)
    take(sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch)))
    line = Export.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(making, "rows_of", _that_breaks)
        with pytest.raises(RuntimeError):
            making.make_in_background(line.pk)
    line.refresh_from_db()
    assert line.state == Export.RUNNING and not line.place.exists()
    making.make_in_background(line.pk)
    line.refresh_from_db()
    assert (line.state, line.done) == (Export.READY, 3)


@pytest.fixture
def rows_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every appeal is a batch, so the next is read in another thread, on a connection that sees what is committed."""
    monkeypatch.setattr(reading, "ROWS_AT_A_TIME", 1)


def reading_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("rows")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_limit", "rows_one_by_one")
def test_a_table_of_several_batches_holds_what_the_queue_shows_in_its_order(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    client = sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre))
    take(client)
    line = Export.objects.get()
    making.make_in_background(line.pk)
    served = client.get(reverse("desk:export_file", args=[line.pk]))
    assert [row["number"] for row in rows_in(served)] == numbers_of_queue(client, "?tab=all")
    assert Opening.objects.filter(part="export", purpose="report").count() == 4
    assert reading_threads() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_limit", "rows_one_by_one")
def test_that_data_leave_is_committed_before_they_do(world: World, sign_in: SignIn) -> None:
    appeals = some_appeals(world)
    take(sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre)))
    line = Export.objects.select_related("staff__desk").get()
    ids = [appeal.pk for appeal in appeals]
    for key, row in zip(ids, making.cells_of(line, ids, columns_of(current())[:1], ahead=True), strict=True):
        assert Opening.objects.filter(appeal_id=key, part="export").exists(), row


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_limit", "rows_one_by_one")
def test_what_goes_wrong_while_the_next_rows_are_read_breaks_the_table_off(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_appeals(world)
    take(sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre)))
    line = Export.objects.get()
    written = []

    def broken_off(*args: Any, **kwargs: Any) -> None:
        written.append(threading.current_thread().name)
        if len(written) == 3:
            raise RuntimeError("the database went away")

    monkeypatch.setattr(reading, "write", broken_off)
    with pytest.raises(RuntimeError, match="went away"):
        making.make_in_background(line.pk)
    line.refresh_from_db()
    assert line.state == Export.RUNNING and not line.place.exists()
    assert len(written) == 3 and {name[:4] for name in written} == {"rows"}
    assert reading_threads() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("small_limit", "rows_one_by_one")
def test_a_file_that_cannot_be_written_ends_the_reading_of_the_next_rows(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    some_appeals(world)
    take(sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre)))
    line = Export.objects.get()
    during = []

    def full(file: Any, columns: Any, rows: Any, **how: Any) -> None:
        next(rows)
        during.extend(reading_threads())
        raise OSError("no space left")

    monkeypatch.setattr(making, "write", full)
    with pytest.raises(OSError, match="no space"):
        making.make_in_background(line.pk)
    assert len(during) == 1
    assert reading_threads() == []
    # One is written, one was read ahead, and no more leave than are written down.
    assert Opening.objects.filter(part="export").count() == 2


@pytest.mark.usefixtures("small_limit")
def test_a_file_that_was_changed_on_the_disk_is_not_given_out(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    take(client)
    line = Export.objects.get()
    making.make_in_background(line.pk)
    line.refresh_from_db()
    line.place.write_bytes(line.place.read_bytes()[:-1])
    assert client.get(reverse("desk:export_file", args=[line.pk])).status_code == 302
    assert "no longer kept" in client.get(reverse("desk:export_progress", args=[line.pk])).content.decode()


@pytest.mark.usefixtures("small_limit")
def test_who_has_left_gets_nothing(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    take(sign_in(person))
    Staff.objects.update(is_active=False)
    making.make_in_background(Export.objects.get().pk)
    assert Export.objects.get().state == Export.FAILED


def test_the_auditor_reads_who_took_what(world: World, sign_in: SignIn) -> None:
    some_appeals(world)
    taker = factories.staff(Role.APPROVER, world.branch)
    take(sign_in(taker), "?tab=all&kind=complaint", in_full="on", purpose="inspection")
    page_of_auditor = sign_in(factories.staff(Role.AUDITOR, world.centre)).get(reverse("desk:exports")).content.decode()
    for words in (taker.short_name, "An inspection or a court asks for it", "Contacts and IIN in full", "Complaint"):
        assert words in page_of_auditor
    other = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch)).get(reverse("desk:exports"))
    assert "No table was taken yet." in other.content.decode()


def test_the_auditor_reads_all_of_it_page_by_page(world: World, sign_in: SignIn) -> None:
    taker = factories.staff(Role.APPROVER, world.branch)
    Export.objects.bulk_create(
        Export(
            staff=taker, asked_at=NOON, query="tab=all", language="ru", format="csv-comma", purpose="report",
            rows=70_000 + serial, state=Export.GIVEN,
        )
        for serial in range(120)
    )  # fmt: skip
    client, address, read = sign_in(factories.staff(Role.AUDITOR, world.centre)), reverse("desk:exports"), []
    while address:
        page = client.get(address).content.decode()
        read.append([int(rows) for rows in re.findall(r">(70\d\d\d)<", page)])
        address = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), "")
    assert [len(rows) for rows in read] == [50, 50, 20]
    assert [rows for page in read for rows in page] == [70_119 - place for place in range(120)]
    assert client.get(reverse("desk:exports"), {"before": "x"}).status_code == 200


def _that_breaks(*args: Any, **kwargs: Any) -> Any:
    yield ["26"]
    raise RuntimeError("the power went out")
