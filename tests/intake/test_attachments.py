import threading
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from qorgau.intake.attachments import attach
from qorgau.intake.models import StagedFile
from qorgau.intake.staging import stage, staged
from qorgau.intake.sweep import forget_old, sweep_files
from qorgau.register.files import open_attachment, place_of
from qorgau.register.models import Appeal, Attachment, Message
from qorgau.rules.problems import Problem
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.intake import sample_files as samples

GONE = "A file that was added here is no longer kept, or was sent already. Please add it again."


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


def staged_file(name: str = "справка.pdf") -> StagedFile:
    return stage(SimpleUploadedFile(name, samples.pdf()), at=NOON)


def test_an_appeal_brings_its_files_in_their_order(world: World) -> None:
    files = [staged_file(f"{letter}.pdf") for letter in "бав"]

    appeal = factories.appeal(staged_files=tuple(file.token for file in files))

    attached = list(Attachment.objects.filter(appeal=appeal).order_by("pk"))
    assert [row.name for row in attached] == ["б.pdf", "а.pdf", "в.pdf"]
    assert [row.added_at for row in attached] == [NOON] * 3
    with open_attachment(attached[0]) as file:
        assert file.read() == samples.pdf()
    assert StagedFile.objects.count() == 0


def test_a_file_may_belong_to_a_message_and_to_the_one_who_added_it(world: World) -> None:
    appeal = factories.appeal()
    clerk = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    message = Message.objects.create(appeal=appeal, direction="to_applicant", text="…", at=NOON, staff=clerk)

    (row,) = attach(appeal, [staged_file().token], message=message, staff=clerk, at=NOON)

    assert (row.message, row.added_by) == (message, clerk)


def test_a_token_serves_once(world: World) -> None:
    appeal, token = factories.appeal(), staged_file().token
    attach(appeal, [token, token], at=NOON)

    with pytest.raises(Problem) as refused:
        attach(appeal, [token], at=NOON)

    assert (str(refused.value), refused.value.field) == (GONE, "files")
    assert Attachment.objects.count() == 1


def test_one_unknown_token_takes_none_of_the_files(world: World) -> None:
    appeal, known = factories.appeal(), staged_file()

    with pytest.raises(Problem) as refused, transaction.atomic():
        attach(appeal, [known.token, "f" * 32], at=NOON)

    assert str(refused.value) == GONE
    assert staged([known.token]) == [known]
    assert Attachment.objects.count() == 0


def test_an_appeal_refused_for_a_file_is_not_registered_and_keeps_the_others(world: World) -> None:
    known = staged_file()

    with pytest.raises(Problem):
        factories.appeal(staged_files=(known.token, "f" * 32))

    assert Appeal.objects.count() == 0
    assert staged([known.token]) == [known]


def test_too_many_files_at_once_are_refused(world: World, settings: Any) -> None:
    settings.ATTACHMENTS_AT_MOST = 2

    with pytest.raises(Problem) as refused:
        attach(factories.appeal(), ["a", "b", "c"], at=NOON)

    assert str(refused.value) == (
        "3 files were added; 2 can be sent at once. Send the others with a message afterwards."
    )


def test_no_files_ask_the_database_nothing(world: World, django_assert_num_queries: Any) -> None:
    appeal = factories.appeal()

    with django_assert_num_queries(0):
        assert attach(appeal, [], at=NOON) == []


def test_many_files_take_as_many_statements_as_one(world: World, django_assert_num_queries: Any) -> None:
    appeal = factories.appeal()
    for count in (1, 3):
        tokens = [staged_file().token for _ in range(count)]
        with django_assert_num_queries(3):
            attach(appeal, tokens, at=NOON)


def test_the_nightly_sweep_takes_only_what_no_row_points_to(world: World, own_folder: Path) -> None:
    waiting = staged_file()
    appeal = factories.appeal(staged_files=(staged_file().token,))
    attached = Attachment.objects.get(appeal=appeal)
    orphan = staged_file()
    StagedFile.objects.filter(pk=orphan.pk).delete()

    assert sweep_files(NOON.replace(year=2000)) == 0
    assert sweep_files(NOON.replace(year=2060)) == 1

    kept = {path for path in own_folder.rglob("*") if path.is_file()}
    assert kept == {place_of(waiting.stored_as), place_of(attached.stored_as)}


@pytest.mark.django_db(transaction=True)
def test_of_two_forms_with_one_token_the_faster_has_the_file() -> None:
    factories.world()
    appeals, token = [factories.appeal(), factories.appeal(text="Басқа мәтін.")], staged_file().token
    both_are_ready = threading.Barrier(2)
    refused: list[str] = []

    def take(appeal: Appeal) -> None:
        try:
            with transaction.atomic():
                both_are_ready.wait()
                attach(appeal, [token], at=NOON)
        except Problem as problem:
            refused.append(str(problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[appeal]) for appeal in appeals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert refused == [GONE]
    assert Attachment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_file_being_attached_is_not_swept_from_under_the_appeal() -> None:
    factories.world()
    appeal, file = factories.appeal(), staged_file()
    attached, sweeping = threading.Event(), threading.Event()

    def sweep() -> None:
        try:
            attached.wait(10)
            sweeping.set()
            forget_old(NOON.replace(year=2060))
        finally:
            connection.close()

    thread = threading.Thread(target=sweep)
    thread.start()
    with transaction.atomic():
        attach(appeal, [file.token], at=NOON)
        attached.set()
        assert sweeping.wait(10)
    thread.join()

    with open_attachment(Attachment.objects.get(appeal=appeal)) as kept:
        assert kept.read() == samples.pdf()
