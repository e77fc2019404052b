"""What an open queue is told, and how little it costs."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.note import note
from qorgau.people.absences import say_absence
from qorgau.people.models import Staff, StaffSession
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from qorgau.workplace.news import at_the_door, news
from qorgau.workplace.news.askers import CHECKED_EVERY, Askers
from qorgau.workplace.news.feed import FRESH_FOR, Feed
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def own_feed(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Feed:
    feed = Feed(clock)
    askers = Askers(clock)
    for door in (news, at_the_door):
        monkeypatch.setattr(door, "feed", feed)
        monkeypatch.setattr(door, "askers", askers)
    return feed


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def colleague(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


@pytest.fixture
def appeal(world: World) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk)


class Watcher:
    """An open queue, as its script asks."""

    def __init__(self, client: Client, clock: Clock, query: str = "tab=desk") -> None:
        self.client, self.clock, self.query = client, clock, query
        self.since = client.get(f"{reverse('desk:news')}?{query}")["ETag"].strip('"')
        self.last = ""

    def ask(self) -> tuple[int, int]:
        """The status, and how many appeals are told of."""
        self.clock.now += FRESH_FOR
        headers = {"If-None-Match": self.last} if self.last else {}
        answer = self.client.get(f"{reverse('desk:news')}?{self.query}&since={self.since}", headers=headers)
        self.last = answer.get("ETag", self.last)
        found = re.search(r"(\d+) appeal", answer.content.decode())
        return answer.status_code, int(found[1]) if found else 0


def test_while_nothing_happens_there_is_nothing_to_tell(client: Client, clock: Clock, appeal: Appeal) -> None:
    queue = Watcher(client, clock)
    assert [queue.ask() for _ in range(3)] == [(204, 0), (304, 0), (304, 0)]


def test_what_others_do_is_counted_by_appeal(
    client: Client, clock: Clock, world: World, colleague: Staff, appeal: Appeal
) -> None:
    queue = Watcher(client, clock)
    for text in ("раз", "два"):
        note(appeal, staff=colleague, text=text, at=NOON)
    assert queue.ask() == (200, 1)
    assert queue.ask() == (304, 0)
    factories.appeal(organisation_id=world.state_clinic.pk)
    assert queue.ask() == (200, 2)


def test_ones_own_work_is_no_news(client: Client, clock: Clock, specialist: Staff, appeal: Appeal) -> None:
    queue = Watcher(client, clock)
    accept(appeal, staff=specialist, at=NOON)
    assert queue.ask() == (204, 0)


def test_only_what_is_in_the_view_counts(
    client: Client, clock: Clock, world: World, colleague: Staff, appeal: Appeal
) -> None:
    mine, kazakh = Watcher(client, clock, "tab=mine"), Watcher(client, clock, "tab=desk&language=kk")
    note(appeal, staff=colleague, text="раз", at=NOON)
    assert mine.ask() == (204, 0)
    assert kazakh.ask() == (204, 0)
    factories.appeal(organisation_id=world.state_clinic.pk, language="kk")
    assert kazakh.ask() == (200, 1)


def test_other_desks_are_none_of_its_business(client: Client, clock: Clock, world: World) -> None:
    queue = Watcher(client, clock, "tab=all")
    factories.appeal(organisation_id=world.private_clinic.pk)
    with CaptureQueriesContext(connection) as queries:
        assert queue.ask() == (204, 0)
    # What has come, and whose it is, read for everybody. Nobody is looked up, and nothing is counted.
    assert len(queries) == 2


def test_a_question_within_some_seconds_asks_the_database_nothing(client: Client, clock: Clock, appeal: Appeal) -> None:
    queue = Watcher(client, clock)
    queue.ask()
    clock.now -= FRESH_FOR
    with CaptureQueriesContext(connection) as queries:
        assert queue.ask() == (304, 0)
    assert len(queries) == 0


def test_all_who_ask_are_looked_after_by_three_statements(
    sign_in: SignIn, clock: Clock, world: World, appeal: Appeal
) -> None:
    people = [factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk) for _ in range(3)]
    queues = [Watcher(sign_in(person), clock) for person in people]
    clock.now += CHECKED_EVERY
    with CaptureQueriesContext(connection) as queries:
        assert [queue.ask() for queue in queues] == [(204, 0)] * 3
    looked_after = [query["sql"] for query in queries if "journalline" not in query["sql"]]
    assert len(looked_after) == 3


def test_whoever_signed_out_is_not_answered_from_memory(client: Client, clock: Clock, appeal: Appeal) -> None:
    queue = Watcher(client, clock)
    assert queue.ask() == (204, 0)
    StaffSession.objects.all().delete()
    clock.now += CHECKED_EVERY
    assert queue.ask() == (302, 0)


@pytest.mark.parametrize("change", [{"is_active": False}, {"active_until": NOON.date() - timedelta(days=1)}])
def test_whoever_no_longer_works_here_is_not_answered_from_memory(
    client: Client, clock: Clock, specialist: Staff, appeal: Appeal, change: dict[str, Any]
) -> None:
    queue = Watcher(client, clock)
    Staff.objects.filter(pk=specialist.pk).update(**change)
    clock.now += CHECKED_EVERY
    assert queue.ask() == (302, 0)


def test_whoever_changed_the_desk_hears_of_the_new_one_alone(
    client: Client, clock: Clock, world: World, specialist: Staff, colleague: Staff, appeal: Appeal
) -> None:
    queue = Watcher(client, clock, "tab=all")
    Staff.objects.filter(pk=specialist.pk).update(desk=world.private_clinic_desk)
    note(appeal, staff=colleague, text="раз", at=NOON)
    assert queue.ask() == (204, 0), "the old desk is none of their business from the very moment"
    clock.now += CHECKED_EVERY
    factories.appeal(organisation_id=world.private_clinic.pk)
    assert queue.ask() == (200, 1)


def test_the_own_view_hears_of_appeals_assigned_to_oneself_and_to_whom_one_stands_in_for(
    clock: Clock, world: World, specialist: Staff, colleague: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    accept(appeal, staff=colleague, at=NOON)
    head = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    own, other = (Watcher(sign_in(person), clock, "tab=mine") for person in (colleague, specialist))
    note(appeal, staff=head, text="раз", at=NOON)
    assert (own.ask(), other.ask()) == ((200, 1), (204, 0))
    say_absence(
        colleague, substitute=specialist, since=NOON.date(), until=NOON.date(), by=colleague, at=NOON, today=NOON.date()
    )
    clock.now += CHECKED_EVERY
    note(appeal, staff=head, text="два", at=NOON)
    assert other.ask() == (200, 1)


def test_what_a_person_may_no_longer_see_is_not_told_of(
    client: Client, clock: Clock, colleague: Staff, appeal: Appeal
) -> None:
    queue = Watcher(client, clock)
    note(appeal, staff=colleague, text="раз", at=NOON)
    Appeal.objects.filter(pk=appeal.pk).update(sensitive=True, version=F("version") + 1)
    assert queue.ask() == (204, 0)


def test_a_wide_view_hears_of_all_that_its_desk_may_see(sign_in: SignIn, clock: Clock, world: World) -> None:
    """A branch its region, the contact centre what it took, and those who only read in every view of theirs."""
    heard = {
        "branch": (Role.BRANCH_SPECIALIST, world.branch, "tab=all"),
        "other branch": (Role.BRANCH_SPECIALIST, world.other_branch, "tab=all"),
        "contact centre": (Role.OPERATOR, world.contact_centre, "tab=all"),
        "auditor": (Role.AUDITOR, world.centre, "tab=all"),
    }
    queues = {
        who: Watcher(sign_in(factories.staff(role, desk)), clock, query) for who, (role, desk, query) in heard.items()
    }
    factories.appeal(organisation_id=world.state_clinic.pk, region=world.astana.kato)
    told = {who: queue.ask() for who, queue in queues.items()}
    assert told == {
        "branch": (200, 1),
        "other branch": (204, 0),
        "contact centre": (204, 0),
        "auditor": (200, 1),
    }


def test_the_fund_hears_of_the_whole_country_in_its_wide_view(sign_in: SignIn, clock: Clock, world: World) -> None:
    expert = sign_in(factories.staff(Role.CENTRAL_EXPERT, world.centre))
    wide, own = Watcher(expert, clock, "tab=all"), Watcher(expert, clock, "tab=desk")
    factories.appeal(organisation_id=world.state_clinic.pk)
    assert wide.ask() == (200, 1)
    assert own.ask() == (204, 0)


def test_the_link_shows_the_same_view(client: Client, clock: Clock, colleague: Staff, appeal: Appeal) -> None:
    queue = Watcher(client, clock, "tab=desk&sort=waiting")
    note(appeal, staff=colleague, text="раз", at=NOON)
    clock.now += FRESH_FOR
    page = client.get(f"{reverse('desk:news')}?tab=desk&sort=waiting&since={queue.since}").content.decode()
    assert 'href="/desk/?tab=desk&amp;sort=waiting"' in page


@pytest.mark.parametrize("mark", ["0", "abc", "-1", "9" * 30, "1²"])
def test_a_mark_typed_by_hand_breaks_nothing(client: Client, appeal: Appeal, mark: str) -> None:
    assert client.get(f"{reverse('desk:news')}?tab=desk&since={mark}").status_code in (200, 204)


def test_a_list_older_than_what_is_remembered_is_called_old(client: Client, clock: Clock, own_feed: Feed) -> None:
    own_feed._begins = 100
    page = client.get(f"{reverse('desk:news')}?tab=desk&since=7")
    assert "This list is some time old." in page.content.decode()


def test_a_line_committed_late_is_still_told(world: World, clock: Clock, colleague: Staff, appeal: Appeal) -> None:
    """Numbers are given before commits, so a smaller one may come to light after a greater one."""
    feed = Feed(clock)
    feed.refresh(now=True)
    note(appeal, staff=colleague, text="раз", at=NOON)
    mark = feed.latest
    feed.latest += 50  # a later line was read first
    clock.now += FRESH_FOR
    feed.refresh()
    touches = feed.since(mark)
    assert touches is not None
    assert [touch.appeal for touch in touches] == [appeal.pk]
