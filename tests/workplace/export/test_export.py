"""Taking what the queue shows as a table: exactly those appeals, for exactly those who may, written down."""

import csv
import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from qorgau.handling.accept import accept
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Opening
from qorgau.rules.roles import Role
from qorgau.workplace.export import making, page, stored
from qorgau.workplace.export.columns import COLUMNS
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
    return [dict(zip((column.code for column in COLUMNS), line, strict=True)) for line in lines[1:]]


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
        assert IIN not in text and "0000067" not in text and "000 00 67" not in text and "erzhan@" not in text
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


def test_queries_do_not_grow_with_rows(world: World, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    counted = []
    for more in (1, 29):
        for _ in range(more):
            accept_me = factories.appeal(wish="fund", region=world.astana.kato)
        accept(accept_me, staff=factories.staff(Role.BRANCH_SPECIALIST, world.branch), at=NOON)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert take(client).getvalue()
        counted.append(len(queries))
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
    waiting = client.get(response["Location"])
    assert 'hx-trigger="every 2s"' in waiting.content.decode() and "0 of 3 rows" in waiting.content.decode()
    assert client.get(reverse("desk:export_file", args=[line.pk])).status_code == 302

    making.make_in_background(line.pk)

    line.refresh_from_db()
    assert (line.state, line.done) == (Export.READY, 3)
    assert "hx-trigger" not in client.get(response["Location"]).content.decode()
    served = client.get(reverse("desk:export_file", args=[line.pk]))
    assert [row["number"] for row in rows_in(served)] == numbers_of_queue(client, "?tab=all")
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
    file = stored.place_of(line.stored_as)
    assert making.clear_old(NOON + timedelta(hours=23)) == 0 and file.exists()
    assert making.clear_old(NOON + timedelta(hours=25)) == 1 and not file.exists()
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
    assert line.state == Export.RUNNING and not stored.place_of(line.stored_as).exists()
    making.make_in_background(line.pk)
    line.refresh_from_db()
    assert (line.state, line.done) == (Export.READY, 3)


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


def _that_breaks(*args: Any, **kwargs: Any) -> Any:
    yield ["26"]
    raise RuntimeError("the power went out")
