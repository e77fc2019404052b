"""The head of every page offers each person the pages that are theirs, and no others."""

import re

import pytest
from django.urls import reverse

from qorgau.rules.roles import Role
from qorgau.workplace.desk_pages import DESK_PAGES, pages_of, places
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn


def desk_of(role: Role, world: World) -> object:
    return {
        Role.OPERATOR: world.contact_centre,
        Role.CLINIC_SPECIALIST: world.clinic_desk,
        Role.CLINIC_MANAGER: world.clinic_desk,
        Role.HEALTH_DEPARTMENT_SPECIALIST: world.health_department,
        Role.CENTRAL_EXPERT: world.centre,
        Role.ADMINISTRATOR: None,
    }.get(role, world.branch)


@pytest.mark.parametrize(
    ("role", "line", "more"),
    [
        (Role.OPERATOR, "queue new for_you callers", "texts saved_views exports absences"),
        (Role.CLINIC_SPECIALIST, "queue new for_you", "replies texts saved_views exports absences"),
        (Role.APPROVER, "queue new for_you supervision", "texts saved_views exports absences"),
        (Role.ANALYST, "queue supervision", "saved_views exports"),
        (Role.AUDITOR, "queue supervision who_looked", "saved_views exports"),
        (Role.ADMINISTRATOR, "", ""),
    ],
)
def test_what_stands_in_the_line_and_what_behind_a_press(world: World, role: Role, line: str, more: str) -> None:
    found = places(factories.staff(role, desk_of(role, world)))
    assert [place["section"] for place in found.line] == line.split()
    assert [place["section"] for place in found.more] == more.split()


@pytest.mark.parametrize(
    ("role", "sensitive"), [(Role.OPERATOR, False), (Role.CLINIC_MANAGER, True), (Role.AUDITOR, False)]
)
def test_every_page_that_is_offered_opens_and_is_marked(
    world: World, sign_in: SignIn, role: Role, sensitive: bool
) -> None:
    person = factories.staff(role, desk_of(role, world), may_read_sensitive=sensitive)
    client = sign_in(person)
    for page in pages_of(person):
        shown = client.get(reverse(page.name))
        assert shown.status_code == 200, page.name
        marked = re.findall(r'<a href="([^"]+)"[^>]* aria-current="page"', shown.content.decode().partition("<main")[0])
        assert set(marked) == {reverse(page.name)}, page.name


def test_nothing_is_offered_that_is_refused(world: World, sign_in: SignIn) -> None:
    """Whoever is offered a page gets it; the others do not find it in the head of their queue."""
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    head = sign_in(person).get(reverse("desk:queue")).content.decode().partition("<main")[0]
    for page in DESK_PAGES:
        assert (f'href="{reverse(page.name)}"' in head) == (page in pages_of(person)), page.name


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/desk/appeal/26-9999999-9/", 404, "or what stands there is not yours to see"),
        ("/desk/supervision/", 403, "This page is not open to you"),
    ],
)
def test_a_wrong_address_keeps_people_at_their_desk(
    world: World, sign_in: SignIn, path: str, status: int, says: str
) -> None:
    answer = sign_in(factories.staff(Role.OPERATOR, world.contact_centre)).get(path)
    page = answer.content.decode()
    assert answer.status_code == status
    assert says in page and 'id="find-number"' in page and f'href="{reverse("desk:queue")}"' in page
    assert "tel:1414" not in page


def test_a_wrong_address_outside_the_desk_is_the_public_page(world: World, sign_in: SignIn) -> None:
    page = sign_in(factories.staff(Role.OPERATOR, world.contact_centre)).get("/en/nowhere/").content.decode()
    assert "tel:1414" in page and 'id="find-number"' not in page
