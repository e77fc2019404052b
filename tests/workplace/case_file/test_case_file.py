"""The whole case as a file: who may take it, what stands in it, and that anybody can check the evidence."""

import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from qorgau.directory.models import Checklist, ChecklistStep, Label, OwnField
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.note import note
from qorgau.handling.request_information import request_information
from qorgau.handling.set_details import set_details
from qorgau.handling.tick import tick
from qorgau.intake.new_appeal import Person
from qorgau.intake.staging import stage
from qorgau.people.models import Staff
from qorgau.register.evidence import faults
from qorgau.register.files import place_of
from qorgau.register.models import Appeal, Attachment, JournalLine
from qorgau.rules.roles import Role
from qorgau.workplace.case_file import making
from qorgau.workplace.case_file.contents import contents
from qorgau.workplace.models import CaseFile
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

IIN = "900101300017"
PERSON = Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67", iin=IIN)
TEXT = "Терапевт отказался принять. Мой телефон 8 701 000 00 67."


@pytest.fixture
def appeal(world: World) -> Appeal:
    token = stage(SimpleUploadedFile("справка.txt", "Текст справки".encode(), "text/plain"), at=NOON).token
    return factories.appeal(
        organisation_id=world.state_clinic.pk, applicant=PERSON, text=TEXT, wish="fund", staged_files=(token,)
    )


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


def take(client: Client, appeal: Appeal, **more: str) -> HttpResponse:
    said = {"format": "zip", "purpose": "fixing", **more}
    return client.post(reverse("desk:case_file", args=[appeal.number]), said)  # type: ignore[return-value]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def saved(response: Any, folder: Path) -> Path:
    path = folder / "evidence.zip"
    path.write_bytes(body(response))
    return path


def test_evidence_holds_under_a_check_of_our_own_and_a_strangers(
    appeal: Appeal, specialist: Staff, sign_in: SignIn, tmp_path: Path
) -> None:
    accept(appeal, staff=specialist, at=NOON)
    path = saved(take(sign_in(specialist), appeal), tmp_path)
    assert faults(path) == []
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert names == [
            "case.pdf", "case.json", "journal.jsonl", "files/001-справка.txt", "README.txt", "manifest.json",
            "SHA256SUMS",
        ]  # fmt: skip
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, name = line.split("  ", 1)
            assert hashlib.sha256(archive.read(name)).hexdigest() == digest
        assert archive.read("files/001-справка.txt").decode() == "Текст справки"
        previous = bytes(32)
        for row in map(json.loads, archive.read("journal.jsonl").splitlines()):
            assert bytes.fromhex(row["previous"]) == previous
            previous = hashlib.sha256(previous + row["content"].encode()).digest()
            assert row["hash"] == previous.hex()
        manifest = archive.read("manifest.json")
    assert json.loads(manifest)["journal"] == {"lines": 2, "head": previous.hex()}
    # What was taken, by whom, what for and which archive it was stands in the journal.
    line = JournalLine.objects.get(appeal=appeal, verb="case_taken")
    assert line.staff == specialist
    assert line.after == {
        "format": "zip", "case_for": "fixing", "in_full": False, "manifest": hashlib.sha256(manifest).hexdigest(),
    }  # fmt: skip
    out = io.StringIO()
    call_command("evidence", "verify", str(path), "--in-register", stdout=out)
    assert out.getvalue() == "Every file in evidence.zip is as it was, and every line of its journal holds.\n"


def test_the_case_tells_labels_fields_and_who_did_which_step(
    world: World, appeal: Appeal, specialist: Staff, sign_in: SignIn, tmp_path: Path
) -> None:
    Label.objects.create(code="urgent", name_ru="Срочно", name_en="Urgent")
    OwnField.objects.create(code="paid", kind="yes_no", name_ru="Платно", name_en="Paid")
    checklist = Checklist.objects.create(code="all", name_ru="Для всех")
    call, _ = (ChecklistStep.objects.create(checklist=checklist, name_ru=name) for name in ("Позвонить", "Записать"))
    refresh()
    accept(appeal, staff=specialist, at=NOON)
    set_details(appeal, staff=specialist, labels=["urgent"], values={"paid": "yes"}, at=NOON)
    tick(appeal, staff=specialist, step_id=call.pk, at=NOON)
    with zipfile.ZipFile(saved(take(sign_in(specialist), appeal), tmp_path)) as archive:
        said = json.loads(archive.read("case.json"))
        assert archive.read("case.pdf").startswith(b"%PDF")
    sections = {section["title"]: section["rows"] for section in said["sections"]}
    assert sections["Labels and fields"] == [["Labels", "Urgent"], ["Paid", "yes"]]
    assert sections["Checklist"] == [
        ["Позвонить", "Сейітова А., June 2, 2026, 12:00"], ["Записать", "Not done"],
    ]  # fmt: skip
    assert ["June 2, 2026, 12:00", "Checklist (Сейітова А.)\nDone: Позвонить"] in sections["What has happened"]
    # A clinic reads neither the Fund's notes nor its steps.
    asked = CaseFile(staff=factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk), purpose="fixing", asked_at=NOON)
    assert "Checklist" not in {section["title"] for section in contents(asked, appeal)["sections"]}


def test_damaged_evidence_is_found(appeal: Appeal, specialist: Staff, sign_in: SignIn, tmp_path: Path) -> None:
    path = saved(take(sign_in(specialist), appeal), tmp_path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    files["journal.jsonl"] = files["journal.jsonl"].replace(b"register", b"regizter")
    # Whoever damages it puts the sums right too; the chain of the journal still tells.
    manifest = json.loads(files["manifest.json"])
    for one in manifest["files"]:
        one["sha256"] = hashlib.sha256(files[one["name"]]).hexdigest()
    files["manifest.json"] = json.dumps(manifest).encode()
    sums = [f"{one['sha256']}  {one['name']}\n" for one in manifest["files"]]
    sums.append(f"{hashlib.sha256(files['manifest.json']).hexdigest()}  manifest.json\n")
    files["SHA256SUMS"] = "".join(sums).encode()
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(damaged, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    assert faults(damaged) == ["journal, line 1: it was changed after it was written"]
    errors = io.StringIO()
    with pytest.raises(CommandError, match=r"1 faults in damaged\.zip"):
        call_command("evidence", "verify", str(damaged), stderr=errors)
    assert errors.getvalue() == "journal, line 1: it was changed after it was written\n"


def test_an_archive_that_the_register_never_gave_is_told_apart(
    appeal: Appeal, specialist: Staff, tmp_path: Path
) -> None:
    path = tmp_path / "own.zip"
    asked = CaseFile(staff=specialist, appeal=appeal, asked_at=NOON, language="ru", format="zip", purpose="fixing")
    whole = making.whole_appeal(asked)
    assert whole is not None
    making.write_evidence(path, asked, whole)
    assert faults(path) == []
    with pytest.raises(CommandError):
        call_command("evidence", "verify", str(path), "--in-register", stderr=io.StringIO())


def test_a_file_that_the_disk_lost_is_named_and_hides_nothing(
    appeal: Appeal, specialist: Staff, sign_in: SignIn, tmp_path: Path
) -> None:
    file = Attachment.objects.get(appeal=appeal)
    place_of(file.stored_as).unlink()
    path = saved(take(sign_in(specialist), appeal), tmp_path)
    with zipfile.ZipFile(path) as archive:
        missing = json.loads(archive.read("manifest.json"))["missing"]
    assert missing == [{"name": "справка.txt", "sha256": bytes(file.sha256).hex(), "why": "lost"}]


def test_contacts_and_iin_are_masked_unless_asked_for(appeal: Appeal, specialist: Staff) -> None:
    asked = CaseFile(staff=specialist, appeal=appeal, asked_at=NOON, language="ru", format="pdf", purpose="meeting")
    whole = making.whole_appeal(asked)
    assert whole is not None
    masked = json.dumps(contents(asked, whole), ensure_ascii=False)
    assert IIN not in masked
    assert "000 00 67" not in masked
    asked.in_full = True
    in_full = json.dumps(contents(asked, whole), ensure_ascii=False)
    assert IIN in in_full
    assert "8 701 000 00 67" in in_full


def test_a_clinic_does_not_take_what_the_fund_writes_to_itself(
    world: World, appeal: Appeal, specialist: Staff, sign_in: SignIn, tmp_path: Path
) -> None:
    accept(appeal, staff=specialist, at=NOON)
    note(appeal, staff=specialist, text="Проверить договор клиники", at=NOON)
    request_information(appeal, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    path = saved(take(sign_in(clinician), appeal), tmp_path)
    assert faults(path) == []
    with zipfile.ZipFile(path) as archive:
        assert "Проверить договор" not in archive.read("case.json").decode()
        rows = [json.loads(line) for line in archive.read("journal.jsonl").splitlines()]
    assert [row["content"] is None for row in rows] == [False, True, True, True]


def test_the_document_is_made_in_each_language(appeal: Appeal, world: World, sign_in: SignIn) -> None:
    for language in ("kk", "ru", "en"):
        person = factories.staff(Role.BRANCH_SPECIALIST, world.branch, language=language)
        response = take(sign_in(person), appeal, format="pdf")
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'attachment; filename="{appeal.number}-case.pdf"'
        assert body(response).startswith(b"%PDF-")


def test_without_a_purpose_nothing_leaves(appeal: Appeal, specialist: Staff, sign_in: SignIn) -> None:
    answer = take(sign_in(specialist), appeal, purpose="")
    assert answer.status_code == 422
    assert "Choose what you need the case for: it stands in the journal." in answer.content.decode()
    assert not JournalLine.objects.filter(verb="case_taken").exists()


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR])
def test_readers_take_no_case(world: World, appeal: Appeal, sign_in: SignIn, role: Role) -> None:
    assert take(sign_in(factories.staff(role, world.centre)), appeal).status_code == 403


def test_a_foreign_case_does_not_exist(world: World, appeal: Appeal, sign_in: SignIn) -> None:
    client = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.other_branch))
    assert take(client, appeal).status_code == 404
    assert client.get(reverse("desk:case_file", args=[appeal.number])).status_code == 404


def test_a_large_case_is_packed_by_the_worker(
    world: World, appeal: Appeal, specialist: Staff, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(making, "LARGEST_AT_ONCE", 1)
    client = sign_in(specialist)
    with app.replace_connector(InMemoryConnector()) as in_memory:
        answer = take(client, appeal)
        jobs = list(in_memory.connector.jobs.values())  # type: ignore[attr-defined]
    asked = CaseFile.objects.get()
    progress = reverse("desk:case_file_progress", args=[asked.pk])
    assert (answer.status_code, answer["Location"]) == (302, progress)
    assert [(job["task_name"], job["args"]) for job in jobs] == [
        ("qorgau.workplace.make_case_file", {"case_file_id": asked.pk})
    ]
    waiting = client.get(progress).content.decode()
    assert "The case is being packed." in waiting and 'hx-trigger="every 2s"' in waiting
    part = {"HX-Request": "true", "HX-Target": "case-file"}
    assert client.get(progress, headers=part).status_code == 204
    making.make_in_background(asked.pk)
    news = client.get(progress, headers=part)
    assert news.status_code == 286 and news.content.decode().lstrip().startswith('<div class="notice')
    ready = reverse("desk:case_file_ready", args=[asked.pk])
    assert ready in client.get(progress).content.decode()
    assert faults(saved(client.get(ready), tmp_path)) == []
    # It is theirs alone, and only as long as they may see the appeal.
    for person in (factories.staff(Role.BRANCH_SPECIALIST, world.branch), factories.staff(Role.AUDITOR, world.centre)):
        assert sign_in(person).get(progress).status_code == sign_in(person).get(ready).status_code == 404
    Staff.objects.filter(pk=specialist.pk).update(desk=world.other_branch)
    assert client.get(ready).status_code == 404


def test_a_case_that_is_no_longer_theirs_is_not_packed(world: World, appeal: Appeal, specialist: Staff) -> None:
    asked = CaseFile.objects.create(
        staff=specialist, appeal=appeal, asked_at=NOON, language="ru", format="zip", purpose="fixing"
    )
    Staff.objects.filter(pk=specialist.pk).update(desk=world.other_branch)
    making.make_in_background(asked.pk)
    asked.refresh_from_db()
    assert (asked.state, asked.stored_as) == ("failed", "")
