"""What was granted here lies on top of whatever register answers, to the day, and only ever helps."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from qorgau.directory.models import Desk
from qorgau.insured import sources
from qorgau.insured.answers import NOT_NOW, Answer, Insured, NotAnswering, Unknown
from qorgau.insured.cells import read_record, write_record
from qorgau.insured.journal import Purpose, who_looked
from qorgau.insured.lookup import look_up, look_up_people
from qorgau.insured.models import TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.insured.record import Record
from qorgau.insured.temporary.granted import history_of
from qorgau.insured.verdicts import standing, verdict
from qorgau.lib.speech import say
from qorgau.people.models import Staff
from qorgau.rules.insured_status import Ground, Status
from qorgau.rules.roles import Role
from qorgau.rules.temporary_status import Granted
from tests import factories
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, NOW, STRANGER, TIMUR, line, paid
from tests.insured.remote_register import Register, remote_register
from tests.insured.test_remote import response

TODAY = date(2026, 11, 28)
LAST = date(2026, 12, 28)
Grant = Callable[..., TemporaryStatus]


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def specialist(db: None) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, Desk.objects.create(kind="branch", name_ru="Филиал"))


@pytest.fixture
def grant(specialist: Staff) -> Grant:
    """Write down what was granted, as the verb does."""

    def granting(iin: str, since: date = TODAY, until: date = LAST, **more: Any) -> TemporaryStatus:
        return TemporaryStatus.objects.create(
            **{
                "person": person_key(iin),
                "category": "C07",
                "since": since,
                "until": until,
                "last_day": until,
                "appeal_number": "26-0000001-4",
                "documents": [1],
                "rules": "long-grace-2026",
                "granted_at": datetime(2026, 11, 28, 6, tzinfo=UTC),
                "granted_by": specialist,
                **more,
            }
        )

    return granting


def ask(iin: str) -> Answer:
    return look_up(iin, purpose=Purpose.OWN_STATUS, who="portal")


def known(iin: str) -> Insured:
    answer = ask(iin)
    assert isinstance(answer, Insured)
    return answer


def test_who_was_not_insured_is_temporarily_insured_on_the_days_that_were_granted(load: Loader, grant: Grant) -> None:
    load([line(AIGUL, paid="")])
    grant(AIGUL)
    answer = known(AIGUL)

    found = {day: verdict(answer, day) for day in (date(2026, 11, 27), TODAY, LAST, date(2026, 12, 29))}
    assert [(one.status, one.ground) for one in found.values()] == [
        (Status.NOT_INSURED, Ground.NOTHING),
        (Status.TEMPORARILY_INSURED, Ground.TEMPORARY),
        (Status.TEMPORARILY_INSURED, Ground.TEMPORARY),
        (Status.NOT_INSURED, Ground.NOTHING),
    ]
    now = standing(answer, TODAY)
    granted = Granted("C07", TODAY, LAST)
    assert (now.temporary_until, now.covered_until, now.granted, now.ended) == (LAST, LAST, granted, None)
    after = standing(answer, date(2026, 12, 29))
    assert (after.temporary_until, after.covered_until, after.granted, after.ended) == (None, LAST, None, granted)


@pytest.mark.parametrize(
    "cells",
    [
        {"paid": paid((NOW - 12, NOW - 1))},
        {"paid": paid((NOW - 14, NOW - 3))},
        {"paid": "", "categories": "C07:2019-01-15"},
        {"paid": "", "ahead": "2026-11/2027-10@2026-10"},
    ],
)
def test_a_better_ground_stays_the_ground(load: Loader, grant: Grant, cells: dict[str, str]) -> None:
    load([line(AIGUL, **cells)])
    before = standing(known(AIGUL), TODAY)
    grant(AIGUL)
    after = standing(known(AIGUL), TODAY)

    assert (after.verdict, after.ways, after.granted) == (before.verdict, before.ways, None)
    assert after.verdict.status in (Status.INSURED, Status.CONDITIONALLY_INSURED)


def test_months_of_a_file_and_days_granted_here_join(load: Loader, grant: Grant) -> None:
    load([line(AIGUL, paid="", temporary="2026-11")])
    grant(AIGUL, date(2026, 12, 1), date(2026, 12, 20))

    assert standing(known(AIGUL), TODAY).temporary_until == date(2026, 12, 20)


def test_it_outlives_a_new_register_a_delta_and_a_register_without_the_person(load: Loader, grant: Grant) -> None:
    load([line(AIGUL, paid=""), line(DANA)])
    grant(AIGUL)
    for lines, how in (
        ([line(AIGUL, paid="1"), line(DANA)], {}),
        ([line(AIGUL, paid="01")], {"delta": True}),
        ([line(DANA)], {"may_shrink": True}),
    ):
        load(lines, **how)
        assert verdict(known(AIGUL), TODAY).status == Status.TEMPORARILY_INSURED
    assert TemporaryStatus.objects.count() == 1


def test_somebody_whom_the_register_does_not_know_is_known_while_it_lasts(
    load: Loader, grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    load([line(AIGUL)])
    grant(STRANGER)
    granted = Granted("C07", TODAY, LAST)

    assert ask(STRANGER) == Insured(Record(granted=(granted,)), TODAY)
    assert who_looked(STRANGER)[0].answer == "found"

    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 29))
    assert ask(STRANGER) == Unknown(TODAY, (granted,))
    assert who_looked(STRANGER)[0].answer == "unknown"


def test_it_is_the_day_asked_about_on_which_a_status_holds_or_not(
    load: Loader, grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Today it is long over; of a day on which it held it is told all the same, and the journal says that it was."""
    load([line(AIGUL)])
    grant(STRANGER)
    granted = (Granted("C07", TODAY, LAST),)
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 3, 1))

    found = [
        look_up(STRANGER, purpose=Purpose.CARE, who="partner:x", on=day)
        for day in (date(2026, 11, 27), TODAY, LAST, date(2026, 12, 29))
    ]
    known = Insured(Record(granted=granted), TODAY)
    assert found == [Unknown(TODAY, granted), known, known, Unknown(TODAY, granted)]
    assert [one.answer for one in who_looked(STRANGER)] == ["unknown", "found", "found", "unknown"]


def test_a_register_that_was_never_loaded_goes_on_saying_so_and_names_what_is_granted(
    rows: None, grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    grant(AIGUL)
    answer = ask(AIGUL)

    assert isinstance(answer, NotAnswering) and answer.granted_until == LAST
    assert "is in force until December 28, 2026." in say(answer.sentence)
    assert ask(DANA) == NotAnswering("no register was ever loaded")
    assert [who_looked(iin)[0].answer for iin in (AIGUL, DANA)] == ["found", "not_answering"]

    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 12, 29))
    assert ask(AIGUL) == NotAnswering("no register was ever loaded")
    assert who_looked(AIGUL)[0].answer == "not_answering"


def test_what_was_revoked_counts_until_the_day_before(load: Loader, grant: Grant, specialist: Staff) -> None:
    load([line(AIGUL, paid=""), line(DANA, paid="")])
    at = datetime(2026, 12, 5, 6, tzinfo=UTC)
    grant(AIGUL, last_day=date(2026, 12, 4), revoked_at=at, revoked_by=specialist)
    grant(DANA, last_day=date(2026, 11, 27), revoked_at=at, revoked_by=specialist)

    assert known(AIGUL).record.granted == (Granted("C07", TODAY, date(2026, 12, 4)),)
    assert verdict(known(AIGUL), date(2026, 12, 5)).status == Status.NOT_INSURED
    assert known(DANA).record.granted == ()


def test_many_people_asked_for_at_once_have_what_was_granted_too(load: Loader, grant: Grant) -> None:
    load([line(AIGUL, paid=""), line(DANA, paid="")])
    for iin in (AIGUL, STRANGER):
        grant(iin)
    people = [person_key(iin) for iin in (AIGUL, DANA, STRANGER, TIMUR)]
    found = look_up_people(people, purpose=Purpose.WARNING, who="system:warnings")

    granted = (Granted("C07", TODAY, LAST),)
    assert [found[one] for one in people] == [
        Insured(Record(granted=granted), TODAY),
        Insured(Record(), TODAY),
        Insured(Record(granted=granted), TODAY),
        Unknown(TODAY),
    ]
    assert [who_looked(iin)[0].answer for iin in (AIGUL, STRANGER, TIMUR)] == ["found", "found", "unknown"]


def test_it_is_still_one_trip_to_the_database(
    load: Loader, grant: Grant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load([line(AIGUL, paid="")])
    grant(AIGUL)
    with django_assert_num_queries(0):  # Django counts its own cursors; ours goes past them
        assert known(AIGUL).record.granted


def test_the_statement_finds_it_by_an_index(load: Loader, grant: Grant) -> None:
    load([line(AIGUL, paid="")])
    grant(AIGUL)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT 1 FROM insured_temporarystatus WHERE person = %s", [person_key(AIGUL)])
        assert "temporary_of_person" in str(cursor.fetchall())


# --- What the database keeps ---


def test_no_two_hold_on_one_day_whoever_was_faster(grant: Grant, specialist: Staff) -> None:
    first = grant(AIGUL)
    for since, until in ((LAST, date(2027, 1, 28)), (TODAY, TODAY), (date(2026, 11, 1), date(2027, 2, 1))):
        with pytest.raises(IntegrityError, match="one_temporary_status_at_a_time"), transaction.atomic():
            grant(AIGUL, since, until)
    grant(AIGUL, date(2026, 12, 29), date(2027, 1, 29))
    grant(DANA)
    # What was revoked leaves its days free.
    TemporaryStatus.objects.filter(pk=first.pk).update(
        last_day=date(2026, 11, 27), revoked_at=timezone.now(), revoked_by=specialist
    )
    grant(AIGUL)
    assert [row.revoked_at is None for row in history_of(person_key(AIGUL))] == [True, True, False]


def test_rows_are_never_deleted_and_change_only_by_revoking_and_telling(grant: Grant, specialist: Staff) -> None:
    row = grant(AIGUL)
    rows, now = TemporaryStatus.objects.filter(pk=row.pk), timezone.now()
    for forbidden in (
        rows.delete,
        lambda: rows.update(until=date(2027, 12, 31), last_day=date(2027, 12, 31)),
        lambda: rows.update(category="C12"),
        lambda: rows.update(last_day=TODAY),
        lambda: rows.update(revoked_at=now),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            forbidden()
    assert rows.update(told_at=now) == 1
    assert rows.update(revoked_at=now, revoked_by=specialist, last_day=date(2026, 12, 1)) == 1
    for forbidden in (
        lambda: rows.update(told_at=None),
        lambda: rows.update(revoked_at=None, revoked_by=None, last_day=LAST),
    ):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            forbidden()


def test_the_table_holds_no_identity_number(grant: Grant) -> None:
    grant(AIGUL)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM insured_temporarystatus t")
        assert AIGUL not in cursor.fetchone()[0]


# --- Another system's register ---


@pytest.fixture
def register(db: None, settings: LazySettings) -> Iterator[Register]:
    with remote_register() as running:
        running.body = response(Record())
        settings.INSURED_SOURCE, settings.INSURED_URL = "remote", running.address
        settings.INSURED_SECONDS, settings.INSURED_CACHE_SECONDS = 0.4, 300
        sources._opened.cache_clear()
        yield running
        sources._opened.cache_clear()


def test_what_a_remote_register_said_and_is_remembered_hides_no_new_grant(
    rows: None, register: Register, grant: Grant
) -> None:
    assert known(AIGUL).record.granted == ()
    grant(AIGUL)
    assert verdict(known(AIGUL), TODAY).status == Status.TEMPORARILY_INSURED
    assert len(register.asked) == 1

    register.body = response(None)
    assert ask(TIMUR) == Unknown(TODAY)
    grant(TIMUR)
    assert isinstance(ask(TIMUR), Insured)
    assert [one.answer for one in who_looked(TIMUR)] == ["found", "unknown"]
    assert len(register.asked) == 2


def test_a_remote_register_that_is_silent_hides_no_status_that_was_granted_here(
    register: Register, grant: Grant
) -> None:
    register.status = 503
    grant(AIGUL)
    grant(TIMUR, since=date(2026, 10, 20), until=date(2026, 11, 20))
    granted, over = ask(AIGUL), ask(TIMUR)

    assert isinstance(granted, NotAnswering) and granted.granted_until == LAST
    assert say(granted.sentence) == (
        "The register of insured people does not answer now. A temporary status that the Fund granted is in force "
        "until December 28, 2026."
    )
    assert isinstance(over, NotAnswering) and (over.granted_until, over.sentence) == (None, NOT_NOW)
    assert [who_looked(iin)[0].answer for iin in (AIGUL, TIMUR)] == ["found", "not_answering"]


def test_what_another_qorgau_granted_arrives_to_the_day(register: Register) -> None:
    record = Record(granted=(Granted("C12", TODAY, LAST), Granted("C12", date(2026, 12, 29), date(2027, 1, 28))))
    assert write_record(record) == {"granted": "C12:2026-11-28/2026-12-28 C12:2026-12-29/2027-01-28"}
    assert read_record(write_record(record), now=NOW) == record

    register.body = response(record)
    assert known(AIGUL).record == record


@pytest.mark.parametrize("cell", ["C12:2026-11-28", "C12:2026-11-28/2026-11-27", "C12", "2026-11", "X:1/2"])
def test_a_grant_out_of_shape_is_no_answer(register: Register, cell: str) -> None:
    register.body = response(
        extension=[{"url": "urn:qorgau:insured-record", "extension": [{"url": "granted", "valueString": cell}]}]
    )
    assert isinstance(ask(AIGUL), NotAnswering)


def test_the_day_begins_in_almaty(load: Loader, grant: Grant, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the last evening in Greenwich it is the next day here already."""
    monkeypatch.undo()
    load([line(AIGUL, paid="")])
    grant(AIGUL)
    for moment, status in (
        (datetime(2026, 12, 28, 18, 59, tzinfo=UTC), Status.TEMPORARILY_INSURED),
        (datetime(2026, 12, 28, 19, 1, tzinfo=UTC), Status.NOT_INSURED),
        (datetime(2026, 11, 27, 18, 59, tzinfo=UTC), Status.NOT_INSURED),
        (datetime(2026, 11, 27, 19, 1, tzinfo=UTC), Status.TEMPORARILY_INSURED),
    ):
        assert verdict(known(AIGUL), timezone.localdate(moment)).status == status
