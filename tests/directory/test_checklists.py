"""Checklists in the administration area: who writes them, what is refused, and the history of lists and steps."""

from typing import Any

import pytest
from django.test import Client

from qorgau.directory.models import Change, Checklist, ChecklistStep, Topic
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from tests import factories
from tests.directory.test_administration import address, errors_of
from tests.factories import World

LIST = {"name_kk": "Шағым", "name_ru": "Жалоба", "name_en": "Complaint", "code": "complaint"}


def posted(*steps: dict[str, Any], saved: int = 0, **about: Any) -> dict[str, Any]:
    """A filled-in page: the list and its steps, of which so many are saved already."""
    page: dict[str, Any] = {
        **LIST, "steps-TOTAL_FORMS": len(steps), "steps-INITIAL_FORMS": saved, "steps-MIN_NUM_FORMS": 1,
        "steps-MAX_NUM_FORMS": 1000, **about,
    }  # fmt: skip
    for place, step in enumerate(steps):
        page |= {f"steps-{place}-{name}": value for name, value in {"position": 100, **step}.items()}
    return page


def a_step(name: str, **more: Any) -> dict[str, Any]:
    return {"name_kk": f"{name} kk", "name_ru": f"{name} ru", "name_en": f"{name} en", **more}


@pytest.fixture
def administrator(world: World, settings: Any) -> Staff:
    settings.SECOND_FACTOR_REQUIRED = False
    return factories.staff(Role.ADMINISTRATOR, world.centre)


@pytest.fixture
def area(client: Client, administrator: Staff) -> Client:
    client.force_login(administrator)
    return client


def test_a_list_is_written_with_its_steps_and_every_page_opens(area: Client, administrator: Staff) -> None:
    answer = area.post(address("checklist", "add"), posted(a_step("Позвонить", must="on"), a_step("Записать")))
    assert answer.status_code == 302, errors_of(answer)
    made = Checklist.objects.get()
    assert list(made.steps.values_list("name_en", "must")) == [("Позвонить en", True), ("Записать en", False)]
    assert [(change.by, change.model) for change in Change.objects.order_by("pk")] == [
        (administrator, "directory.checklist"),
        (administrator, "directory.checkliststep"),
        (administrator, "directory.checkliststep"),
    ]
    for page in (address("checklist", "changelist"), address("checklist", "change", made.pk)):
        assert area.get(page).status_code == 200
    assert area.post(address("checklist", "delete", made.pk), {"post": "yes"}).status_code == 403


def test_the_history_of_a_list_tells_of_its_steps_too(area: Client) -> None:
    area.post(address("checklist", "add"), posted(a_step("Позвонить")))
    made, step = Checklist.objects.get(), ChecklistStep.objects.get()
    again = a_step("Позвонить сразу", id=step.pk, checklist=made.pk, valid_to="2026-12-31")
    answer = area.post(address("checklist", "change", made.pk), posted(again, saved=1))
    assert answer.status_code == 302, errors_of(answer)
    change = Change.objects.latest("pk")
    assert (change.before["name_ru"], change.after["name_ru"]) == ("Позвонить ru", "Позвонить сразу ru")
    assert (change.before["valid_to"], change.after["valid_to"]) == (None, "2026-12-31")
    page = area.get(address("checklist", "history", made.pk)).content.decode()
    assert page.count("Позвонить сразу ru") == 1
    assert "Позвонить kk" in page


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ([{}], "name_ru"),
        ([a_step("Позвонить") | {"name_kk": ""}], "name_kk"),
        ([a_step("Позвонить", valid_from="2026-02-01", valid_to="2026-01-01")], "valid_to"),
        ([a_step("Позвонить", position="-1")], "position"),
    ],
)
def test_steps_that_cannot_work_are_refused(area: Client, steps: list[dict[str, Any]], said: str) -> None:
    answer = area.post(address("checklist", "add"), posted(*steps))
    assert answer.status_code == 200
    formset = answer.context["inline_admin_formsets"][0].formset
    found = [*formset.non_form_errors(), *(name for form in formset.forms for name in form.errors)]
    assert said in found
    assert not Checklist.objects.exists()


def test_two_lists_for_the_same_appeals_do_not_hold_on_the_same_day(area: Client) -> None:
    topic = Topic.objects.get(code="refusal")
    assert area.post(address("checklist", "add"), posted(a_step("Позвонить"), topic=topic.pk)).status_code == 302
    again = posted(a_step("Записать"), topic=topic.pk, code="second")
    assert list(errors_of(area.post(address("checklist", "add"), again))) == ["valid_from"]
    assert area.post(address("checklist", "add"), again | {"appeal_kind": "proposal"}).status_code == 302


@pytest.mark.parametrize("role", [Role.BRANCH_SPECIALIST, Role.APPROVER, Role.AUDITOR])
def test_only_administrators_write_them(client: Client, world: World, role: Role, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    client.force_login(factories.staff(role, world.branch))
    assert client.get(address("checklist", "changelist")).status_code in (302, 403)
    assert client.post(address("checklist", "add"), posted(a_step("Позвонить"))).status_code in (302, 403)
    assert not Checklist.objects.exists()
