"""A card has the few verbs that matter where the appeal stands as buttons; every other allowed one is under "More"."""

import re

import pytest
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.assign import assign
from qorgau.handling.draft import draft
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from qorgau.rules.states import State, Verb
from qorgau.workplace.card.verb_choices import verb_choices
from qorgau.workplace.card.verbs_at_hand import verbs_at_hand
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def appeal(world: World) -> Appeal:
    return factories.appeal(wish="fund", region=world.astana.kato)


def buttons(appeal: Appeal, staff: Staff) -> list[str]:
    return [choice["verb"] for choice in verb_choices(appeal, staff)["at_hand"]]


def test_the_way_of_an_appeal_has_a_handful_of_buttons_at_each_step(
    world: World, specialist: Staff, appeal: Appeal
) -> None:
    assert buttons(appeal, specialist) == ["accept", "assign", "pass_on", "note"]
    accept(appeal, staff=specialist, at=NOON)
    assert buttons(appeal, specialist) == ["draft", "ask_applicant", "request_information", "pass_on", "note"]
    assign(appeal, staff=specialist, to=factories.staff(Role.BRANCH_SPECIALIST, world.branch), at=NOON)
    head = factories.staff(Role.APPROVER, world.branch)
    assert buttons(appeal, head) == ["draft", "ask_applicant", "request_information", "assign", "pass_on", "note"]


def test_an_answer_is_sent_once_there_is_one(world: World) -> None:
    """A clinic needs no approval; nobody is led to a page that would send nothing."""
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    appeal = factories.appeal(organisation_id=world.state_clinic.pk)
    accept(appeal, staff=clinician, at=NOON)
    assert buttons(appeal, clinician)[0] == "draft"
    words = {"text": "Извинились.", "legal_basis": "", "how_to_appeal": "", "language": "ru"}
    draft(appeal, staff=clinician, decision="founded", at=NOON, **words)
    assert buttons(appeal, clinician)[0] == "answer"


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("role", [Role.BRANCH_SPECIALIST, Role.APPROVER])
def test_what_a_colleague_waits_for_is_never_hidden(state: State, role: Role) -> None:
    awaited = {Verb.RETURN_BACK, Verb.TAKE_BACK, Verb.REPLY_INFORMATION, Verb.EXTEND, Verb.REFUSE_EXTENSION}
    assert awaited <= verbs_at_hand(state, role, assigned=True)


def test_nothing_that_is_allowed_is_lost(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    accept(appeal, staff=specialist, at=NOON)
    choices = verb_choices(appeal, specialist)
    rare = {choice["verb"] for choice in choices["more"]}
    assert choices["allowed"] == sorted(choices["at_hand"] + choices["more"], key=choices["allowed"].index)
    assert {"redirect", "merge", "split", "record_withdrawal", "propose_extension"} <= rare
    page = sign_in(specialist).get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    before, _summary, behind = page.partition('<details class="menu verb-more">')
    for choice in choices["more"]:
        assert f'href="{choice["href"]}"' in behind.partition("</details>")[0]
    for choice in choices["at_hand"]:
        assert f'href="{choice["href"]}"' in before


def test_why_the_rest_is_not_possible_is_folded_away(specialist: Staff, appeal: Appeal, sign_in: SignIn) -> None:
    page = sign_in(specialist).get(reverse("desk:appeal", args=[appeal.number])).content.decode()
    folded = re.search(r'<details class="verb-reasons">(.*?)</details>', page, re.DOTALL)
    assert folded and "The desk must accept the appeal first." in folded[1]
