"""The applicant reads which desks opened the appeal, and nothing about anybody's name or another appeal."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from qorgau.register.openings import Opened, write
from qorgau.rules.roles import Role
from tests.channels.portal.conftest import Open, words
from tests.channels.portal.tracking.life_of import ago, filed
from tests.factories import World, staff


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_it_names_the_desk_the_day_and_what_was_opened(world: World, opened: Open, language: str) -> None:
    appeal = filed(world)
    person = staff(Role.BRANCH_SPECIALIST, world.branch)
    write(person, [Opened(appeal.pk, "card"), Opened(appeal.pk, "contacts", "contact")], at=ago(minutes=3))
    page = words(opened(appeal).get(f"/{language}/appeal/{appeal.number}/who-looked/"))

    assert "Филиал по городу Астана" in page
    assert person.last_name not in page and person.username not in page
    if language == "en":
        assert "the appeal, your contacts and IIN in full" in page
        assert "2 times on this day" in page


def test_each_desk_and_day_is_one_row_the_latest_first(world: World, opened: Open) -> None:
    appeal = filed(world)
    branch, clinic = staff(Role.BRANCH_SPECIALIST, world.branch), staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    write(branch, [Opened(appeal.pk, "card")] * 3, at=ago(days=2))
    write(clinic, [Opened(appeal.pk, "file")], at=ago(days=1))
    page = words(opened(appeal).get(f"/en/appeal/{appeal.number}/who-looked/"))
    assert page.index("СПП поликлиники №4") < page.index("Филиал по городу Астана")
    assert "3 times on this day" in page


def test_nobody_has_looked_yet(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    assert "Nobody has opened your appeal yet." in words(browser.get(f"/en/appeal/{appeal.number}/who-looked/"))
    assert f"/en/appeal/{appeal.number}/who-looked/" in browser.get(f"/en/appeal/{appeal.number}/").content.decode()


def test_others_are_asked_for_number_and_code(world: World, opened: Open) -> None:
    appeal, other = filed(world), filed(world)
    write(staff(Role.BRANCH_SPECIALIST, world.branch), [Opened(appeal.pk, "card")], at=ago(minutes=1))
    for browser in (Client(), opened(other)):
        answer = browser.get(f"/en/appeal/{appeal.number}/who-looked/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"/en/track/?number={appeal.number}")


def test_it_is_one_statement_however_much_there_is(world: World, opened: Open) -> None:
    appeal = filed(world)
    browser = opened(appeal)
    person = staff(Role.BRANCH_SPECIALIST, world.branch)
    for days in range(1, 31):
        write(person, [Opened(appeal.pk, "card")] * 10, at=ago(days=days) + timedelta(minutes=days))
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/en/appeal/{appeal.number}/who-looked/").status_code == 200
    assert [query["sql"] for query in asked if "register_opening" not in query["sql"]] == []
