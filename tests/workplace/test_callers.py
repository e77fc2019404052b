"""1414 and whoever calls it: appeals that the contact centre does not read are found, and their applicants helped."""

import pytest
from django.test import Client
from django.urls import reverse

from qorgau.handling.note import note
from qorgau.intake.new_appeal import Person
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.access import access_code
from qorgau.register.models import Appeal, JournalLine, Opening
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.stage import LOST_THE_CODE, WHO_CALLS

pytestmark = pytest.mark.django_db

CALLERS = reverse("desk:callers")
SAID = {**LOST_THE_CODE, "seen_code": 1}


@pytest.fixture
def appeal(world: World) -> Appeal:
    """At a clinic, in which the contact centre takes no part."""
    return factories.appeal(organisation_id=world.state_clinic.pk, applicant=WHO_CALLS)


def form_of(appeal: Appeal) -> str:
    return reverse("desk:callers_code", args=[appeal.number])


def found(client: Client, said: str) -> str:
    answer = client.post(CALLERS, {"said": said})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize("said", ["number", WHO_CALLS.iin, "8 701 000 00 67"])
def test_an_appeal_is_found_by_what_the_caller_knows_and_the_look_written_down(
    at_1414: Client, operator: Staff, appeal: Appeal, said: str
) -> None:
    page = found(at_1414, appeal.number if said == "number" else said)

    assert appeal.number in page and "Оспанов Ержан" in page and form_of(appeal) in page
    assert reverse("desk:appeal", args=[appeal.number]) not in page
    assert appeal.text not in page and "поликлиника" not in page
    opening = Opening.objects.get(appeal=appeal)
    assert (opening.staff, opening.part, opening.purpose, opening.outside) == (operator, "person", "caller", True)


def test_what_nobody_filed_and_what_is_hidden_in_part_is_not_found(at_1414: Client, appeal: Appeal) -> None:
    for said in ("+7 701 555 55 55", "••••••••0106", "Оспанов"):
        assert "Nothing was found" in found(at_1414, said), said
    assert at_1414.post(CALLERS, {"said": ""}).status_code == 422
    assert not Opening.objects.exists()


def test_a_sensitive_appeal_is_as_if_it_did_not_exist(at_1414: Client, world: World) -> None:
    one = factories.appeal(topic="extortion", region=world.astana.kato)
    assert "Nothing was found" in found(at_1414, one.number)
    assert at_1414.get(form_of(one)).status_code == 404
    assert at_1414.post(form_of(one), SAID).status_code == 404


def test_the_caller_gets_a_new_code_and_the_operator_reads_nothing_of_the_appeal(
    at_1414: Client, appeal: Appeal
) -> None:
    page = at_1414.get(form_of(appeal)).content.decode()
    assert "••••••••0106" in page and "+7 701 ••• •• 67" in page and "Городская поликлиника №4" in page
    assert appeal.text not in page
    answer = at_1414.post(form_of(appeal), SAID)

    assert (answer.status_code, answer["Location"]) == (302, form_of(appeal))
    told = at_1414.get(form_of(appeal)).content.decode()
    assert "It left for: SMS +7 701 ••• •• 67" in told
    assert "SMS · Waiting to leave" in told
    Notice.objects.filter(topic="new_code").update(state="sent", sent_at=NOON)
    assert "SMS · Sent" in at_1414.get(form_of(appeal)).content.decode()
    assert Notice.objects.get(topic="new_code").address == "+77010000067"
    assert at_1414.get(reverse("desk:appeal", args=[appeal.number])).status_code == 404
    again = at_1414.post(form_of(appeal), SAID)
    assert again.status_code == 403
    for shown in (page, again.content.decode()):
        assert access_code(appeal.number, 2) not in shown


def test_what_happens_to_the_appeal_meanwhile_stops_nobody_and_is_not_shown(
    at_1414: Client, appeal: Appeal, world: World
) -> None:
    note(appeal, staff=factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk), text="Внутреннее", at=NOON)
    answer = at_1414.post(form_of(appeal), {**SAID, "seen_version": 1})
    assert answer.status_code == 302


def test_by_telephone_without_a_contact_nothing_is_told(at_1414: Client, world: World) -> None:
    appeal = factories.appeal(organisation_id=world.state_clinic.pk, applicant=Person(surname="Ким"))
    for came in ("call", "person"):
        answer = at_1414.post(form_of(appeal), {**SAID, "came": came, "signs": ["name", "document"]})
        assert answer.status_code == 403
        assert "come with an identity document" in answer.content.decode()
    assert not JournalLine.objects.filter(verb="issue_code").exists()


def test_what_the_contact_centre_holds_itself_leads_to_its_card(at_1414: Client, world: World) -> None:
    own = factories.appeal(text="Где моё обращение?")
    page = found(at_1414, own.number)
    assert reverse("desk:appeal", args=[own.number]) in page
    assert reverse("desk:new_code", args=[own.number]) in page


@pytest.mark.parametrize("role", [Role.CLINIC_SPECIALIST, Role.BRANCH_SPECIALIST, Role.CENTRAL_EXPERT, Role.ANALYST])
def test_it_is_for_those_who_answer_client(sign_in: SignIn, world: World, appeal: Appeal, role: Role) -> None:
    desk = {Role.CLINIC_SPECIALIST: world.private_clinic_desk, Role.BRANCH_SPECIALIST: world.branch}
    client = sign_in(factories.staff(role, desk.get(role, world.centre)))
    assert client.get(CALLERS).status_code == 403
    assert client.get(form_of(appeal)).status_code == 404
    assert client.post(form_of(appeal), SAID).status_code in (403, 404)
    reader = sign_in(factories.staff(Role.AUDITOR, world.contact_centre))
    assert reader.get(CALLERS).status_code == 403
