"""Issuing a new code at the desk: the page, who may do it, and everything that the old code had opened."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from qorgau.intake.new_appeal import Person
from qorgau.notices.models import Notice
from qorgau.register.access import access_code
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.kinds import Channel
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import World
from tests.workplace.conftest import SignIn
from tests.workplace.stage import LOST_THE_CODE, WHO_CALLS

pytestmark = pytest.mark.django_db


@pytest.fixture
def appeal(world: World) -> Appeal:
    """A question at the contact centre."""
    return factories.appeal(applicant=WHO_CALLS)


def page_of(appeal: Appeal) -> str:
    return reverse("desk:new_code", args=[appeal.number])


def send(client: Client, appeal: Appeal, **said: object) -> tuple[int, str]:
    """Open the form, fill it in and send it; the status, and where it led or what it says."""
    hidden = re.findall(r'name="(seen_\w+)"[^>]*value="(\d+)"', client.get(page_of(appeal)).content.decode())
    answer = client.post(page_of(appeal), {**dict(hidden), **LOST_THE_CODE, **said})
    return answer.status_code, answer["Location"] if answer.status_code == 302 else answer.content.decode()


def test_the_form_shows_what_to_compare_with_and_no_more(at_1414: Client, appeal: Appeal) -> None:
    page = at_1414.get(page_of(appeal)).content.decode()
    for shown in ("Оспанов Ержан", "••••••••0106", "+7 701 ••• •• 67", "The code goes to", "Portal"):
        assert shown in page, shown
    for hidden in (WHO_CALLS.iin, "+77010000067", access_code(appeal.number), access_code(appeal.number, 2)):
        assert hidden not in page, hidden


def test_the_operator_reads_where_it_went_and_never_the_code(at_1414: Client, appeal: Appeal) -> None:
    status, card = send(at_1414, appeal, note="Потеряла талон")
    assert (status, card) == (302, f"{reverse('desk:appeal', args=[appeal.number])}?done=issue_code")

    page = at_1414.get(card).content.decode()
    assert "It left for: SMS +7 701 ••• •• 67" in page
    assert "A new access code was issued" in page and "The applicant has lost the code. Потеряла талон" in page
    assert "Recognised by: The name of the applicant; When it was filed, and by which way" in page
    assert re.search(r"A new access code.{0,400}Waiting to leave", page, re.DOTALL)
    for version in (1, 2):
        assert access_code(appeal.number, version) not in page
    assert "No longer so, never sent" in page, "the receipt that waited"


def test_sent_twice_it_issues_one_code(at_1414: Client, appeal: Appeal) -> None:
    said = {**LOST_THE_CODE, "seen_version": appeal.version, "seen_code": 1}
    assert at_1414.post(page_of(appeal), said).status_code == 302
    again = at_1414.post(page_of(appeal), said)

    assert again.status_code == 403
    assert "A new code has been issued since you opened this form" in again.content.decode()
    assert Notice.objects.filter(topic="new_code").count() == 1
    appeal.refresh_from_db()
    assert appeal.code_version == 2


def test_whoever_wrote_meanwhile_is_not_stopped_by_a_new_code(at_1414: Client, appeal: Appeal) -> None:
    seen = appeal.version
    send(at_1414, appeal)
    note = reverse("desk:note", args=[appeal.number])
    assert at_1414.post(note, {"seen_version": seen, "text": "Перезвонить"}).status_code == 302


@pytest.mark.parametrize("wrong", [{"signs": []}, {"signs": ["name"]}, {"why": ""}, {"came": ""}])
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    at_1414: Client, appeal: Appeal, wrong: dict[str, object]
) -> None:
    status, page = send(at_1414, appeal, note="Дочь звонит за мать", **wrong)
    assert status == 422
    assert "Дочь звонит за мать" in page and "error-summary" in page
    assert not JournalLine.objects.filter(verb="issue_code").exists()


def test_by_telephone_without_a_contact_it_says_what_to_do(at_1414: Client, world: World) -> None:
    appeal = factories.appeal(applicant=Person(surname="Оспанов"))
    assert "No message reaches the applicant" in at_1414.get(page_of(appeal)).content.decode()
    status, page = send(at_1414, appeal)
    assert status == 403
    assert "come with an identity document" in page


def test_who_has_come_gets_it_on_paper_once(sign_in: SignIn, world: World) -> None:
    expert = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    appeal = factories.appeal(wish="fund", region=world.astana.kato, applicant=Person(surname="Оспанов"))
    client = sign_in(expert)
    status, receipt = send(client, appeal, came="person", signs=["name", "document"])
    assert (status, receipt) == (302, reverse("desk:receipt", args=[appeal.number]))

    code = access_code(appeal.number, 2)
    assert code not in client.get(receipt).content.decode()
    shown = client.post(receipt).content.decode()
    assert code in shown and "A new code was issued" in shown and "Print this page for the person." in shown
    again = client.post(receipt)
    assert (again.status_code, code in again.content.decode()) == (409, False)
    assert [line.verb for line in JournalLine.objects.filter(appeal=appeal)][-2:] == ["issue_code", "code_shown"]
    colleague = sign_in(factories.staff(Role.APPROVER, world.branch))
    assert colleague.get(receipt).status_code == 404


def test_the_receipt_of_the_hour_before_does_not_show_a_code_that_was_sent(sign_in: SignIn, world: World) -> None:
    specialist = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    appeal = factories.appeal(
        organisation_id=world.state_clinic.pk, taken_by_id=specialist.pk, channel=Channel.CLINIC_DESK
    )
    client = sign_in(specialist)
    assert send(client, appeal)[0] == 302
    answer = client.post(reverse("desk:receipt", args=[appeal.number]))
    assert answer.status_code == 409
    assert access_code(appeal.number, 2) not in answer.content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.ANALYST, 403), (Role.AUDITOR, 403), (Role.CENTRAL_EXPERT, 302)])
def test_whoever_only_reads_issues_none(sign_in: SignIn, world: World, appeal: Appeal, role: Role, status: int) -> None:
    client = sign_in(factories.staff(role, world.centre))
    assert client.post(page_of(appeal), {**LOST_THE_CODE, "seen_code": 1}).status_code == status


def test_a_clinic_that_was_only_asked_issues_none(sign_in: SignIn, stage_set: object) -> None:
    stage = stage_set
    client = sign_in(stage.people["clinic specialist"])  # type: ignore[attr-defined]
    answer = client.post(page_of(stage.appeals["asked"]), {**LOST_THE_CODE, "seen_code": 1})  # type: ignore[attr-defined]
    assert answer.status_code == 403
    assert "Only desks that take part" in answer.content.decode()


def test_a_sensitive_appeal_is_there_for_its_named_readers_alone(sign_in: SignIn, world: World) -> None:
    appeal = factories.appeal(topic="extortion", region=world.astana.kato)
    named, other = (factories.staff(Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True) for _one in range(2))
    factories.name(appeal, named)
    assert sign_in(other).get(page_of(appeal)).status_code == 404
    assert send(sign_in(named), appeal)[0] == 302


def test_the_whole_path_on_the_site(at_1414: Client, appeal: Appeal) -> None:
    """The browser that opened it by the old code is out, the old code is refused, the new one opens the page."""
    track, page = reverse("portal:track"), reverse("portal:appeal", args=[appeal.number])
    browser = Client()
    assert browser.post(track, {"number": appeal.number, "code": access_code(appeal.number)}).status_code == 302
    assert "Your appeal was registered" in browser.get(page).content.decode()
    send(at_1414, appeal)

    assert "Your appeal was registered" not in browser.get(page).content.decode()
    refused = browser.post(track, {"number": appeal.number, "code": access_code(appeal.number)})
    assert refused.status_code == 422
    assert browser.post(track, {"number": appeal.number, "code": access_code(appeal.number, 2)}).status_code == 302
    opened = browser.get(page).content.decode()
    assert "A new code was issued; the old one no longer opens this appeal" in opened


def test_of_what_grew_out_of_it_the_numbers_are_named(sign_in: SignIn, world: World) -> None:
    expert = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    first = factories.appeal(wish="fund", region=world.astana.kato)
    second = factories.appeal(
        wish="fund", region=world.astana.kato, stage_after_id=first.pk, same_as_id=first.applicant_id, text="Дальше"
    )
    page = sign_in(expert).get(page_of(first)).content.decode()
    assert "grew out of this one" in page and page_of(second) in page
