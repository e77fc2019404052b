"""Granting a temporary status, revoking it, and the word that it ends: who, when, with which consequences."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from qorgau.directory.insurance import missing_rows
from qorgau.directory.models import HandlingLimit, InsuranceRules, Topic
from qorgau.directory.reference import refresh
from qorgau.handling import clock, look_up_status
from qorgau.handling import grant_temporary as verb
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.approve import approve
from qorgau.handling.draft import draft
from qorgau.handling.grant_temporary import grant_temporary
from qorgau.handling.revoke_temporary import revoke_temporary
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.handling.temporary import Temporary
from qorgau.insured.answers import Insured, NotAnswering
from qorgau.insured.journal import Purpose, who_looked
from qorgau.insured.lookup import look_up
from qorgau.insured.models import LookUp, Serving, TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.insured.record import Held, pack_categories
from qorgau.insured.verdicts import verdict
from qorgau.intake.new_appeal import Person
from qorgau.intake.staging import stage
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.journal import verify
from qorgau.register.models import Appeal, Attachment, JournalLine, Opening
from qorgau.rules.insured_status import Status
from qorgau.rules.kinds import Kind
from qorgau.rules.months import month_of, span
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import Role
from qorgau.rules.states import State
from tests import factories
from tests.factories import ALMATY, NOON, World
from tests.insured.files import AIGUL, DANA

TODAY, LAST = date(2026, 6, 2), date(2026, 7, 2)
NOW = month_of(TODAY)
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def head(world: World) -> Staff:
    return factories.staff(Role.APPROVER, world.branch)


@pytest.fixture
def register(world: World) -> None:
    """A register that serves, with nothing about anybody; topics and categories as they come."""
    for row in missing_rows():
        row.save()
    Topic.objects.create(code="temporary-status", name_ru="Временный статус", desk_kind="branch")
    world.branch.email = "branch@fund.example"
    world.branch.save()
    refresh()
    Serving.objects.create(as_of=TODAY, people=2)
    for iin in (AIGUL, DANA):
        know(iin)


def know(iin: str, *, paid: int = 0, categories: bytes | None = None) -> None:
    """Put a person into the register, in place of what it knew of them."""
    packed = paid.to_bytes((paid.bit_length() + 7) // 8, "little")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM insured_person WHERE person = %s", [person_key(iin)])
        cursor.execute(
            "INSERT INTO insured_person (person, paid, categories) VALUES (%s, %s, %s)",
            [person_key(iin), packed, categories],
        )


def apply(world: World, **more: Any) -> Appeal:
    """An application with a document."""
    document = SimpleUploadedFile("справка.txt", "Пенсия".encode(), "text/plain")
    return factories.appeal(
        **{
            "kind": Kind.APPLICATION,
            "topic": "temporary-status",
            "text": "Прошу предоставить временный статус.",
            "region": world.astana.kato,
            "applicant": Person(surname="Оспанова", given_name="Айгүл", iin=AIGUL, phone="+7 701 000 00 67"),
            "staged_files": (stage(document, at=timezone.now()).token,),
            **more,
        }
    )


@pytest.fixture
def appeal(world: World, register: None, specialist: Staff) -> Appeal:
    made = apply(world)
    assert made.holder == world.branch
    accept(made, staff=specialist, at=NOON)
    return made


Grant = Callable[..., TemporaryStatus]


@pytest.fixture
def grant(specialist: Staff) -> Grant:
    def granting(appeal: Appeal, **more: Any) -> TemporaryStatus:
        documents = list(Attachment.objects.filter(appeal=appeal).values_list("pk", flat=True))
        said = {"category": "C07", "ground": "Пенсия с мая, данных ещё нет.", "documents": documents, "at": LATER}
        return grant_temporary(appeal, **{"staff": specialist, **said, **more})

    return granting


def status(iin: str, on: date) -> Status:
    found = look_up(iin, purpose=Purpose.CARE, who="partner:x")
    assert isinstance(found, Insured)
    return verdict(found, on).status


def notices(appeal: Appeal) -> list[tuple[str, str]]:
    told = Notice.objects.filter(appeal_number=appeal.number).exclude(topic__in=("receipt", "accepted")).order_by("pk")
    return [(notice.topic, notice.address) for notice in told]


def test_a_grant_is_a_row_a_line_and_a_notice(appeal: Appeal, specialist: Staff, grant: Grant) -> None:
    grant(appeal)

    row = TemporaryStatus.objects.get()
    (document,) = Attachment.objects.filter(appeal=appeal)
    assert (row.person, row.category, row.since, row.until, row.last_day) == (
        person_key(AIGUL), "C07", TODAY, LAST, LAST,
    )  # fmt: skip
    assert (row.appeal_number, row.documents, row.granted_at, row.granted_by, row.rules) == (
        appeal.number, [document.pk], LATER, specialist, "long-grace-2026",
    )  # fmt: skip
    line = JournalLine.objects.get(appeal=appeal, verb="grant_temporary")
    assert line.after == {
        "category": "C07", "documents": str(document.pk), "rules": "long-grace-2026", "register": "found",
    }  # fmt: skip
    assert line.because["facts"]["ground"] == "Пенсия с мая, данных ещё нет."
    assert list(verify(appeal.number)) == []
    assert notices(appeal) == [("temporary_granted", "+77010000067")]
    appeal.refresh_from_db()
    assert (appeal.state, appeal.holder_id) == (State.IN_WORK, specialist.desk_id)
    assert status(AIGUL, TODAY) == status(AIGUL, LAST) == Status.TEMPORARILY_INSURED
    assert status(AIGUL, LAST + timedelta(days=1)) == Status.NOT_INSURED


def test_the_look_up_before_it_says_who_asked_and_what_for(appeal: Appeal, specialist: Staff, grant: Grant) -> None:
    grant(appeal)

    assert [(one.purpose, one.who) for one in who_looked(AIGUL)] == [("appeal", f"staff:{specialist.pk}")]


def test_it_is_granted_to_the_patient_when_somebody_wrote_for_them(
    world: World, register: None, specialist: Staff, grant: Grant
) -> None:
    mother = Person(surname="Оспанова", iin=AIGUL, phone="+7 701 000 00 67")
    made = apply(world, applicant=mother, patient=Person(surname="Оспанов", iin=DANA), relation="мать")
    accept(made, staff=specialist, at=NOON)
    grant(made)

    assert TemporaryStatus.objects.get().person == person_key(DANA)
    assert notices(made) == [("temporary_granted", "+77010000067")]


WHO_GRANTS = [
    (Role.BRANCH_SPECIALIST, "branch", ""),
    (Role.APPROVER, "branch", ""),
    (Role.BRANCH_SPECIALIST, "other_branch", "Only the desk that holds the appeal can do this."),
    (Role.CENTRAL_EXPERT, "centre", "Only specialists and heads of a branch of the Fund grant a temporary status."),
    (Role.OPERATOR, "contact_centre", "Only specialists and heads of a branch of the Fund grant a temporary status."),
    (
        Role.CLINIC_MANAGER,
        "clinic_desk",
        "Only specialists and heads of a branch of the Fund grant a temporary status.",
    ),
    (Role.APPROVER, "centre", "Only the desk that holds the appeal can do this."),
    (Role.ANALYST, "centre", "Your role lets you read appeals, not work on them."),
    (Role.ADMINISTRATOR, "centre", "Your role does not include work on appeals."),
]


@pytest.mark.parametrize(("role", "desk", "why"), WHO_GRANTS)
def test_who_grants(world: World, appeal: Appeal, grant: Grant, role: Role, desk: str, why: str) -> None:
    person = factories.staff(role, getattr(world, desk))
    if not why:
        assert grant(appeal, staff=person).granted_by == person
        return
    with pytest.raises(NotAllowed) as refused:
        grant(appeal, staff=person)
    assert str(refused.value.sentence) == why
    assert not TemporaryStatus.objects.exists() and not LookUp.objects.exists()


def test_an_appeal_that_nobody_took_or_about_something_else_grants_nothing(
    world: World, register: None, specialist: Staff, grant: Grant
) -> None:
    fresh = apply(world)
    other = factories.appeal(wish="fund", region=world.astana.kato, topic="refusal")
    nameless = apply(world, applicant=Person(surname="Оспанова"))
    wrong = apply(world, applicant=Person(surname="Оспанова", iin="900101300107"))
    for one in (other, nameless, wrong):
        accept(one, staff=specialist, at=NOON)
    for one, why in (
        (fresh, "The desk must accept the appeal first."),
        (other, "The appeal is not about somebody's insured status; split the question off if it is one."),
        (nameless, "The IIN of the person is not known or cannot be right; ask for it first."),
        (wrong, "The IIN of the person is not known or cannot be right; ask for it first."),
    ):
        with pytest.raises(NotAllowed) as refused:
            grant(one)
        assert str(refused.value.sentence) == why


@pytest.mark.parametrize(
    ("wrong", "field", "why"),
    [
        ({"ground": "  "}, "ground", "Say on what ground it is granted."),
        ({"ground": "я" * 20_001}, "ground", "The text has 20001 characters"),
        ({"category": ""}, "category", "Choose the category from the list."),
        ({"category": "C99"}, "category", "Choose the category from the list."),
        ({"documents": []}, "documents", "Choose at least one document."),
        ({"documents": [10**9]}, "documents", "A document you chose does not belong to this appeal."),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(
    appeal: Appeal, grant: Grant, wrong: dict[str, Any], field: str, why: str
) -> None:
    with pytest.raises(Problem, match=why) as told:
        grant(appeal, **wrong)
    assert told.value.field == field
    assert not TemporaryStatus.objects.exists() and not LookUp.objects.exists()


def test_a_document_of_another_appeal_proves_nothing(world: World, appeal: Appeal, grant: Grant) -> None:
    foreign = Attachment.objects.get(appeal=apply(world))
    with pytest.raises(Problem, match="does not belong to this appeal"):
        grant(appeal, documents=[foreign.pk])


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({"paid": span(NOW - 12, NOW - 1)}, "The register shows the person as insured: no temporary status is needed."),
        (
            {"categories": pack_categories([Held("C07", date(2019, 1, 15))])},
            "The register shows the person as insured: no temporary status is needed.",
        ),
        (
            {"paid": span(NOW - 14, NOW - 3)},
            "The register shows the person as conditionally insured until 30 June 2026: until then none is needed.",
        ),
    ],
)
def test_who_is_insured_otherwise_is_granted_nothing(
    appeal: Appeal, grant: Grant, known: dict[str, Any], why: str
) -> None:
    know(AIGUL, **known)
    with pytest.raises(NotAllowed) as refused:
        grant(appeal)
    assert str(refused.value.sentence) == why
    assert not TemporaryStatus.objects.exists()
    looks = Opening.objects.filter(appeal=appeal).values_list("part", "purpose")
    assert list(looks) == [("status", "temporary_grant")], "a look that led to nothing was a look"


def test_a_silent_register_and_one_without_the_person_keep_nobody_waiting(
    world: World, appeal: Appeal, specialist: Staff, grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM insured_person WHERE person = %s", [person_key(AIGUL)])
    grant(appeal)
    other = apply(world, applicant=Person(surname="Другая", iin=DANA))
    accept(other, staff=specialist, at=NOON)
    monkeypatch.setattr(look_up_status, "look_up", lambda *_, **__: NotAnswering("silent"))
    grant(other)

    lines = JournalLine.objects.filter(verb="grant_temporary").order_by("pk")
    assert [line.after["register"] for line in lines] == ["unknown", "not_answering"]


def test_where_the_rules_of_the_day_know_no_temporary_status_none_is_granted(appeal: Appeal, grant: Grant) -> None:
    InsuranceRules.objects.update(temporary_months=0)
    refresh()
    with pytest.raises(NotAllowed, match="By the rules in force no temporary status is granted"):
        grant(appeal)


def test_the_rules_of_the_day_say_how_long(appeal: Appeal, grant: Grant) -> None:
    InsuranceRules.objects.update(temporary_months=2)
    refresh()
    assert grant(appeal).until == date(2026, 8, 2)


def test_another_one_is_a_new_decision_in_the_last_days_and_follows_the_first(
    world: World, appeal: Appeal, specialist: Staff, grant: Grant
) -> None:
    grant(appeal)
    again = apply(world)
    accept(again, staff=specialist, at=NOON)
    for one in (appeal, again):
        with pytest.raises(NotAllowed) as refused:
            grant(one, at=LATER + timedelta(days=24))
        assert str(refused.value.sentence) == (
            "The person has a temporary status until 2 July 2026. Another one can be decided upon from 27 June 2026 on."
        )
    second = grant(again, at=LATER + timedelta(days=25))

    assert (second.since, second.until) == (date(2026, 7, 3), date(2026, 8, 2))
    assert status(AIGUL, second.until) == Status.TEMPORARILY_INSURED
    assert TemporaryStatus.objects.count() == 2


def test_after_the_end_another_one_begins_on_its_day(appeal: Appeal, grant: Grant) -> None:
    grant(appeal)
    second = grant(appeal, at=LATER + timedelta(days=60))
    assert (second.since, second.until) == (date(2026, 8, 1), date(2026, 9, 1))


def test_whoever_was_slower_is_told(
    world: World, appeal: Appeal, specialist: Staff, grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = Appeal.objects.get(pk=appeal.pk)
    again = apply(world)
    accept(again, staff=specialist, at=NOON)
    grant(appeal)
    with pytest.raises(SomebodyWasFaster):
        grant(appeal, seen_version=1, at=LATER + timedelta(days=25))
    # Both saw that nothing was granted yet; the database settles it.
    monkeypatch.setattr("qorgau.handling.permission.temporary_of", lambda *_: _NOTHING_YET)
    monkeypatch.setattr(verb, "temporary_of", lambda *_: _NOTHING_YET)
    with pytest.raises(SomebodyWasFaster):
        grant(stale)
    with pytest.raises(Problem, match="was granted to the person a moment ago"):
        grant(again)
    assert TemporaryStatus.objects.count() == 1
    assert not JournalLine.objects.filter(appeal=again, verb="grant_temporary").exists()
    assert notices(again) == []


_NOTHING_YET = Temporary(about_status=True, person_known=True)


def test_refusing_is_an_ordinary_answer(appeal: Appeal, specialist: Staff, head: Staff) -> None:
    draft(
        appeal, staff=specialist, decision="unfounded", text="Документ не подтверждает.", legal_basis="",
        how_to_appeal="", language="ru", at=LATER,
    )  # fmt: skip
    submit_for_approval(appeal, staff=specialist, at=LATER)
    approve(appeal, staff=head, at=LATER)
    answer(appeal, staff=specialist, at=LATER)
    assert (appeal.state, TemporaryStatus.objects.exists()) == (State.ANSWERED, False)


# --- Revoking ---


def test_what_was_granted_is_revoked_from_that_day_on_and_kept(appeal: Appeal, head: Staff, grant: Grant) -> None:
    grant(appeal)
    at = LATER + timedelta(days=3)
    revoke_temporary(appeal, staff=head, reason="Документ подложный.", at=at)

    row = TemporaryStatus.objects.get()
    assert (row.since, row.until, row.last_day) == (TODAY, LAST, date(2026, 6, 4))
    assert (row.revoked_at, row.revoked_by) == (at, head)
    assert status(AIGUL, date(2026, 6, 4)) == Status.TEMPORARILY_INSURED
    assert status(AIGUL, date(2026, 6, 5)) == Status.NOT_INSURED
    assert notices(appeal)[-1] == ("temporary_revoked", "+77010000067")
    assert JournalLine.objects.filter(appeal=appeal, verb="revoke_temporary", staff=head).count() == 1
    assert list(verify(appeal.number)) == []
    with pytest.raises(NotAllowed, match="No temporary status that was granted upon this appeal is in force"):
        revoke_temporary(appeal, staff=head, reason="Ещё раз", at=at)


def test_what_is_still_to_come_is_revoked_with_it(appeal: Appeal, head: Staff, grant: Grant) -> None:
    grant(appeal)
    at = LATER + timedelta(days=26)
    grant(appeal, at=at)
    revoke_temporary(appeal, staff=head, reason="Документ подложный.", at=at)

    assert [(row.revoked_at is not None, row.last_day) for row in TemporaryStatus.objects.all()] == [
        (True, date(2026, 6, 27)), (True, date(2026, 6, 27)),
    ]  # fmt: skip
    found = look_up(AIGUL, purpose=Purpose.CARE, who="partner:x")
    assert isinstance(found, Insured) and [one.until for one in found.record.granted] == [date(2026, 6, 27)]


def test_after_a_mistake_the_right_one_can_be_granted_on_the_same_day(
    appeal: Appeal, head: Staff, grant: Grant
) -> None:
    grant(appeal, category="C12")
    revoke_temporary(appeal, staff=head, reason="Не та категория.", at=LATER)
    assert status(AIGUL, TODAY) == Status.NOT_INSURED
    grant(appeal)
    assert status(AIGUL, TODAY) == Status.TEMPORARILY_INSURED


def test_only_the_head_revokes_and_only_with_a_reason(
    world: World, appeal: Appeal, specialist: Staff, head: Staff, grant: Grant
) -> None:
    grant(appeal)
    with pytest.raises(NotAllowed, match="Only the head of the desk or the deputy can do this"):
        revoke_temporary(appeal, staff=specialist, reason="Ошибка", at=LATER)
    with pytest.raises(NotAllowed, match="Only the desk that holds the appeal can do this"):
        revoke_temporary(appeal, staff=factories.staff(Role.APPROVER, world.other_branch), reason="Ошибка", at=LATER)
    with pytest.raises(Problem) as told:
        revoke_temporary(appeal, staff=head, reason=" ", at=LATER)
    assert told.value.field == "reason"


# --- The end ---


def on(day: int, hour: int = 11, month: int = 6) -> datetime:
    return datetime(2026, month, day, hour, 0, tzinfo=ALMATY)


def ends(at: datetime) -> int:
    return clock.run(at)["temporary_ends"]


def test_some_days_before_the_end_the_person_and_the_desk_are_told_once(appeal: Appeal, grant: Grant) -> None:
    grant(appeal)
    assert [ends(on(26)), ends(on(29, 3)), ends(on(29)), ends(on(30))] == [0, 0, 1, 0]

    assert notices(appeal)[-2:] == [
        ("temporary_ends", "+77010000067"), ("temporary_ends_at_desk", "branch@fund.example"),
    ]  # fmt: skip
    line = JournalLine.objects.get(appeal=appeal, verb="temporary_ends")
    assert (line.actor, line.because["facts"]["day"]) == ("clock", {"date": "2026-07-02"})
    assert list(verify(appeal.number)) == []


def test_the_days_before_the_end_are_a_dated_limit(appeal: Appeal, grant: Grant) -> None:
    HandlingLimit.objects.create(limit="temporary_notice", value=1)
    refresh()
    grant(appeal)
    assert [ends(on(30)), ends(on(1, month=7))] == [0, 1]


def test_nobody_is_told_of_what_was_revoked_is_over_or_goes_on(
    world: World, appeal: Appeal, specialist: Staff, head: Staff, grant: Grant
) -> None:
    grant(appeal)
    grant(appeal, at=on(29, 10))
    other = apply(world, applicant=Person(surname="Другая", iin=DANA, phone="+7 701 000 00 68"))
    accept(other, staff=specialist, at=NOON)
    grant(other)
    revoke_temporary(other, staff=head, reason="Ошибка", at=LATER)

    assert [ends(on(29)), ends(on(2, month=7)), ends(on(28, month=7)), ends(on(3, month=8))] == [0, 0, 1, 0]
    assert "temporary_ends" not in {topic for topic, _address in notices(other)}


def test_without_the_clock_it_ends_all_the_same(appeal: Appeal, grant: Grant) -> None:
    grant(appeal)
    assert ends(on(20, month=8)) == 0
    assert status(AIGUL, date(2026, 7, 3)) == Status.NOT_INSURED
