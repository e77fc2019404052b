"""From one appeal of a view to the next and back, in every order, whatever happens to them meanwhile."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.handling.accept import accept
from qorgau.handling.pass_on import pass_on
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def some(world: World, number: int) -> list[Appeal]:
    """Appeals of the clinic, some on the same day, some that wait for nobody, some without a term."""
    made = [
        factories.appeal(organisation_id=world.state_clinic.pk, received_at=timezone.now() - timedelta(days=n // 3))
        for n in range(number)
    ]
    for hole, rows in ({"waiting_since": None}, made[::5]), ({"due_on": None}, made[::7]):
        Appeal.objects.filter(pk__in=[appeal.pk for appeal in rows]).update(version=F("version") + 1, **hole)
    return made


def cards(client: Client, query: str) -> list[str]:
    """The addresses of the rows of one page."""
    page = client.get(reverse("desk:queue") + query).content.decode()
    found = re.findall(r'href="(/desk/appeal/[^"]+)"><span class="number"', page)
    return [address.replace("&amp;", "&") for address in found]


def go(client: Client, card: str, name: str) -> str:
    """Where the key leads from a card: what its link answers with."""
    page = client.get(card).content.decode()
    link = re.search(rf'href="(/desk/{name}/[^"]+)"', page)
    assert link, page
    return str(client.get(link[1].replace("&amp;", "&"))["Location"])


@pytest.mark.parametrize("query", ["?tab=desk", "?tab=desk&sort=waiting", "?tab=all", "?tab=all&language=ru"])
def test_one_goes_through_the_whole_view_and_back(client: Client, world: World, query: str) -> None:
    some(world, 12)
    listed = cards(client, query)
    assert len(listed) == 12
    there = [listed[0]]
    while "/appeal/" in (following := go(client, there[-1], "next")):
        there.append(following)
    assert there == listed
    back = [listed[-1]]
    while "/appeal/" in (preceding := go(client, back[-1], "previous")):
        back.append(preceding)
    assert back == listed[::-1]


def test_a_view_longer_than_a_page_goes_on(client: Client, world: World) -> None:
    some(world, 33)
    listed = cards(client, "?tab=desk")
    assert len(listed) == 30
    beyond = go(client, listed[-1], "next")
    assert "/appeal/" in beyond and beyond not in listed
    assert go(client, beyond, "previous") == listed[-1]


def test_at_its_end_one_is_back_in_the_view_and_told(client: Client, world: World) -> None:
    (card,) = [cards(client, "?tab=desk")[0] for _ in some(world, 1)]
    for name, words in {"next": "That was the last appeal", "previous": "That was the first appeal"}.items():
        address = go(client, card, name)
        assert address == "/desk/?tab=desk"
        assert words in client.get(address).content.decode()


def test_the_way_goes_on_when_the_appeal_has_left_the_view(client: Client, world: World, specialist: Staff) -> None:
    branch = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    offered = [factories.appeal(wish="fund", region=world.astana.kato) for _ in range(3)]
    for appeal in offered:
        accept(appeal, staff=branch, at=NOON)
        pass_on(appeal, staff=branch, to=world.clinic_desk, reason="Ваш пациент", at=NOON)
    first, second, _third = cards(client, "?tab=offered")
    number = first.split("/")[3]
    way = first.partition("?")[2]
    acceptance = f"{reverse('desk:acceptance', args=[number])}?{way}"
    form = client.get(acceptance).content.decode()
    assert f'action="{acceptance}"' in form.replace("&amp;", "&")
    done = client.post(acceptance, {"seen_version": ""})
    assert done["Location"] == f"{reverse('desk:appeal', args=[number])}?done=accept&{way}"
    assert first not in cards(client, "?tab=offered")
    assert go(client, done["Location"], "next") == second


def test_a_card_opened_by_its_number_has_no_neighbours(client: Client, world: World) -> None:
    (appeal,) = some(world, 1)
    assert 'rel="next"' not in client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()


@pytest.mark.parametrize("way", ["", "tab=nonsense", "after=1.2", "a" * 3000, "%00", "tab=desk&after=3652059.0.9"])
def test_a_way_typed_by_hand_leads_somewhere(client: Client, world: World, way: str) -> None:
    some(world, 2)
    for name in ("next", "previous"):
        answer = client.get(reverse(f"desk:{name}"), {"from": way}, follow=True)
        assert answer.status_code == 200


def test_it_costs_the_same_with_many_rows(client: Client, world: World) -> None:
    taken = []
    for number in (2, 30):
        some(world, number)
        card = cards(client, "?tab=desk")[1]
        for name in ("next", "previous"):
            with CaptureQueriesContext(connection) as queries:
                client.get(reverse(f"desk:{name}") + "?" + card.partition("?")[2])
            taken.append(statements(queries))
    # Who is asking, with the session; for whom they stand in, their colleagues, the row.
    assert set(taken) == {4}
