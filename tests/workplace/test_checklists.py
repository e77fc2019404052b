"""The checklist at the desk: on the card, in its form, in the queue and its filter, in the time line; and for whom."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from qorgau.directory.models import Checklist, ChecklistStep
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.draft import draft
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.handling.tick import tick
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.checklists import progress
from qorgau.register.models import Appeal, StepDone
from qorgau.rules.roles import Role
from qorgau.workplace.timeline.history import history_of
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of

SOMEBODY_ELSE = Person(surname="Ахметова", given_name="Дана", phone="+7 702 000 00 68")


@pytest.fixture
def steps(world: World) -> list[ChecklistStep]:
    checklist = Checklist.objects.create(
        code="complaint", name_ru="Жалоба", name_en="Complaint", appeal_kind="complaint"
    )
    made = [
        ChecklistStep.objects.create(checklist=checklist, name_ru=ru, name_en=en, must=must, position=place)
        for place, (ru, en, must) in enumerate(
            [("Позвонить", "Call the person", True), ("Записать код", "Note the code", False)]
        )
    ]
    refresh()
    return made


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)


@pytest.fixture
def appeal(world: World, specialist: Staff, steps: list[ChecklistStep]) -> Appeal:
    made = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(made, staff=specialist, at=NOON)
    return made


def card_of(appeal: Appeal) -> str:
    return reverse("desk:appeal", args=[appeal.number])


def test_a_step_is_ticked_and_unticked_on_the_card_by_its_button(
    sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    client, path = sign_in(specialist), reverse("desk:checklist", args=[appeal.number])
    page = client.get(card_of(appeal)).content.decode()
    assert "Checklist: 0 of 2" in page
    assert re.findall(r'name="(\w+)" value="(\d+)" aria-pressed="(\w+)"', page) == [
        ("tick", str(step.pk), "false") for step in steps
    ]
    assert page.count("Must be done before the answer") == 1
    answer = client.post(path, {"tick": steps[0].pk, "seen_version": 2})
    assert (answer.status_code, answer["Location"]) == (302, f"{card_of(appeal)}?done=tick#step-{steps[0].pk}")
    page = client.get(card_of(appeal)).content.decode()
    for told in ("Checklist: 1 of 2", "Сейітова А.", "The step is done.", "Done: Call the person"):
        assert told in page, told
    assert re.findall(r'name="(\w+)" value="(\d+)" aria-pressed', page)[0] == ("untick", str(steps[0].pk))
    client.post(path, {"untick": steps[0].pk, "seen_version": 3})
    page = client.get(card_of(appeal)).content.decode()
    for told in ("Checklist: 0 of 2", "The step is open again.", "Open again: Call the person"):
        assert told in page, told


def test_steps_ticked_in_a_row_by_one_person_on_one_day_are_one_entry_of_the_time_line(
    world: World, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    colleague = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    Staff.objects.filter(pk=colleague.pk).update(last_name="Ахметова")
    colleague.refresh_from_db()
    minute = timedelta(minutes=1)
    tick(appeal, step_id=steps[0].pk, staff=specialist, at=NOON + minute)
    tick(appeal, step_id=steps[1].pk, staff=specialist, at=NOON + 2 * minute)
    tick(appeal, step_id=steps[1].pk, staff=colleague, at=NOON + 3 * minute, done=False)
    note(appeal, staff=colleague, text="Проверим завтра.", at=NOON + 4 * minute)
    tick(appeal, step_id=steps[1].pk, staff=colleague, at=NOON + 5 * minute)
    tick(appeal, step_id=steps[0].pk, staff=colleague, at=NOON + timedelta(days=1), done=False)
    with override("en"):
        told = history_of(appeal, specialist, [])["entries"]
    assert [(str(one["title"]), one["when"] - NOON, one["text"].split("\n")) for one in told if one["is_tick"]] == [
        ("Checklist", timedelta(days=1), ["Open again: Call the person"]),
        ("Checklist", 5 * minute, [f"Done: {steps[1].name_en}"]),
        ("Checklist", 3 * minute, [f"Open again: {steps[1].name_en}"]),
        ("Checklist", 2 * minute, ["Done: Call the person", f"Done: {steps[1].name_en}"]),
    ]


ON_THE_CARD = {"HX-Request": "true", "HX-Target": "checklist"}


def test_a_press_on_the_card_brings_back_what_it_changes_and_nothing_else(
    sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    draft(
        appeal, staff=specialist, decision="explained", text="Ответ", legal_basis="", how_to_appeal="", language="ru",
        at=NOON,
    )  # fmt: skip
    client, path = sign_in(specialist), reverse("desk:checklist", args=[appeal.number])
    answer = client.post(path, {"tick": steps[0].pk, "seen_version": appeal.version}, headers=ON_THE_CARD)
    part = answer.content.decode()
    assert (answer.status_code, "HX-Target" in answer["Vary"], "<html" in part) == (200, True, False)
    assert re.findall(r'id="([^"]+)"(?: hx-swap-oob="(\w+)")?', part)[0] == ("checklist", "")
    assert dict(re.findall(r'id="([^"]+)" hx-swap-oob="(\w+)"', part)) == {
        "verbs": "true", "history-body": "innerHTML", "checklist-said": "innerHTML",
    }  # fmt: skip
    # The focus goes back to the button of this name; the answer waited for this step, and the time line tells of it.
    assert re.search(rf'id="step-{steps[0].pk}-button"[^>]* name="untick"[^>]*aria-pressed="true"', part)
    assert f'href="{reverse("desk:answer", args=[appeal.number])}"' in part
    for told in ("Checklist: 1 of 2", "Done: Call the person", ">The step is done.<"):
        assert told in part, told
    appeal.refresh_from_db()
    assert f'name="seen_version" value="{appeal.version}"' in part
    # The next page says nothing of it again.
    assert "The step is done." not in client.get(card_of(appeal)).content.decode()


def test_a_press_on_the_card_that_comes_too_late_says_so_on_the_card(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    client, path = sign_in(specialist), reverse("desk:checklist", args=[appeal.number])
    part = client.post(path, {"tick": "9" * 30, "seen_version": 2}, headers=ON_THE_CARD).content.decode()
    assert 'role="alert"' in part and "This step does not belong to the appeal any longer" in part
    pass_on(appeal, staff=specialist, to=world.branch, reason="Решать Фонду", at=NOON)
    part = client.post(path, {"tick": steps[0].pk, "seen_version": 2}, headers=ON_THE_CARD).content.decode()
    assert "Somebody changed this appeal a moment ago" in part and "What changed meanwhile" in part
    accept(appeal, staff=factories.staff(Role.BRANCH_SPECIALIST, world.branch), at=NOON)
    late = client.post(path, {"tick": steps[0].pk, "seen_version": appeal.version}, headers=ON_THE_CARD)
    # The steps are read at the desk that works on it now; what is left to say is why.
    assert (late.status_code, "Only the desk that holds the appeal" in late.content.decode()) == (200, True)
    assert not StepDone.objects.exists()


def test_what_cannot_be_ticked_is_said_clearly(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    client, path = sign_in(specialist), reverse("desk:checklist", args=[appeal.number])
    for sent, said in (
        ({}, "Choose a step of the checklist."),
        ({"tick": steps[0].pk, "untick": steps[0].pk}, "Choose a step of the checklist."),
        ({"tick": "9" * 30}, "This step does not belong to the appeal any longer"),
        ({"tick": "x"}, "Enter a whole number."),
    ):
        answer = client.post(path, {"seen_version": 2, **sent})
        assert (answer.status_code, said in answer.content.decode()) == (422, True), sent
    pass_on(appeal, staff=specialist, to=world.branch, reason="Решать Фонду", at=NOON)
    answer = client.post(path, {"tick": steps[0].pk, "seen_version": 2})
    page = answer.content.decode()
    assert (answer.status_code, "What changed meanwhile" in page, "press the step again" in page) == (409, True, True)
    accept(appeal, staff=factories.staff(Role.BRANCH_SPECIALIST, world.branch), at=NOON)
    answer = client.post(path, {"tick": steps[0].pk, "seen_version": appeal.version})
    assert (answer.status_code, "Only the desk that holds the appeal" in answer.content.decode()) == (403, True)
    assert not StepDone.objects.exists()


def test_colleagues_tick_different_steps_of_one_open_card(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    """Nor does a tick stop a colleague who is writing meanwhile."""
    path = reverse("desk:checklist", args=[appeal.number])
    for person, step in ((specialist, steps[0]), (factories.staff(Role.CLINIC_MANAGER, world.clinic_desk), steps[1])):
        assert sign_in(person).post(path, {"tick": step.pk, "seen_version": 2}).status_code == 302
    draft_form = {"decision": "explained", "text": "Ответ", "language": "ru", "seen_version": 2}
    assert sign_in(specialist).post(reverse("desk:draft", args=[appeal.number]), draft_form).status_code == 302
    assert progress(Appeal.objects.get(pk=appeal.pk)).done == 2


def test_the_card_says_what_the_answer_waits_for(sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    draft(
        appeal, staff=specialist, decision="explained", text="Ответ", legal_basis="", how_to_appeal="", language="ru",
        at=NOON,
    )  # fmt: skip
    why = "The checklist wants this done before the answer: Call the person."
    client = sign_in(specialist)
    assert client.get(card_of(appeal)).content.decode().count(why) == 2
    answer = client.post(reverse("desk:answer", args=[appeal.number]), {"seen_version": appeal.version})
    assert (answer.status_code, why in answer.content.decode()) == (403, True)


def test_steps_are_read_by_those_who_read_the_notes_of_the_desk(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    of_the_fund = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    pass_on(appeal, staff=specialist, to=world.branch, reason="Решать Фонду", at=NOON)
    accept(appeal, staff=of_the_fund, at=NOON)
    tick(appeal, staff=of_the_fund, step_id=steps[0].pk, at=NOON)
    for person, reads in (
        (of_the_fund, True),
        (factories.staff(Role.ANALYST, world.centre), True),
        (specialist, False),
    ):
        client = sign_in(person)
        page = client.get(card_of(appeal)).content.decode()
        rows = client.get(reverse("desk:queue") + "?tab=all").content.decode()
        told = ["Checklist: 1 of 2" in page, "Done: Call the person" in page, "Checklist: 1 of 2" in rows]
        assert told == [reads] * 3, person.role
        assert ('name="untick"' in page) == (person == of_the_fund)


def test_the_queue_tells_progress_and_is_filtered_by_open_steps(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    ready = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(ready, staff=specialist, at=NOON)
    for step in steps:
        tick(ready, staff=specialist, step_id=step.pk, at=NOON)
    client, queue = sign_in(specialist), reverse("desk:queue") + "?tab=desk"
    page = client.get(queue).content.decode()
    assert ("Checklist: 2 of 2" in page, "Checklist: 0 of 2" in page) == (True, True)
    page = client.get(queue + "&checklist=open").content.decode()
    assert (appeal.number in page, ready.number in page, "Steps still open" in page) == (True, False, True)
    page = client.get(queue + "&checklist=nonsense").content.decode()
    assert "Left aside, because it could not be read in the address: the checklist." in page
    assert (appeal.number in page, ready.number in page) == (True, True)


def test_an_installation_without_lists_shows_nothing_of_them(world: World, sign_in: SignIn, specialist: Staff) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    client = sign_in(specialist)
    assert 'id="checklist"' not in client.get(card_of(appeal)).content.decode()
    page = client.get(reverse("desk:queue") + "?tab=desk").content.decode()
    assert "hecklist" not in page
    page = client.get(reverse("desk:queue") + "?tab=desk&checklist=open").content.decode()
    assert appeal.number not in page


def test_thirty_rows_and_thirty_steps_take_as_many_queries_as_one(
    world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal, steps: list[ChecklistStep]
) -> None:
    client, queues, cards = sign_in(specialist), [], []
    for more in (0, 29):
        for _number in range(more):
            made = factories.appeal(organisation_id=world.state_clinic.pk, applicant=SOMEBODY_ELSE)
            StepDone.objects.create(appeal=made, step=steps[0], done_at=NOON, done_by=specialist)
            step = ChecklistStep.objects.create(checklist=steps[0].checklist, name_ru="Ещё шаг")
            StepDone.objects.create(appeal=appeal, step=step, done_at=NOON, done_by=specialist)
        refresh()
        queues.append(len(queries_of(client, reverse("desk:queue") + "?tab=desk&checklist=open")))
        cards.append(len(queries_of(client, card_of(appeal))))
    assert (queues[0], cards[0]) == (queues[1], cards[1])


def test_a_tick_is_no_news(world: World, sign_in: SignIn, specialist: Staff, appeal: Appeal) -> None:
    client = sign_in(specialist)
    client.get(card_of(appeal))
    colleague = factories.staff(Role.CLINIC_MANAGER, world.clinic_desk)
    tick(appeal, staff=colleague, step_id=ChecklistStep.objects.earliest("pk").pk, at=NOON)
    unread = reverse("desk:queue") + "?tab=desk&unread=1"
    assert appeal.number not in client.get(unread).content.decode()
    note(appeal, staff=colleague, text="Позвонил", at=NOON)
    assert appeal.number in client.get(unread).content.decode()
