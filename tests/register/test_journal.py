import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from qorgau.handling.note import note
from qorgau.register.journal import Fault, verify
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.roles import Role
from tests.factories import NOON, World, appeal, staff


@pytest.fixture
def one(world: World) -> Appeal:
    made = appeal(organisation_id=world.state_clinic.pk)
    note(made, staff=staff(Role.CLINIC_SPECIALIST, world.clinic_desk), text="Заметка", at=NOON)
    return made


def behind_the_triggers(statement: str, *values: object) -> None:
    """What somebody with the rights of the database's owner could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_journal_that_nobody_touched_holds(one: Appeal) -> None:
    assert list(verify()) == []
    call_command("journal", "verify", one.number)


def test_the_database_refuses_to_change_or_delete_a_line(one: Appeal) -> None:
    for act in (lambda: JournalLine.objects.update(verb="x"), lambda: JournalLine.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            act()


@pytest.mark.parametrize("change", [{"text": "другое"}, {"number": "26-0000009-9"}, {"received_at": NOON}])
def test_the_database_keeps_number_first_words_and_time_of_receipt(one: Appeal, change: dict[str, object]) -> None:
    if change.get("received_at"):
        change = {"received_at": NOON.replace(hour=13)}
    with pytest.raises(DatabaseError, match="never change"), transaction.atomic():
        Appeal.objects.filter(pk=one.pk).update(version=one.version + 1, **change)


def test_the_database_never_deletes_an_appeal(one: Appeal) -> None:
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_appeal WHERE id = %s", [one.pk])


def test_a_change_without_its_line_is_impossible(one: Appeal) -> None:
    with pytest.raises(DatabaseError, match="raises its version"), transaction.atomic():
        Appeal.objects.filter(pk=one.pk).update(state="closed")


def test_a_changed_line_is_found(one: Appeal) -> None:
    behind_the_triggers("UPDATE register_journalline SET at = at + interval '1 second' WHERE sequence = 1")

    assert list(verify()) == [Fault(one.number, 1, "the line was changed after it was written")]


def test_a_missing_line_is_found(one: Appeal) -> None:
    behind_the_triggers("DELETE FROM register_journalline WHERE sequence = 1")

    assert [fault.what for fault in verify()] == ["line 1 is missing", "the line does not continue the one before"]


def test_a_missing_last_line_is_found(one: Appeal) -> None:
    behind_the_triggers("DELETE FROM register_journalline WHERE sequence = 2")

    with pytest.raises(CommandError, match="1 faults in the journal"):
        call_command("journal", "verify")
