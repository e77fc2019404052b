"""Unread: what happened in an appeal since somebody last opened its card, said in words and counted."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.people.models import Staff
from qorgau.register.following.models import Follower
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from qorgau.workplace.models import Seen
from qorgau.workplace.queue import counting
from qorgau.workplace.queue.unread import SEEN, forget_what_has_ended
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

LATER = NOON + timedelta(minutes=5)


@pytest.fixture
def reader(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def colleague(world: World) -> Staff:
    return factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)


@pytest.fixture
def client(reader: Staff, sign_in: SignIn) -> Client:
    return sign_in(reader)


@pytest.fixture
def appeal(world: World) -> Appeal:
    return factories.appeal(organisation_id=world.state_clinic.pk)


def queue(client: Client, query: str = "?tab=desk") -> str:
    page = client.get(reverse("desk:queue") + query)
    assert page.status_code == 200
    return page.content.decode()


def is_unread(client: Client, appeal: Appeal, tab: str = "desk") -> bool:
    """Whether the row says so; the filter and the count must say the same."""
    row = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{appeal.number}.*?</tr>", queue(client, f"?tab={tab}"), re.DOTALL)
    assert row
    said = "<span>Unread</span>" in row[0]
    assert (f"appeal/{appeal.number}/" in queue(client, f"?tab={tab}&unread=1")) == said
    return said


def open_card(client: Client, appeal: Appeal) -> None:
    assert client.get(reverse("desk:appeal", args=[appeal.number])).status_code == 200


def test_what_nobody_has_opened_is_unread_to_everybody_at_the_desk(
    client: Client, sign_in: SignIn, colleague: Staff, appeal: Appeal
) -> None:
    assert is_unread(client, appeal)
    open_card(client, appeal)
    assert not is_unread(client, appeal)
    assert is_unread(sign_in(colleague), appeal)


def test_what_others_do_makes_it_unread_again(client: Client, appeal: Appeal, colleague: Staff) -> None:
    open_card(client, appeal)
    accept(appeal, staff=colleague, at=NOON)
    assert is_unread(client, appeal)
    open_card(client, appeal)
    add_message(appeal, text="Добавляю: это было утром.", at=LATER, delivery_key="m1")
    assert is_unread(client, appeal)
    open_card(client, appeal)
    assert not is_unread(client, appeal)


def test_ones_own_deeds_are_no_news(client: Client, appeal: Appeal, reader: Staff) -> None:
    open_card(client, appeal)
    note(appeal, staff=reader, text="Позвонить утром.", at=LATER)
    assert not is_unread(client, appeal)


def test_a_look_at_contacts_is_no_news(client: Client, sign_in: SignIn, appeal: Appeal, colleague: Staff) -> None:
    open_card(client, appeal)
    looked = sign_in(colleague).post(
        reverse("desk:contacts", args=[appeal.number]), {"who": "applicant", "purpose": "contact"}
    )
    assert looked.status_code == 200
    assert not is_unread(client, appeal)


def test_what_is_offered_to_the_desk_is_unread_there(
    client: Client, sign_in: SignIn, world: World, appeal: Appeal, reader: Staff
) -> None:
    accept(appeal, staff=reader, at=NOON)
    pass_on(appeal, staff=reader, to=world.branch, reason="Решает Фонд", at=NOON)
    branch = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    assert is_unread(branch, appeal, "offered")
    open_card(branch, appeal)
    assert not is_unread(branch, appeal, "offered")


def test_what_lies_elsewhere_is_no_news_until_it_was_opened(
    world: World, sign_in: SignIn, appeal: Appeal, colleague: Staff
) -> None:
    branch = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    assert not is_unread(branch, appeal, "all")
    open_card(branch, appeal)
    accept(appeal, staff=colleague, at=NOON)
    assert is_unread(branch, appeal, "all")


def test_the_count_is_the_length_of_the_list(client: Client, world: World) -> None:
    made = [factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(3)]
    assert ">3 unread</a>" in queue(client)
    open_card(client, made[0])
    assert ">2 unread</a>" in queue(client)
    for one in made[1:]:
        open_card(client, one)
    assert "Everything here is read" in queue(client)
    assert "Show what is read too" in queue(client, "?tab=desk&unread=1")


def test_what_concerns_somebody_in_two_ways_is_counted_once(
    client: Client, sign_in: SignIn, world: World, appeal: Appeal, reader: Staff, colleague: Staff
) -> None:
    open_card(client, appeal)
    accept(appeal, staff=colleague, at=NOON)
    for tab in ("all", "desk"):
        assert ">1 unread</a>" in queue(client, f"?tab={tab}"), "it lies at the desk and was opened"
    pass_on(appeal, staff=colleague, to=world.branch, reason="Решает Фонд", at=NOON)
    branch = sign_in(factories.staff(Role.BRANCH_SPECIALIST, world.branch))
    open_card(branch, appeal)
    assert "Everything here is read" in queue(branch, "?tab=all")
    note(appeal, staff=reader, text="Талоны раздают с семи утра.", at=LATER)
    for tab in ("all", "offered"):
        assert ">1 unread</a>" in queue(branch, f"?tab={tab}"), "it is offered and was opened"


def test_so_much_is_unread_that_nobody_counts_it(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_UNREAD", 2)
    for _ in range(3):
        factories.appeal(organisation_id=world.state_clinic.pk)
    assert ">2+ unread</a>" in queue(client)
    only_unread = queue(client, "?tab=desk&unread=1")
    assert re.findall(r'id="count-desk"[^>]*>([^<]+)<', only_unread) == ["2+"]
    assert re.findall(r'id="count-desk"[^>]*>([^<]+)<', queue(client)) == ["3"]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ANALYST])
def test_those_who_only_read_have_no_unread(
    world: World, sign_in: SignIn, appeal: Appeal, role: Role, noon: datetime
) -> None:
    client = sign_in(factories.staff(role, world.centre))
    open_card(client, appeal)
    assert not Seen.objects.exists()
    page = queue(client, "?tab=all")
    assert "nread" not in page
    assert appeal.number not in queue(client, "?tab=all&unread=1")


def test_a_page_fetched_ahead_or_only_asked_about_was_read_by_nobody(client: Client, appeal: Appeal) -> None:
    address = reverse("desk:appeal", args=[appeal.number])
    assert client.get(address, headers={"Sec-Purpose": "prefetch;prerender"}).status_code == 200
    assert client.head(address).status_code == 200
    assert not Seen.objects.exists()


def test_windows_opened_in_the_wrong_order_do_not_turn_back(appeal: Appeal, reader: Staff) -> None:
    for version in (3, 5, 4):
        SEEN.all(staff=reader.pk, appeal=appeal.pk, version=version)
    assert Seen.objects.get().version == 5


def test_an_order_of_the_address_does_not_read_for_others(client: Client, sign_in: SignIn, world: World) -> None:
    """What one has read stays one's own: a foreign card writes nothing."""
    foreign = factories.appeal(organisation_id=world.private_clinic.pk)
    assert client.get(reverse("desk:appeal", args=[foreign.number])).status_code == 404
    assert not Seen.objects.exists()


def test_thirty_unread_rows_take_as_many_queries_as_one(client: Client, world: World) -> None:
    def look() -> list[str]:
        with CaptureQueriesContext(connection) as taken:
            queue(client, "?tab=desk&unread=1")
        return [q["sql"][:60] for q in taken]

    factories.appeal(organisation_id=world.state_clinic.pk)
    look()  # whatever a process reads once
    with_one = look()
    for _ in range(29):
        factories.appeal(organisation_id=world.state_clinic.pk)
    Appeal.objects.filter(pk__in=Appeal.objects.values("pk")[:5]).update(version=F("version") + 1, due_on=None)
    assert look() == with_one
    assert len(with_one) <= 10


def test_who_has_seen_what_is_forgotten_a_week_after_its_end_but_not_by_those_who_follow(
    client: Client, world: World, reader: Staff, colleague: Staff
) -> None:
    running, just_ended, long_ended, followed, named_in = [
        factories.appeal(organisation_id=world.state_clinic.pk) for _ in range(5)
    ]
    for one in (running, just_ended, long_ended, followed, named_in):
        Seen.objects.create(staff=reader, appeal=one, version=1)
        Seen.objects.create(staff=colleague, appeal=one, version=1)
    Follower.objects.create(appeal=followed, staff=reader, since=NOON)
    note(named_in, staff=colleague, text=f"@{reader.username} посмотрите", at=NOON)
    for days, ended in ((6, [just_ended]), (8, [long_ended, followed, named_in])):
        Appeal.objects.filter(pk__in=[one.pk for one in ended]).update(
            state="closed", closed_at=NOON - timedelta(days=days), version=F("version") + 1
        )
    assert forget_what_has_ended(NOON) == 4
    kept = {
        staff: set(Seen.objects.filter(staff=staff).values_list("appeal_id", flat=True))
        for staff in (reader, colleague)
    }
    assert kept[reader] == {running.pk, just_ended.pk, followed.pk, named_in.pk}
    assert kept[colleague] == {running.pk, just_ended.pk}
    assert forget_what_has_ended(NOON) == 0
    assert not is_unread(client, long_ended, "all")
