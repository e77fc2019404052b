"""Whoever opens a person's data leaves a line that nobody erases, and the security officer reads it."""

from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django import app

from qorgau.intake.staging import stage
from qorgau.people.models import Staff
from qorgau.register import openings
from qorgau.register.models import Appeal, Attachment, Opening
from qorgau.register.openings import Opened, sweep, write
from qorgau.register.tasks import sweep_openings
from qorgau.rules.roles import Role
from qorgau.workplace import urls
from qorgau.workplace.callers import CALLER
from qorgau.workplace.openings import PAGES_WITHOUT_STEPS
from qorgau.workplace.who_looked import purpose_words
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

PAGE = "/desk/who-looked/"


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def officer(world: World) -> Staff:
    return factories.staff(Role.AUDITOR, world.centre)


@pytest.fixture
def appeal(world: World) -> Appeal:
    picture = SimpleUploadedFile("скан.txt", "текст".encode(), "text/plain")
    return factories.appeal(
        organisation_id=world.state_clinic.pk, staged_files=(stage(picture, at=timezone.now()).token,)
    )


def lines(**only: object) -> list[tuple[object, ...]]:
    rows = Opening.objects.filter(**only).order_by("pk")
    return list(rows.values_list("part", "purpose", "outside", "off_hours"))


def test_each_page_that_shows_a_person_is_written_down_once(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    file = Attachment.objects.get(appeal=appeal)
    client.get(reverse("desk:appeal", args=[appeal.number]))
    client.get(reverse("desk:note", args=[appeal.number]))
    client.get(reverse("desk:file", args=[appeal.number, file.pk]))
    client.post(reverse("desk:contacts", args=[appeal.number]), {"who": "applicant", "purpose": "contact"})

    assert lines() == [
        ("card", "work", False, False),
        ("form", "note", False, False),
        ("file", "work", False, False),
        ("contacts", "contact", False, False),
    ]
    one = Opening.objects.first()
    assert one is not None
    assert (one.staff, one.desk, one.appeal, one.at) == (specialist, specialist.desk, appeal, NOON)


def test_every_page_of_an_appeal_says_in_words_what_it_was_opened_for() -> None:
    """A code that nobody gave words would stand before the officer as it is."""
    pages = {str(one.name) for one in urls.urlpatterns if "number" in one.pattern.converters}
    # Two write nothing, since they show no card; the third says that somebody called.
    for name in pages - PAGES_WITHOUT_STEPS - {"receipt", "readers", "callers_code"} | {CALLER}:
        assert purpose_words(name, part="form") != name, name


def test_the_page_of_the_answer_was_opened_to_send_it_and_contacts_to_address_it() -> None:
    assert purpose_words("answer", part="form") == "Send the answer"
    assert purpose_words("answer", part="contacts") == "To address the written answer"


def test_an_open_card_is_one_opening_however_long_it_asks_who_is_here(
    specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(specialist)
    client.get(reverse("desk:appeal", args=[appeal.number]))
    client.get(reverse("desk:here", args=[appeal.number]), {"version": appeal.version})
    assert lines() == [("card", "work", False, False)]


def test_what_shows_nobody_is_not_written_down(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(specialist)
    client.get(reverse("desk:queue"))
    client.get(reverse("desk:appeal", args=["26-9999999-9"]))
    client.post(reverse("desk:contacts", args=[appeal.number]), {"who": "applicant"})
    client.post(reverse("desk:note", args=[appeal.number]), {"text": "Позвонил."})
    stranger = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    sign_in(stranger).get(reverse("desk:appeal", args=[appeal.number]))
    assert lines() == []


def test_a_reason_is_asked_once_for_each_appeal_and_day(
    specialist: Staff, appeal: Appeal, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, path = sign_in(specialist), reverse("desk:contacts", args=[appeal.number])
    client.post(path, {"who": "applicant", "purpose": "records"})
    assert client.post(path, {"who": "applicant"}).status_code == 200
    assert lines() == [("contacts", "records", False, False)] * 2

    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=1))
    assert sign_in(specialist).post(path, {"who": "applicant"}).status_code == 422


def test_it_shows_who_had_no_part_in_it_and_who_looked_at_night(
    world: World, appeal: Appeal, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    expert = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(hours=11))
    sign_in(expert).get(reverse("desk:appeal", args=[appeal.number]))
    assert lines() == [("card", "overview", True, True)]


def test_writing_down_costs_the_card_one_statement(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    client, path = sign_in(specialist), reverse("desk:appeal", args=[appeal.number])
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    assert sum("register_opening" in query["sql"] for query in asked) == 1


def test_thousands_are_written_in_one_statement(world: World, specialist: Staff, appeal: Appeal) -> None:
    with CaptureQueriesContext(connection) as asked:
        write(specialist, [Opened(appeal.pk, "export", "listed")] * 3_000, at=NOON)
    assert (len(asked), Opening.objects.count()) == (1, 3_000)


def test_the_database_keeps_what_was_written(specialist: Staff, appeal: Appeal) -> None:
    write(specialist, [Opened(appeal.pk, "card")], at=timezone.now())
    for statement in ("UPDATE register_opening SET outside = true", "DELETE FROM register_opening"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(("kept", "left"), [(5, 2), (6, 5)])
def test_the_night_sweeps_out_what_was_kept_long_enough(
    specialist: Staff,
    appeal: Appeal,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
    kept: int,
    left: int,
) -> None:
    settings.OPENINGS_KEPT_YEARS = kept
    monkeypatch.setattr(openings, "_AT_A_TIME", 2)
    for days in (1, 5 * 366 - 1, *[5 * 366 + 1] * 3, *[7 * 366] * 3):
        write(specialist, [Opened(appeal.pk, "card")], at=timezone.now() - timedelta(days=days))
    sweep_openings(timestamp=0)
    assert Opening.objects.count() == left
    assert sweep(timezone.now()) == 0


def test_it_is_swept_every_night() -> None:
    swept = [one for one in app.periodic_registry.periodic_tasks.values() if one.task.name == sweep_openings.name]
    assert [one.cron for one in swept] == ["10 4 * * *"]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR}))
def test_the_page_is_for_the_security_officer_alone(world: World, sign_in: SignIn, role: Role) -> None:
    desks = {
        Role.OPERATOR: world.contact_centre,
        Role.CLINIC_SPECIALIST: world.clinic_desk,
        Role.CLINIC_MANAGER: world.clinic_desk,
        Role.HEALTH_DEPARTMENT_SPECIALIST: world.health_department,
        Role.CENTRAL_EXPERT: world.centre,
    }
    assert sign_in(factories.staff(role, desks.get(role, world.branch))).get(PAGE).status_code == 403


def test_the_officer_finds_by_person_appeal_and_period(
    world: World, specialist: Staff, officer: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    expert = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    other = factories.appeal()
    write(specialist, [Opened(appeal.pk, "card")], at=NOON)
    write(expert, [Opened(other.pk, "file")], at=NOON - timedelta(days=3))
    write(expert, [Opened(appeal.pk, "contacts", "answer")], at=NOON - timedelta(days=30))
    client = sign_in(officer)

    def numbers(**query: object) -> list[str]:
        page = client.get(PAGE, query).content.decode().partition("Every opening, the latest first")[2]
        return [one.number for one in (appeal, other) if one.number in page]

    assert numbers() == [appeal.number, other.number]
    assert numbers(since="2026-06-02") == [appeal.number]
    assert numbers(staff=expert.pk) == [other.number]
    assert numbers(number=other.number) == [other.number]
    assert numbers(since="2026-04-01", kind="contacts") == [appeal.number]
    assert numbers(kind="unusual") == [other.number]
    page = client.get(PAGE, {"number": "12", "since": "once", "staff": "x", "before": "-1", "kind": "all"})
    assert "is no number of an appeal" in page.content.decode()


def test_whoever_stands_out_stands_first(
    world: World, specialist: Staff, officer: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    expert = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    Staff.objects.filter(pk=expert.pk).update(last_name="Любопытный")
    write(specialist, [Opened(appeal.pk, "card")] * 20, at=NOON)
    write(expert, [Opened(appeal.pk, "card")], at=NOON)
    page = sign_in(officer).get(PAGE).content.decode().partition("Who stands out")[2]
    assert page.index("Любопытный") < page.index("Сейітова")


def test_a_page_of_it_costs_the_same_with_many_rows(
    specialist: Staff, officer: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client = sign_in(officer)
    write(specialist, [Opened(appeal.pk, "card")], at=NOON)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as with_one:
        client.get(PAGE)
    write(specialist, [Opened(appeal.pk, "card")] * 120, at=NOON)
    with CaptureQueriesContext(connection) as with_many:
        first = client.get(PAGE).content.decode()
    assert len(with_many) == len(with_one)
    assert first.count("Work of the desk on the appeal") == 50
    assert "before=" in first


def test_a_branchs_officer_reads_of_the_branch(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    elsewhere = factories.appeal(wish="fund", region=world.almaty.kato)
    expert = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    write(expert, [Opened(appeal.pk, "card"), Opened(elsewhere.pk, "card")], at=NOON)
    page = sign_in(factories.staff(Role.AUDITOR, world.branch)).get(PAGE).content.decode()
    assert appeal.number in page
    assert elsewhere.number not in page


def test_of_a_sensitive_appeal_reads_who_may_know_of_it(world: World, sign_in: SignIn) -> None:
    one = factories.appeal(topic="extortion", organisation_id=world.state_clinic.pk)
    expert = factories.staff(Role.CENTRAL_EXPERT, world.centre)
    write(expert, [Opened(one.pk, "card")], at=NOON)
    plain, trusted = (factories.staff(Role.AUDITOR, world.centre, may_read_sensitive=may) for may in (False, True))
    assert one.number not in sign_in(plain).get(PAGE).content.decode()
    assert one.number in sign_in(trusted).get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ("since=once&until=2026-02-30", "the first day, the last day."),
        ("staff=x&kind=all&before=-1", "who looked, what to show, the page."),
        ("sinse=2026-06-01", "«sinse»."),
    ],
)
def test_what_was_left_aside_of_an_address_is_said(officer: Staff, sign_in: SignIn, query: str, note: str) -> None:
    page = sign_in(officer).get(f"{PAGE}?{query}").content.decode()
    assert "Left aside" in page and note in page


@pytest.mark.parametrize(
    ("query", "period"),
    [
        ("since=2026-06-01&until=2026-06-02", ("2026-06-01", "2026-06-02")),
        ("since=1.6.2026&kind=contacts&before=9&staff=1", ("2026-06-01", "2026-06-02")),
        ("until=9999-12-31", ("2026-05-27", "2026-06-02")),
        ("until=0001-01-01", ("2000-01-01", "2000-01-01")),
    ],
)
def test_what_can_be_read_needs_no_note(officer: Staff, sign_in: SignIn, query: str, period: tuple[str, str]) -> None:
    """A day on which nothing can have been opened neither."""
    answer = sign_in(officer).get(f"{PAGE}?{query}")
    page = answer.content.decode()
    assert answer.status_code == 200 and "Left aside" not in page
    assert [f'value="{day}"' in page for day in period] == [True, True]


def test_a_day_that_cannot_be_read_is_said_at_its_field_and_nothing_is_listed_for_it(
    specialist: Staff, officer: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    write(specialist, [Opened(appeal.pk, "card")], at=NOON)
    typed = {"since": "31.06.2026", "until": "2026-06-02", "who": "Сейітова", "whose": appeal.number}
    answer = sign_in(officer).post(PAGE, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="since-error"' in page and 'href="#since"' in page and 'id="until-error"' not in page
    assert [f'value="{words}"' in page for words in typed.values()] == [True] * 4
    assert "Every opening, the latest first" not in page and "Nobody opened anything" not in page
    assert "Who stands out" not in page
