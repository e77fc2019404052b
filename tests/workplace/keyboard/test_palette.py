"""The palette of commands: what it offers to whom, and how it is found."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def client(specialist: Staff, sign_in: SignIn) -> Client:
    return sign_in(specialist)


def offered(client: Client, words: str = "", **more: str) -> list[str]:
    """The ids of what the list offers, from top to bottom."""
    answer = client.post(
        reverse("desk:palette"), {"words": words, **more}, headers={"HX-Request": "true", "HX-Target": "palette-list"}
    )
    assert answer.status_code == 200
    found = re.findall(r'id="palette-option-([^"]+)"', answer.content.decode())
    return [one for one in found if one != "search"]


VIEWS = ["view-mine", "view-desk", "view-offered", "view-asked", "view-approval", "view-overdue", "view-all"]
PAGES = [
    "desk-queue", "desk-new", "desk-for_you", "desk-replies", "desk-texts", "desk-saved_views", "desk-exports",
    "desk-absences", "desk-settings", "desk-keys", "mfa_index", "account_change_password", "account_logout",
]  # fmt: skip
LANGUAGES = ["language-kk", "language-ru", "language-en"]


def test_without_words_everything_stands_there(client: Client) -> None:
    assert offered(client) == VIEWS + PAGES + LANGUAGES


def test_on_a_card_what_can_be_done_now_comes_first(client: Client, world: World, specialist: Staff) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    first = offered(client, card=appeal.number)
    assert first[0] == "verb-accept"
    assert "verb-draft" not in first
    accept(appeal, staff=specialist, at=NOON)
    then = offered(client, card=appeal.number)
    assert "verb-accept" not in then
    assert "verb-draft" in then


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("over", ["view-overdue"]),
        ("OVERDUE", ["view-overdue"]),
        ("щмук", ["view-overdue"]),
        ("kazak", []),
        ("қаз", ["language-kk"]),
        ("каз", ["language-kk"]),
        ("rfp", ["language-kk"]),
        ("logout", ["account_logout"]),
        ("выйти", ["account_logout"]),
        ("выйт", ["account_logout"]),
        ("ds[jl", ["account_logout"]),
        ("sign out", ["account_logout"]),
        ("out sign", ["account_logout"]),
        ("nothing is called so", []),
        ("...", []),
        ("шаблон", ["desk-texts"]),
        ("   ", VIEWS + PAGES + LANGUAGES),
    ],
)
def test_a_few_letters_find_it_in_any_language_and_layout(client: Client, typed: str, found: list[str]) -> None:
    assert offered(client, typed) == found


def test_verbs_are_found_by_their_name_too(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    assert offered(client, "accept", card=appeal.number) == ["verb-accept"]
    assert offered(client, "фссузе", card=appeal.number) == ["verb-accept"]
    assert offered(client, "accept") == []


def test_a_number_is_found_however_it_is_typed(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    digits = appeal.number.replace("-", "")
    in_the_kazakh_layout = digits.translate(str.maketrans("1234567890", '"әіңғ,.үұқ'))
    for typed in (appeal.number, digits, f"№ {appeal.number}", in_the_kazakh_layout):
        assert offered(client, typed) == [f"appeal-{appeal.number}"], typed
    slip = appeal.number[:-1] + str((int(appeal.number[-1]) + 1) % 10)
    assert offered(client, slip) == [f"appeal-{appeal.number}"]


def test_what_is_not_theirs_does_not_exist(client: Client, world: World) -> None:
    foreign = factories.appeal(organisation_id=world.private_clinic.pk)
    assert offered(client, foreign.number) == []
    assert offered(client, card=foreign.number) == VIEWS + PAGES + LANGUAGES
    assert offered(client, card="no number at all\0") == VIEWS + PAGES + LANGUAGES


@pytest.mark.parametrize("role", [Role.ANALYST, Role.AUDITOR])
def test_those_who_only_read_are_offered_nothing_to_do(role: Role, world: World, sign_in: SignIn) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    found = offered(sign_in(factories.staff(role, world.centre)), card=appeal.number)
    assert [one for one in found if one.startswith("verb-") or one == "desk-new"] == []
    assert [one for one in found if one.startswith("view-")] == ["view-overdue", "view-all"]


@pytest.mark.parametrize(
    ("words", "address"), [("терапевт отказал", "%D1%82%D0%B5%D1%80"), ("870101300015", ""), ("8 701 000 00 67", "")]
)
def test_words_lead_to_the_search_but_no_number_goes_into_an_address(client: Client, words: str, address: str) -> None:
    page = client.post(reverse("desk:palette"), {"words": words}).content.decode()
    found = re.search(r'href="(/desk/\?tab=all&amp;words=[^"]+)"', page)
    assert bool(found) == bool(address)
    if found:
        assert address in found[1]
        assert client.get(found[1].replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_every_page_offered_opens(role: Role, world: World, sign_in: SignIn) -> None:
    desks = {
        Role.OPERATOR: world.contact_centre,
        Role.CLINIC_SPECIALIST: world.clinic_desk,
        Role.CLINIC_MANAGER: world.clinic_desk,
        Role.HEALTH_DEPARTMENT_SPECIALIST: world.health_department,
        Role.CENTRAL_EXPERT: world.centre,
    }
    client = sign_in(factories.staff(role, desks.get(role, world.branch)))
    page = client.get(reverse("desk:palette")).content.decode().partition('class="command-list"')[2]
    for address in re.findall(r'<a href="([^"]+)">', page):
        assert client.get(address.replace("&amp;", "&"), follow=True).status_code == 200, address


def test_what_was_typed_by_get_is_not_read(client: Client, world: World) -> None:
    """An identity number must not stand in an address, so words come by POST only."""
    page = client.get(reverse("desk:palette"), {"words": "overdue"}).content.decode()
    assert 'value="overdue"' not in page
    assert "tab=mine" in page


def test_without_scripts_it_is_a_page_that_does_the_same(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    page = client.get(reverse("desk:palette"), {"card": appeal.number}).content.decode()
    assert reverse("desk:acceptance", args=[appeal.number]) in page
    assert 'name="language" value="kk"' in page
    found = client.post(reverse("desk:palette"), {"card": appeal.number, "words": "overd"}).content.decode()
    assert '<a href="/desk/?tab=overdue">' in found
    assert reverse("desk:acceptance", args=[appeal.number]) not in found
    other = client.post(reverse("desk:palette"), {"words": "qqqq"}).content.decode()
    assert '<a href="/desk/?tab=all&amp;words=qqqq">' in other


def test_the_way_back_stays_with_a_verb(client: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    page = client.get(reverse("desk:palette"), {"card": appeal.number, "from": "tab=desk"}).content.decode()
    assert f"{reverse('desk:acceptance', args=[appeal.number])}?from=tab%3Ddesk" in page


def test_how_many_queries_it_takes(client: Client, world: World) -> None:
    numbers = [factories.appeal(organisation_id=world.state_clinic.pk).number for _ in range(3)]
    offered(client)
    with CaptureQueriesContext(connection) as plain:
        offered(client)
    with CaptureQueriesContext(connection) as by_number:
        offered(client, numbers[0])
    # Who is asking; and the appeals of that number.
    assert (len(plain), len(by_number)) == (1, 2)
    with CaptureQueriesContext(connection) as at_a_card:
        client.get(reverse("desk:palette"), {"card": numbers[0]})
    # Whether they decide as a head today: one question about absences, however many commands there are.
    assert sum("people_absence" in query["sql"] for query in at_a_card) == 1
