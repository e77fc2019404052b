"""A substitute finds the work of who is away, decides for a head, and never upon words of their own."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from qorgau.handling import clock
from qorgau.handling.accept import accept
from qorgau.handling.approve import approve
from qorgau.handling.draft import draft
from qorgau.handling.submit_for_approval import submit_for_approval
from qorgau.people.models import Absence, Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.problems import NotAllowed
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn

PAGE = "/desk/absences/"


@pytest.fixture
def away(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def colleague(world: World) -> Staff:
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    Staff.objects.filter(pk=person.pk).update(last_name="Заменова")
    person.refresh_from_db()
    return person


@pytest.fixture
def head(world: World) -> Staff:
    return factories.staff(Role.APPROVER, world.branch)


@pytest.fixture
def appeal(world: World, away: Staff) -> Appeal:
    one = factories.appeal(wish="fund", region=world.astana.kato)
    accept(one, staff=away, at=NOON)
    return one


def is_away(person: Staff, substitute: Staff) -> None:
    Absence.objects.create(
        staff=person, substitute=substitute, said_by=person, said_at=NOON, since=NOON.date(),
        until=NOON.date() + timedelta(days=60),
    )  # fmt: skip


def test_the_substitute_finds_the_work_under_mine_with_for_whom(
    away: Staff, colleague: Staff, appeal: Appeal, sign_in: SignIn
) -> None:
    client, mine = sign_in(colleague), reverse("desk:queue") + "?tab=mine"
    assert appeal.number not in client.get(mine).content.decode()
    is_away(away, colleague)
    page = client.get(mine).content.decode()
    assert appeal.number in page
    assert "I work on it for Сейітова А." in page
    card = client.get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    assert "Works on it: Заменова А. for Сейітова А." in card


def words(one: Appeal, by: Staff) -> None:
    draft(one, staff=by, decision="founded", text="Ответ.", legal_basis="", how_to_appeal="", language="ru", at=NOON)
    submit_for_approval(one, staff=by, at=NOON)


def test_a_heads_substitute_approves_what_others_wrote(
    away: Staff, colleague: Staff, head: Staff, appeal: Appeal
) -> None:
    words(appeal, away)
    with pytest.raises(NotAllowed):
        approve(appeal, staff=colleague, at=NOON)
    is_away(head, colleague)
    approve(appeal, staff=colleague, at=NOON)
    assert appeal.state == "in_work"


def test_a_substitute_never_approves_their_own_draft(colleague: Staff, head: Staff, appeal: Appeal) -> None:
    is_away(head, colleague)
    words(appeal, colleague)
    with pytest.raises(NotAllowed, match="another person must read it"):
        approve(appeal, staff=colleague, at=NOON)


def test_a_reminder_means_the_substitute(
    away: Staff, colleague: Staff, appeal: Appeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_away(away, colleague)
    assert appeal.due_on is not None
    soon = NOON + (appeal.due_on - NOON.date()) - timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: soon)
    clock.run(soon)
    assert JournalLine.objects.get(verb="remind").after["reminded"] == colleague.pk


def test_an_absence_is_written_down_and_ended_on_its_page(away: Staff, colleague: Staff, sign_in: SignIn) -> None:
    client = sign_in(away)
    assert "No absence is written down." in client.get(PAGE).content.decode()
    filled = {"person": away.pk, "substitute": colleague.pk, "since": "2026-06-02", "until": "10.06.2026"}
    assert client.post(PAGE, filled | {"until": "once"}).status_code == 422
    assert client.post(PAGE, filled | {"person": colleague.pk}).status_code == 422
    assert client.post(PAGE, filled).status_code == 302
    absence = Absence.objects.get()
    assert (absence.staff, absence.substitute, absence.said_by) == (away, colleague, away)
    assert "Заменова" in client.get(PAGE).content.decode()
    assert sign_in(colleague).post(PAGE, {"end": absence.pk}).status_code == 403
    assert client.post(PAGE, {"end": absence.pk}).status_code == 302
    assert "No absence is written down." in client.get(PAGE).content.decode()


def test_another_desk_ends_nothing(world: World, away: Staff, colleague: Staff, sign_in: SignIn) -> None:
    is_away(away, colleague)
    stranger = factories.staff(Role.APPROVER, world.other_branch)
    assert sign_in(stranger).post(PAGE, {"end": Absence.objects.get().pk}).status_code == 404
    assert "Заменова" not in sign_in(stranger).get(PAGE).content.decode()
    assert sign_in(factories.staff(Role.AUDITOR, world.branch)).get(PAGE).status_code == 403
