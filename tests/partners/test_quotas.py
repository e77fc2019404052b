"""How much a key may ask, counted for all processes together."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections

from qorgau.partners import quotas
from qorgau.partners.models import PartnerKey, Use
from qorgau.partners.quotas import seconds_to_wait
from tests.factories import NOON
from tests.partners.ground import MakeKey, count_at


@pytest.fixture(autouse=True)
def noon(monkeypatch: pytest.MonkeyPatch) -> None:
    count_at(NOON, monkeypatch)


@pytest.fixture
def key_id(make_key: MakeKey) -> int:
    make_key("status", per_minute=100, per_day=1_000)
    return PartnerKey.objects.get().pk


def asked(key_id: int, times: int) -> int:
    """How many of so many requests got a permit."""
    return [seconds_to_wait(key_id) for _ in range(times)].count(0)


def another_process() -> None:
    """What follows is asked by a process that holds no permits yet."""
    quotas.forget()


def test_a_quota_is_given_out_to_the_last_request_and_no_further(key_id: int) -> None:
    assert asked(key_id, 130) == 100
    assert 1 <= seconds_to_wait(key_id) <= 60


def test_many_processes_together_get_no_more_than_the_quota(key_id: int) -> None:
    got = 0
    for _ in range(30):
        another_process()
        got += asked(key_id, 7)
    # Some lay unused in processes that asked no more.
    assert 75 <= got <= 100


def test_a_slow_partner_is_counted_to_the_request(key_id: int) -> None:
    for seen in range(1, 6):
        another_process()
        assert asked(key_id, 1) == 1
        use = Use.objects.get()
        assert (use.in_minute, use.in_day) == (seen, seen)
        assert use.last_used_at == NOON


def test_a_busy_partner_costs_few_statements(key_id: int) -> None:
    PartnerKey.objects.update(per_minute=100_000, per_day=1_000_000)
    taken = Counter[int]()
    before = quotas._take

    def counted(*args: object) -> object:
        taken["statements"] += 1
        return before(*args)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(quotas, "_take", counted)
        assert asked(key_id, 1_000) == 1_000
    assert taken["statements"] == 10


def test_a_new_minute_begins_anew_and_gives_back_to_the_day_what_was_not_used(key_id: int) -> None:
    assert asked(key_id, 5) == 5
    assert Use.objects.get().in_day == 7

    minute_later()
    assert asked(key_id, 1) == 1
    use = Use.objects.get()
    assert (use.in_minute, use.in_day) == (1, 6)


def test_the_day_ends_at_midnight_whatever_the_minute_says(key_id: int) -> None:
    PartnerKey.objects.update(per_day=3)
    assert asked(key_id, 5) == 3
    assert seconds_to_wait(key_id) == 12 * 3600

    minute_later()
    assert asked(key_id, 1) == 0
    Use.objects.update(day=NOON.date() - timedelta(days=1))
    minute_later()
    assert asked(key_id, 1) == 1


def test_a_changed_quota_holds_from_the_next_handful(key_id: int) -> None:
    assert asked(key_id, 130) == 100
    PartnerKey.objects.update(per_minute=102)
    another_process()
    assert asked(key_id, 10) == 2


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_share_the_quota(make_key: MakeKey) -> None:
    make_key("status", per_minute=50)
    key_id = PartnerKey.objects.get().pk

    def of_its_own_process(_: int) -> int:
        """Takes one permit past what this process holds, as if it were another one."""
        try:
            return quotas._take(key_id, None, 0.0).left
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(of_its_own_process, range(80))) == 50
    assert connection.in_atomic_block is False
    assert Use.objects.get().in_minute in (50, 0)


def minute_later() -> None:
    """The minute that processes and the database count is over."""
    Use.objects.update(minute=NOON - timedelta(minutes=2))
    for held in quotas._handfuls.values():
        held.ends = 0.0
        held.wait_until = 0.0
