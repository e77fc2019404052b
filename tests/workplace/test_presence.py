"""Who else is at a card: shown, never in the way, and told to those alone who may know."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.handling.accept import accept
from qorgau.handling.note import note
from qorgau.handling.pass_on import pass_on
from qorgau.handling.request_information import request_information
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from qorgau.workplace.presence.models import Presence
from qorgau.workplace.presence.present import forget_who_left
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def colleague(world: World) -> Staff:
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    Staff.objects.filter(pk=person.pk).update(last_name="Ахметова", first_name="Дана")
    return person


@pytest.fixture
def appeal(world: World, specialist: Staff) -> Appeal:
    made = factories.appeal(wish="fund", region=world.astana.kato)
    accept(made, staff=specialist, at=NOON)
    return made


def page(sign_in: SignIn, person: Staff, name: str, appeal: Appeal, **typed: str) -> str:
    answer = sign_in(person).get(reverse(f"desk:{name}", args=[appeal.number]), typed)
    assert answer.status_code in (200, 204), name
    return answer.content.decode()


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_card_says_who_else_has_it_open_for_two_minutes(
    specialist: Staff, colleague: Staff, appeal: Appeal, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "has this card open" not in page(sign_in, colleague, "appeal", appeal)
    assert "Ахметова Д. has this card open" in page(sign_in, specialist, "appeal", appeal)
    assert "Сейітова А. has this card open" in page(sign_in, colleague, "appeal", appeal)
    at(monkeypatch, NOON + timedelta(minutes=2))
    assert "has this card open" not in page(sign_in, specialist, "here", appeal)


def test_who_has_begun_a_verb_is_told_of_and_holds_nobody_up(
    specialist: Staff, colleague: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    page(sign_in, colleague, "draft", appeal)
    assert "Ахметова Д. has begun: Write the answer" in page(sign_in, specialist, "appeal", appeal)
    form = page(sign_in, specialist, "draft", appeal)
    assert form.count("Ахметова Д. has begun: Write the answer") == 2, "above the page and at the form of the same verb"
    filled_in = {"decision": "founded", "language": "ru", "text": "Ответ", "legal_basis": "", "how_to_appeal": ""}
    answer = sign_in(specialist).post(reverse("desk:draft", args=[appeal.number]), filled_in)
    assert answer.status_code == 302


def test_whoever_has_given_an_appeal_away_is_no_longer_at_its_card(
    world: World, specialist: Staff, sign_in: SignIn
) -> None:
    appeal = factories.appeal(wish="fund", organisation_id=world.state_clinic.pk)
    accept(appeal, staff=specialist, at=NOON)
    pass_on(appeal, staff=specialist, to=world.health_department, reason="Вам виднее", at=NOON)
    expert = factories.staff(Role.HEALTH_DEPARTMENT_SPECIALIST, world.health_department)
    Staff.objects.filter(pk=expert.pk).update(last_name="Ахметова", first_name="Дана")
    assert "Return with a reason" in page(sign_in, expert, "return", appeal)
    assert "Ахметова Д. has begun: Return with a reason" in page(sign_in, specialist, "appeal", appeal)
    said = {"reason": "Это ваш регион", "seen_version": appeal.version}
    answer = sign_in(expert).post(reverse("desk:return", args=[appeal.number]), said)
    assert answer["Location"] == reverse("desk:queue")
    assert "Ахметова Д." not in page(sign_in, specialist, "here", appeal)


def test_an_open_card_asks_and_hears_nothing_while_nothing_changes(
    specialist: Staff, colleague: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, path = sign_in(specialist), reverse("desk:here", args=[appeal.number])
    page(sign_in, colleague, "appeal", appeal)
    first = client.get(path, {"version": str(appeal.version)})
    sign = first.content.decode().split('name="sign" value="')[1].split('"')[0]
    asking = {"version": str(appeal.version), "sign": sign, "doing": "note"}
    assert client.get(path, asking).status_code == 204
    assert Presence.objects.get(staff=specialist).doing == "note"
    note(appeal, staff=colleague, text="Секрет", at=NOON)
    news = client.get(path, asking).content.decode()
    assert "Since you opened this card:" in news and "A note was written (Ахметова Д." in news
    assert "Секрет" not in news


@pytest.mark.parametrize("typed", [{"doing": "<b>", "version": "x"}, {"version": "9" * 30}, {"version": "٣"}, {}])
def test_what_was_typed_into_the_address_by_hand_does_no_harm(
    specialist: Staff, appeal: Appeal, sign_in: SignIn, typed: dict[str, str]
) -> None:
    assert "<b>" not in page(sign_in, specialist, "here", appeal, **typed)
    assert Presence.objects.get(staff=specialist).doing == ""


def test_who_only_reads_is_told_and_is_not_told_of(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    auditor = factories.staff(Role.AUDITOR, world.centre)
    page(sign_in, specialist, "appeal", appeal)
    assert "Сейітова А. has this card open" in page(sign_in, auditor, "appeal", appeal)
    assert "has this card open" not in page(sign_in, specialist, "here", appeal)
    assert not Presence.objects.filter(staff=auditor).exists()


def test_a_clinic_does_not_hear_who_of_the_fund_looks(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    request_information(appeal, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    page(sign_in, specialist, "appeal", appeal)
    assert "has this card open" not in page(sign_in, clinician, "appeal", appeal)
    assert "Сейітова А. has this card open" in page(sign_in, specialist, "here", appeal)


def test_a_page_whose_session_is_over_is_not_led_away_while_somebody_writes(appeal: Appeal) -> None:
    path = reverse("desk:here", args=[appeal.number])
    assert Client().get(path, headers={"HX-Request": "true"}).status_code == 286
    assert Client().get(path).status_code == 302


def test_asking_costs_the_same_with_one_and_with_thirty_people(
    world: World, specialist: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, path = sign_in(specialist), reverse("desk:here", args=[appeal.number])
    client.get(path)
    with CaptureQueriesContext(connection) as alone:
        client.get(path)
    for _n in range(30):
        person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
        Presence.objects.create(appeal=appeal, staff=person, doing="", at=NOON)
    with CaptureQueriesContext(connection) as together:
        client.get(path)
    assert statements(together) == statements(alone) <= 5


def test_who_left_is_forgotten_and_the_table_is_not_logged(specialist: Staff, appeal: Appeal) -> None:
    Presence.objects.create(appeal=appeal, staff=specialist, at=NOON - timedelta(minutes=2))
    assert (forget_who_left(NOON), Presence.objects.count()) == (1, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'presence_presence'")
        assert cursor.fetchone() == ("u",)


def test_whoever_reads_why_a_step_is_not_possible_has_begun_nothing(
    specialist: Staff, colleague: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    shown = page(sign_in, colleague, "extension", appeal)
    assert "This is not possible now." in shown and 'name="doing"' not in shown
    assert Presence.objects.get(staff=colleague).doing == ""
    assert "Ахметова Д. has this card open" in page(sign_in, specialist, "appeal", appeal)
