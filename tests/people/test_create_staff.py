from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from qorgau.people.models import Staff

pytestmark = pytest.mark.django_db
GOOD = "Turgai-dala-1862"


def create(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("create_staff", *words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "password"
    path.write_text(f"{GOOD}\n")
    return str(path)


def test_the_first_administrator_of_an_empty_installation(file):
    said = create("gulnara", "administrator", "--password-file", file, "--language", "ru")
    staff = Staff.objects.get(username="gulnara")
    assert said == "gulnara is Administrator.\n"
    assert (staff.role, staff.desk, staff.language, staff.password_is_temporary) == ("administrator", None, "ru", False)
    assert staff.check_password(GOOD)
    assert staff.changes.get().by is None


@pytest.mark.parametrize(
    ("role", "named", "desk"),
    [
        ("operator", "", "contact_centre"),
        ("central_expert", "", "centre"),
        ("operator", "contact_centre", "contact_centre"),
        ("branch_specialist", "branch:KZ-71", "branch"),
        ("branch_specialist", "branch:750000000", "other_branch"),
        ("health_department_specialist", "health_department:KZ-71", "health_department"),
        ("clinic_specialist", "clinic:KEY", "clinic_desk"),
        ("approver", "centre", "centre"),
        ("auditor", "", "centre"),
        ("auditor", "branch:KZ-71", "branch"),
    ],
)
def test_a_desk_is_named_as_people_know_it(world, file, role, named, desk):
    named = named.replace("KEY", world.state_clinic.source_key)
    create("new", role, "--password-file", file, *(["--desk", named] if named else []))
    assert Staff.objects.get(username="new").desk == getattr(world, desk)


def test_a_desk_may_be_named_by_its_number(world, file):
    create("new", "branch_specialist", "--desk", str(world.other_branch.pk), "--password-file", file)
    assert Staff.objects.get(username="new").desk == world.other_branch


@pytest.mark.parametrize("named", ["branch", "branch:KZ-99", "nonsense", "999999", "clinic:"])
def test_a_desk_that_cannot_be_told_is_asked_for_with_examples(world, file, named):
    with pytest.raises(CommandError, match=r"desks are named so\. Give a desk's number, or: centre"):
        create("new", "auditor", "--desk", named, "--password-file", file)
    assert not Staff.objects.filter(username="new").exists()


def test_a_role_at_a_foreign_desk_or_without_one_is_refused_with_what_to_do(world, file):
    with pytest.raises(CommandError, match=r"desk: An operator works at the contact centre\. Choose its desk\."):
        create("new", "operator", "--desk", "centre", "--password-file", file)
    with pytest.raises(CommandError, match=r"desk: A specialist of a Fund branch works at a branch\."):
        create("new", "branch_specialist", "--password-file", file)


def test_a_one_time_password_is_printed_once_and_has_to_be_changed(world):
    said = create("new", "operator", "--one-time-password")
    password = said.splitlines()[1].removeprefix("One-time password, shown only now: ")
    staff = Staff.objects.get(username="new")
    assert staff.check_password(password)
    assert staff.password_is_temporary is True


def test_a_weak_password_is_refused(world, tmp_path):
    weak = tmp_path / "weak"
    weak.write_text("short")
    with pytest.raises(CommandError, match="at least 12 characters"):
        create("new", "operator", "--password-file", str(weak))
    with pytest.raises(CommandError, match="it cannot be read"):
        create("new", "operator", "--password-file", str(tmp_path / "missing"))


def test_the_password_is_asked_for_twice(world, monkeypatch):
    typed = iter([GOOD, "something else"])
    monkeypatch.setattr("qorgau.people.management.commands.create_staff.getpass", lambda prompt: next(typed))
    with pytest.raises(CommandError, match="differ"):
        create("new", "operator")
    typed = iter([GOOD, GOOD])
    create("new", "operator")
    assert Staff.objects.get(username="new").check_password(GOOD)


def test_a_name_that_is_taken_in_any_case_is_refused(world, file):
    create("aigerim", "operator", "--password-file", file)
    with pytest.raises(CommandError, match="Somebody else has this user name already"):
        create("Aigerim", "operator", "--password-file", file)
