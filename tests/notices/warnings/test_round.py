"""Who is told what on which day: to the day of the example, once, whatever runs twice or is killed."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from qorgau.insured import lookup
from qorgau.insured.models import LookUp
from qorgau.insured.rollback import roll_back
from qorgau.insured.sources.remote import Remote
from qorgau.insured.warnings.models import Round, Subscription, Told
from qorgau.insured.warnings.subscribing import stop
from qorgau.notices.models import Notice
from qorgau.notices.warnings import round as rounds
from qorgau.notices.warnings.register import RegisterSilent
from qorgau.notices.warnings.round import go_round
from qorgau.notices.warnings.tasks import warn
from tests.insured.conftest import Loader
from tests.insured.files import AIGUL, DANA, STRANGER, TIMUR, line
from tests.notices.warnings.conftest import EMAIL, JUNE, at, subscribed, worked
from tests.partners.ground import grant_to_the_day

MINUTE = timedelta(minutes=1)


def told() -> list[tuple[str, str, dict[str, str]]]:
    """What lies in the outbox: topic, step, day."""
    return [
        (one.topic, one.facts["step"], one.facts["last_day"]["date"]) for one in Notice.objects.order_by("created_at")
    ]


def test_whoever_was_paid_for_until_june_hears_thrice(load: Loader) -> None:
    """Last payment in June, lost in October (DOMAIN §3.1): 30 and 7 days before the last day, and when it is over."""
    load([worked()])
    subscribed()
    day = date(2026, 7, 1)
    while day <= date(2026, 10, 31):
        go_round(at(day.month, day.day))
        day += timedelta(days=1)

    heard = [(one.topic, one.facts["step"], one.created_at.date()) for one in Notice.objects.order_by("created_at")]
    assert heard == [
        ("insurance_ends", "first", date(2026, 8, 31)),
        ("insurance_ends", "last", date(2026, 9, 23)),
        ("insurance_ended", "lost", date(2026, 10, 1)),
    ]
    assert Notice.objects.filter(facts__last_day__date="2026-09-30").count() == 3
    assert [one.facts["unpaid"] for one in Notice.objects.order_by("created_at")] == [1, 2, 3]


@pytest.mark.parametrize(
    ("moment", "step"),
    [
        (at(8, 30, 23, 59), None),
        (at(8, 31, 0, 1), "first"),
        (at(9, 30, 23, 59), "last"),
    ],
)
def test_a_day_begins_and_ends_on_the_clock_of_the_country(load: Loader, moment: Any, step: str | None) -> None:
    load([worked()])
    subscribed()
    go_round(moment)

    assert [one.facts["step"] for one in Notice.objects.all()] == ([step] if step else [])


def test_it_is_lost_the_minute_after_midnight(load: Loader) -> None:
    load([worked()])
    subscribed()
    go_round(at(9, 30, 23, 55))
    go_round(at(10, 1, 0, 1))

    assert told() == [("insurance_ends", "last", "2026-09-30"), ("insurance_ended", "lost", "2026-09-30")]


@pytest.mark.parametrize(
    ("cells", "day", "last_day"),
    [
        ({"paid": "", "categories": "C13:2024-09-01/2026-06-15"}, at(8, 31), "2026-09-30"),
        ({"paid": "", "ahead": "2025-07/2026-06@2025-06"}, at(8, 31), "2026-09-30"),
        ({"paid": "", "temporary": "2026-11"}, at(11, 20), "2026-11-30"),
    ],
)
def test_other_kinds_of_cover_end_too(load: Loader, cells: dict[str, str], day: Any, last_day: str) -> None:
    load([line(AIGUL, **cells)])
    subscribed()
    go_round(day)

    assert [one.facts["last_day"] for one in Notice.objects.all()] == [{"date": last_day}]


def test_a_pensioner_and_a_stranger_hear_nothing(load: Loader) -> None:
    load([line(DANA, paid="", categories="C07:2019-01-15")])
    subscribed(DANA)
    subscribed(STRANGER)

    assert go_round(at(11, 28)) == {"told": 0, "looked": 2}
    assert list(Subscription.objects.order_by("pk").values_list("seen", flat=True)) == ["covered", ""]


def test_who_was_not_insured_when_they_asked_is_not_told_that_they_lost_it(load: Loader) -> None:
    load([worked()])
    subscribed()
    go_round(at(11, 1))
    go_round(at(11, 2))

    assert told() == []


def test_that_it_came_back_is_told_once_to_who_wished(load: Loader) -> None:
    load([worked(), worked(DANA)])
    subscribed(tells_back=True)
    subscribed(DANA)
    go_round(at(11, 1))
    load([worked(until=JUNE + 4), worked(DANA, until=JUNE + 4)])
    for day in (20, 21):
        go_round(at(11, day))

    assert told() == [("insurance_back", "back", "2026-11-01")]


@pytest.mark.parametrize("iin", [AIGUL, STRANGER])
def test_a_status_that_was_granted_to_the_day_ends_to_the_day(
    load: Loader, iin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of somebody whom the register does not know but for that."""
    load([worked()])
    subscribed(iin, tells_back=True)
    go_round(at(11, 9))
    grant_to_the_day(iin, date(2026, 11, 10), date(2026, 12, 10))
    now = [at(11, 10)]
    # Whether a granted status is over is asked of the day on which it is looked up.
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    for month, day in [(11, 10), (11, 11), (12, 2), (12, 3), (12, 10), (12, 11), (12, 12)]:
        now[0] = at(month, day)
        go_round(now[0])

    heard = [(one.facts["step"], one.facts["last_day"]["date"], one.created_at.date()) for one in Notice.objects.all()]
    back = [("back", "2026-11-01", date(2026, 11, 10))] if iin == AIGUL else []
    assert heard == [
        *back,
        ("first", "2026-12-10", date(2026, 11, 10 if iin == STRANGER else 11)),
        ("last", "2026-12-10", date(2026, 12, 3)),
        ("lost", "2026-12-10", date(2026, 12, 11)),
    ]


# --- Once ------------------------------------------------------------------------------------------------------------


def test_a_round_is_made_once_for_a_day_and_a_load(load: Loader) -> None:
    load([worked()])
    subscribed()

    assert go_round(at(8, 31)) == {"told": 1, "looked": 1}
    assert go_round(at(8, 31, 18)) == {}
    load([worked(), worked(DANA)])
    assert go_round(at(8, 31, 19)) == {"told": 0, "looked": 1}
    roll_back()
    assert go_round(at(8, 31, 20)) == {"told": 0, "looked": 1}
    assert Round.objects.filter(ended_at=None).count() == 0 and len(told()) == 1


def test_without_a_register_there_is_no_round(rows: None) -> None:
    subscribed()

    assert go_round(at(8, 31)) == {} and Round.objects.count() == 0


def test_a_register_that_stops_answering_is_asked_again_later(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    load([worked()])
    subscribed()
    with monkeypatch.context() as patch:
        patch.setattr(lookup, "chosen_source", Remote)
        with pytest.raises(RegisterSilent):
            go_round(at(8, 31))
    assert Subscription.objects.get().seen == "" and LookUp.objects.count() == 0

    assert go_round(at(8, 31, 13))["told"] == 1


def test_another_systems_register_is_never_asked_by_hash(load: Loader, settings: Any) -> None:
    load([worked()])
    subscribed()
    settings.INSURED_SOURCE = "remote"

    assert go_round(at(8, 31)) == {}


def test_the_worker_makes_a_round_by_the_clock(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    load([worked()])
    subscribed()
    monkeypatch.setattr(timezone, "now", lambda: at(8, 31))

    assert warn(timestamp=0) == {"told": 1, "looked": 1}
    assert warn(timestamp=0) == {}


def test_a_round_that_was_killed_goes_on_where_it_was(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    people = [AIGUL, DANA, TIMUR]
    load([worked(iin) for iin in people])
    subscriptions = [subscribed(iin) for iin in people]
    monkeypatch.setattr(rounds, "LOT", 1)
    tell, calls = rounds._tell, []

    def killed_in_the_second_lot(due: Any, now: Any) -> int:
        calls.append(due)
        written = tell(due, now)
        if len(calls) == 2:
            raise Killed
        return written

    monkeypatch.setattr(rounds, "_tell", killed_in_the_second_lot)
    with pytest.raises(Killed):
        go_round(at(8, 31))
    assert [one.facts["subscription"] for one in Notice.objects.all()] == [subscriptions[0].pk]
    assert LookUp.objects.count() == 1

    assert go_round(at(8, 31) + MINUTE) == {"told": 2, "looked": 2}
    assert sorted(one.facts["subscription"] for one in Notice.objects.all()) == [one.pk for one in subscriptions]


def test_two_workers_at_once_tell_everybody_once(emptied: None, load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [AIGUL, DANA, TIMUR, STRANGER]
    load([worked(iin) for iin in people])
    for iin in people:
        subscribed(iin)
    monkeypatch.setattr(rounds, "LOT", 2)
    together = threading.Barrier(2, timeout=20)
    ask = rounds.ask

    def both_have_read(people: Any) -> Any:
        answers = ask(people)
        together.wait()
        return answers

    monkeypatch.setattr(rounds, "ask", both_have_read)

    def work() -> None:
        try:
            go_round(at(8, 31))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)

    assert (Told.objects.count(), Notice.objects.count()) == (4, 4)
    assert len({one.facts["subscription"] for one in Notice.objects.all()}) == 4


# --- Quietly ---------------------------------------------------------------------------------------------------------


def test_an_sms_of_the_night_waits_for_the_morning(load: Loader) -> None:
    load([worked(), worked(DANA)])
    subscribed()
    subscribed(DANA, EMAIL)
    night = at(8, 31, 0, 5)
    go_round(night)

    leaves = {one.transport: one.due_at for one in Notice.objects.all()}
    assert leaves == {"sms": at(8, 31, 9), "email": night}


def test_every_look_is_in_the_journal_and_each_person_is_looked_at_once(load: Loader) -> None:
    load([worked()])
    subscribed()
    subscribed(address=EMAIL)
    go_round(at(8, 31))

    assert [(one.purpose, one.who, one.answer) for one in LookUp.objects.all()] == [
        ("warning", "system:warnings", "found")
    ]
    assert Notice.objects.count() == 2


def test_the_outbox_tells_nothing_of_the_person_nor_where_it_goes(load: Loader) -> None:
    load([worked()])
    subscribed(label="Мама")
    go_round(at(8, 31))

    with connection.cursor() as cursor:
        cursor.execute("SELECT n::text FROM notices_notice n")
        (row,) = cursor.fetchone()
    assert AIGUL not in row and AIGUL[-4:] not in row and "701" not in row and "Мама" not in row
    assert Notice.objects.get().address == ""


def test_what_was_stopped_is_not_looked_at(load: Loader) -> None:
    load([worked()])
    stop([subscribed().pk], why=Subscription.STOPPED, at=at(8, 1))

    assert go_round(at(8, 31)) == {} and LookUp.objects.count() == 0


def test_a_lot_takes_the_same_statements_however_many_are_in_it(
    load: Loader, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    people = [AIGUL, DANA, TIMUR]
    load([worked(iin) for iin in people])
    subscribed(AIGUL)
    go_round(at(8, 1))

    with django_assert_num_queries(12):
        go_round(at(8, 31))
    subscribed(DANA)
    subscribed(TIMUR)
    go_round(at(9, 1))
    with django_assert_num_queries(12):
        go_round(at(9, 23))
    assert Notice.objects.filter(facts__step="last").count() == 3
