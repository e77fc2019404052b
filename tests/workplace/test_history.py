"""The time line: what was before and what is now, in words, who, when and why; filtered; for those who may read it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from qorgau.handling.accept import accept
from qorgau.handling.add_message import add_message
from qorgau.handling.assign import assign
from qorgau.handling.extend import extend
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.handling.propose_extension import propose_extension
from qorgau.handling.request_information import request_information
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.roles import Role
from qorgau.workplace.timeline.entries import entries
from qorgau.workplace.timeline.spoken import spoken_of
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    made = factories.appeal(wish="fund", region=world.astana.kato)
    accept(made, staff=specialist, at=NOON)
    return made


def told(appeal: Appeal, staff: Staff) -> dict[str, list[tuple[str, str, str]]]:
    lines = JournalLine.objects.filter(appeal=appeal).select_related("staff").order_by("sequence")
    with override("en"):
        return {
            str(entry["title"]): [(change.name, change.before, change.after) for change in entry["changes"]]
            for entry in entries(lines, staff, appeal=appeal)
        }


def test_a_line_tells_what_was_and_what_is(world: World, specialist: Staff, appeal: Appeal) -> None:
    colleague = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    Staff.objects.filter(pk=colleague.pk).update(last_name="Ахметова", first_name="Дана")
    assign(appeal, staff=specialist, to=colleague, at=NOON)
    said = told(appeal, specialist)
    assert said["Taken into work"] == [("State", "New", "In work"), ("Who works on it", "nothing", "Сейітова А.")]
    assert said["Assigned"] == [("Who works on it", "Сейітова А.", "Ахметова Д.")]
    assert ("Desk", "", "Филиал по городу Астана") in said["Registered"]


def test_a_hand_over_tells_both_desks_and_both_due_dates(world: World, specialist: Staff, appeal: Appeal) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk)
    pass_on(appeal, staff=specialist, to=world.private_clinic_desk, reason="Ваш пациент", at=NOON)
    accept(appeal, staff=clinician, at=NOON)
    said = told(appeal, specialist)
    assert ("Desk", "Филиал по городу Астана", "СПП клиники «Шипа»") in said["Taken into work"]
    assert said["The due date follows the new desk"] == [("Due date", "June 23, 2026", "June 8, 2026")]


def test_a_reason_does_not_say_the_title_once_more(world: World, specialist: Staff, appeal: Appeal) -> None:
    pass_on(appeal, staff=specialist, to=world.centre, reason="Решает центр", at=NOON)
    line = JournalLine.objects.select_related("staff").get(appeal=appeal, verb="pass_on")
    (entry,) = entries([line], specialist)
    assert (entry["title"], entry["text"].splitlines()[0]) == ("Offered to another desk", "Решает центр")


def test_the_notice_of_a_longer_term_stands_with_its_step_and_is_no_question(
    world: World, specialist: Staff, appeal: Appeal
) -> None:
    head, until = factories.staff(Role.APPROVER, world.branch), appeal.registered_on + timedelta(days=40)
    propose_extension(appeal, staff=specialist, until=until, reason="Нужна экспертиза", at=NOON)
    extend(appeal, staff=head, at=NOON + timedelta(minutes=1))
    lines = JournalLine.objects.filter(appeal=appeal).select_related("staff").order_by("sequence")
    told = entries(lines, specialist, appeal=appeal, said=spoken_of(appeal, specialist))
    assert [str(one["title"]) for one in told if one["words"]] == ["The term was extended"]
    assert "Нужна экспертиза" in told[-1]["words"] and told[-1]["changes"]


def test_the_card_shows_words_and_changes_and_lets_one_choose(
    specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    note(appeal, staff=specialist, text="Позвонили главному врачу.", at=NOON + timedelta(minutes=1))
    add_message(appeal, text="Дополняю: " + "очень долго " * 40, at=NOON + timedelta(minutes=2), delivery_key="m")
    client, page = sign_in(specialist), reverse("desk:history", args=[appeal.number])
    card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    history = card[card.index('id="history"') :]
    assert "Позвонили главному врачу." in history and "Дополняю" in history and "Taken into work" in history
    message = re.search(r'href="#(message-\d+)">Read it all', history)
    assert message and f'id="{message[1]}"' in card, "long words are cut and lead to all of them"
    words = client.get(page, {"show": "words"}).content.decode()
    assert "Позвонили главному врачу." in words and words.count("очень долго") == 40
    assert "Taken into work" not in words
    changes = client.get(page, {"show": "change"}).content.decode()
    assert "Taken into work" in changes and "Позвонили" not in changes
    everything = client.get(page, {"show": "<b>"}).content.decode()
    assert "Taken into work" in everything and "Позвонили" in everything


def test_a_choice_on_the_card_brings_only_the_time_line(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    answer = sign_in(specialist).get(
        reverse("desk:history", args=[appeal.number]), {"show": "change"}, headers={"HX-Target": "history-body"}
    )
    assert "HX-Target" in answer["Vary"]
    assert "<html" not in answer.content.decode() and "Taken into work" in answer.content.decode()


def test_a_clinic_reads_neither_the_notes_of_the_fund_nor_what_it_decides_within(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    request_information(appeal, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    note(appeal, staff=specialist, text="Клиника что-то скрывает.", at=NOON + timedelta(minutes=1))
    colleague = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    Staff.objects.filter(pk=colleague.pk).update(last_name="Тайный")
    assign(appeal, staff=specialist, to=colleague, at=NOON + timedelta(minutes=2))
    # Whoever changes desks takes no notes along, and leaves none behind.
    Staff.objects.filter(pk=specialist.pk).update(desk=world.clinic_desk, role="clinic_specialist")
    for page in ("appeal", "history"):
        shown = sign_in(clinician).get(reverse(f"desk:{page}", args=[appeal.number])).content.decode()
        history = shown[shown.index('id="history"') :]
        assert "скрывает" not in shown and "Тайный" not in history
        assert "Что было?" in shown


def test_a_long_life_is_cut_on_the_card_and_whole_on_its_page(
    specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    for n in range(60):
        note(appeal, staff=specialist, text=f"Заметка {n}.", at=NOON + timedelta(minutes=n))
    client = sign_in(specialist)
    card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    history = card[card.index('id="history"') :]
    assert "22 earlier steps" in history
    assert "Заметка 59." in history and "Заметка 3." not in history
    whole = client.get(reverse("desk:history", args=[appeal.number])).content.decode()
    assert "Заметка 3." in whole and "Registered" in whole and "earlier step" not in whole
