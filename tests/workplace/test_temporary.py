"""The insurance of the person on the card, and the forms by which a temporary status is granted and revoked."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from qorgau.directory.insurance import missing_rows
from qorgau.directory.models import Topic
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.request_information import request_information
from qorgau.insured.journal import who_looked
from qorgau.insured.models import LookUp, Serving, TemporaryStatus
from qorgau.insured.person_key import person_key
from qorgau.intake.new_appeal import Person
from qorgau.intake.staging import stage
from qorgau.people.models import Staff
from qorgau.register.access import access_code
from qorgau.register.models import Appeal, Attachment, Opening
from qorgau.rules.kinds import Kind
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.insured.files import AIGUL
from tests.workplace.conftest import SignIn, statements

PENSION = "получатели пенсионных выплат, в том числе ветераны Великой Отечественной войны"


@pytest.fixture
def specialist(world: World) -> Staff:
    return factories.staff(Role.BRANCH_SPECIALIST, world.branch)


@pytest.fixture
def head(world: World) -> Staff:
    return factories.staff(Role.APPROVER, world.branch)


@pytest.fixture
def register(world: World) -> None:
    """A register that knows that nothing was paid for one person."""
    for row in missing_rows():
        row.save()
    group = Topic.objects.create(code="insurance", name_ru="Страхование")
    Topic.objects.create(code="temporary-status", name_ru="Временный статус", desk_kind="branch", parent=group)
    refresh()
    Serving.objects.create(as_of=date(2026, 6, 1), people=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO insured_person (person, paid) VALUES (%s, %s)", [person_key(AIGUL), b""])


def apply(world: World, *files: str, region: str = "", iin: str = AIGUL) -> Appeal:
    staged = tuple(
        stage(SimpleUploadedFile(name, "Пенсия".encode(), "text/plain"), at=timezone.now()).token for name in files
    )
    return factories.appeal(
        kind=Kind.APPLICATION,
        topic="temporary-status",
        region=region or world.astana.kato,
        circumstances=f"П{PENSION[1:]}",
        applicant=Person(surname="Оспанова", iin=iin, phone="+7 701 000 00 67"),
        staged_files=staged,
    )


@pytest.fixture
def appeal(world: World, register: None, specialist: Staff) -> Appeal:
    made = apply(world, "справка.txt")
    accept(made, staff=specialist, at=NOON)
    return made


def address(name: str, appeal: Appeal) -> str:
    return reverse(f"desk:{name}", args=[appeal.number])


def said(appeal: Appeal, **more: str) -> dict[str, str]:
    document = Attachment.objects.filter(appeal=appeal).first()
    typed = {
        "seen_version": str(appeal.version),
        "category": "C07",
        "documents": str(document.pk) if document else "",
        "ground": "Пенсия с мая.",
        **more,
    }
    return {name: value for name, value in typed.items() if value}


def test_the_card_has_the_insurance_and_asks_the_register_when_somebody_presses(
    appeal: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    client = sign_in(specialist)
    card = client.get(address("appeal", appeal)).content.decode()
    assert "Look the status up" in card and "••••••••0106" in card and AIGUL not in card
    assert not LookUp.objects.exists()

    page = client.post(address("insurance", appeal)).content.decode()
    assert "You are not insured" in page and "Nothing was paid for the last 12 months." in page
    assert "Back to the card" in page
    fragment = client.post(address("insurance", appeal), headers={"HX-Request": "true"}).content.decode()
    assert "You are not insured" in fragment and "<html" not in fragment
    assert [(one.purpose, one.who) for one in who_looked(AIGUL)] == [("appeal", f"staff:{specialist.pk}")] * 2


def test_the_security_officer_and_the_applicant_read_who_asked_the_register_and_what_for(
    world: World, appeal: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    client = sign_in(specialist)
    client.post(address("insurance", appeal))
    client.post(address("temporary_grant", appeal), said(appeal))
    looks = Opening.objects.filter(staff=specialist, part="status").order_by("pk")
    assert list(looks.values_list("appeal", "purpose")) == [(appeal.pk, "work"), (appeal.pk, "temporary_grant")]
    assert not Opening.objects.filter(part="form", purpose="insurance").exists(), "one look, one line"

    officer = sign_in(factories.staff(Role.AUDITOR, world.centre))
    for typed in ({"whose": AIGUL}, {"whose": AIGUL, "kind": "status"}, {"whose": appeal.number, "kind": "status"}):
        page = officer.post("/desk/who-looked/", typed, follow=True).content.decode()
        listed = page.partition("Every opening, the latest first")[2]
        assert listed.count("The insured status in the register</td>") == 2
        assert "Work of the desk on the appeal" in listed and "Grant a temporary status" in listed

    browser = Client(headers={"accept-language": "en"})
    browser.post("/en/track/", {"number": appeal.number, "code": access_code(appeal.number, appeal.code_version)})
    theirs = browser.get(f"/en/appeal/{appeal.number}/who-looked/").content.decode()
    assert "the insured status in the register" in theirs


def test_a_register_that_does_not_answer_is_said(appeal: Appeal, specialist: Staff, sign_in: SignIn) -> None:
    Serving.objects.all().delete()
    page = sign_in(specialist).post(address("insurance", appeal))
    assert "does not answer now" in page.content.decode()


def test_a_missing_document_and_a_missing_iin_are_said(
    world: World, register: None, specialist: Staff, sign_in: SignIn
) -> None:
    bare = apply(world, iin="")
    accept(bare, staff=specialist, at=NOON)
    client = sign_in(specialist)
    card = client.get(address("appeal", bare)).content.decode()
    assert "No document has come yet." in card and "The IIN is not known or cannot be right" in card
    assert "Look the status up" not in card
    assert client.post(address("insurance", bare)).status_code == 403
    assert "ask for it first" in client.get(address("temporary_grant", bare)).content.decode()


WHO_SEES = [
    (Role.BRANCH_SPECIALIST, "branch", True, True),
    (Role.CENTRAL_EXPERT, "centre", True, True),
    (Role.AUDITOR, "centre", True, False),
    (Role.ANALYST, "centre", False, False),
    (Role.CLINIC_SPECIALIST, "clinic_desk", False, False),
]


@pytest.mark.parametrize(("role", "desk", "sees", "looks"), WHO_SEES)
def test_who_sees_the_insurance_of_the_person(
    world: World, appeal: Appeal, sign_in: SignIn, role: Role, desk: str, sees: bool, looks: bool
) -> None:
    if desk == "clinic_desk":
        holder = Staff.objects.get(role=Role.BRANCH_SPECIALIST)
        request_information(appeal, staff=holder, asked=world.clinic_desk, question="Был приём?", at=NOON)
    client = sign_in(factories.staff(role, getattr(world, desk)))
    card = client.get(address("appeal", appeal))
    assert card.status_code == 200
    assert ('id="insurance-body"' in card.content.decode()) == sees
    assert ("Look the status up" in card.content.decode()) == looks
    assert client.post(address("insurance", appeal)).status_code == (200 if looks else 403)
    assert LookUp.objects.exists() == looks


def test_an_appeal_about_something_else_has_none(world: World, specialist: Staff, sign_in: SignIn) -> None:
    other = factories.appeal(
        wish="fund", region=world.astana.kato, topic="refusal", applicant=Person(surname="О", iin=AIGUL)
    )
    accept(other, staff=specialist, at=NOON)
    client = sign_in(specialist)
    card = client.get(address("appeal", other)).content.decode()
    assert 'id="insurance-body"' not in card and "temporary status" not in card
    assert client.post(address("insurance", other)).status_code == 403


def test_the_form_knows_the_category_that_was_said_and_the_one_document(
    appeal: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    form = sign_in(specialist).get(address("temporary_grant", appeal)).content.decode()
    assert '<option value="C07" selected>' in form
    (document,) = Attachment.objects.filter(appeal=appeal)
    assert f'value="{document.pk}" checked' in " ".join(form.split())


def test_granting_by_the_form(appeal: Appeal, specialist: Staff, sign_in: SignIn) -> None:
    client = sign_in(specialist)
    done = client.post(address("temporary_grant", appeal), said(appeal), follow=True)
    card = done.content.decode()
    assert done.redirect_chain and "The last day: July 2, 2026." in card
    assert "June 2, 2026 – July 2, 2026" in card and "holds now" in card
    assert "Temporarily insured from June 2, 2026 to July 2, 2026. Пенсия с мая." in card
    assert TemporaryStatus.objects.get().granted_by == specialist
    again = client.get(address("temporary_grant", appeal)).content.decode()
    assert "The person has a temporary status until July 2, 2026." in again


def test_the_applicant_reads_what_was_decided_and_why(
    appeal: Appeal, specialist: Staff, head: Staff, sign_in: SignIn
) -> None:
    sign_in(specialist).post(address("temporary_grant", appeal), said(appeal))
    appeal.refresh_from_db()
    reason = {"reason": "Документ подложный", "seen_version": str(appeal.version)}
    sign_in(head).post(address("temporary_revocation", appeal), reason)
    browser = Client(headers={"accept-language": "en"})
    browser.post("/en/track/", {"number": appeal.number, "code": access_code(appeal.number, appeal.code_version)})
    page = browser.get(f"/en/appeal/{appeal.number}/").content.decode()

    assert "A temporary status was granted" in page
    assert "Temporarily insured from June 2, 2026 to July 2, 2026. Пенсия с мая." in page
    assert "The temporary status was revoked: Документ подложный" in page
    assert specialist.last_name not in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"category": ""}, "Choose the category that the documents prove."),
        ({"category": "C99"}, "C99"),
        ({"documents": ""}, "Choose at least one document."),
        ({"documents": "x"}, "A document you chose does not belong to this appeal."),
        ({"documents": "999999999999999999999"}, "A document you chose does not belong to this appeal."),
        ({"ground": " "}, "Say on what ground it is granted."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_granted(
    appeal: Appeal, specialist: Staff, sign_in: SignIn, wrong: dict[str, str], told: str
) -> None:
    page = sign_in(specialist).post(address("temporary_grant", appeal), said(appeal, **wrong))
    assert page.status_code == 422 and told in page.content.decode()
    assert not TemporaryStatus.objects.exists()


def test_whoever_was_slower_keeps_the_words(appeal: Appeal, specialist: Staff, head: Staff, sign_in: SignIn) -> None:
    typed = said(appeal, ground="Пенсия, по справке.")
    sign_in(head).post(address("temporary_grant", appeal), said(appeal))
    page = sign_in(specialist).post(address("temporary_grant", appeal), typed)
    assert page.status_code in (403, 409) and "Пенсия, по справке." in page.content.decode()
    assert TemporaryStatus.objects.count() == 1


def test_revoking_by_the_form(appeal: Appeal, specialist: Staff, head: Staff, sign_in: SignIn) -> None:
    sign_in(specialist).post(address("temporary_grant", appeal), said(appeal))
    appeal.refresh_from_db()
    refused = sign_in(specialist).post(address("temporary_revocation", appeal), {"reason": "Ошибка"})
    assert refused.status_code == 403
    card = sign_in(head).post(
        address("temporary_revocation", appeal), {"reason": "Документ подложный", "seen_version": appeal.version},
        follow=True,
    )  # fmt: skip
    assert "revoked on June 2, 2026" in card.content.decode()
    assert TemporaryStatus.objects.get().revoked_by == head


def test_earlier_statuses_are_shown_and_foreign_appeals_not_named(
    world: World, appeal: Appeal, specialist: Staff, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = factories.staff(Role.BRANCH_SPECIALIST, world.other_branch, username="elsewhere")
    foreign = apply(world, "а.txt", region=world.almaty.kato)
    accept(foreign, staff=elsewhere, at=NOON)
    sign_in(elsewhere).post(address("temporary_grant", foreign), said(foreign))
    assert TemporaryStatus.objects.count() == 1
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(days=40))

    client = sign_in(specialist)
    for name in ("appeal", "temporary_grant"):
        page = client.get(address(name, appeal)).content.decode()
        assert "June 2, 2026 – July 2, 2026" in page and "over" in page
        assert foreign.number not in page
    assert "Another one is a new decision." in client.get(address("temporary_grant", appeal)).content.decode()


def test_the_card_asks_the_database_no_oftener_for_more_statuses(
    world: World, appeal: Appeal, specialist: Staff, sign_in: SignIn
) -> None:
    client = sign_in(specialist)
    client.get(address("appeal", appeal))
    with CaptureQueriesContext(connection) as without:
        client.get(address("appeal", appeal))
    for year in range(2021, 2026):
        day = date(year, 1, 1)
        TemporaryStatus.objects.create(
            person=person_key(AIGUL), category="C07", since=day, until=day, last_day=day,
            appeal_number=appeal.number, documents=[1], rules="x", granted_at=NOON, granted_by=specialist,
        )  # fmt: skip
    with CaptureQueriesContext(connection) as with_five:
        client.get(address("appeal", appeal))
    # One more asks which of their appeals this reader may see.
    assert statements(with_five) == statements(without) + 1


def test_a_clinic_may_send_the_application_for_a_patient(world: World, register: None, sign_in: SignIn) -> None:
    clinic = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    sent = sign_in(clinic).post(
        reverse("desk:new"),
        {
            "delivery_key": "desk-1", "how": "oral", "kind": "application", "topic": "temporary-status",
            "text": "Просит временный статус: пенсионер.", "region": world.astana.kato, "iin": AIGUL,
            "surname": "Оспанова", "language": "ru", "organisation": str(world.state_clinic.pk),
        },
    )  # fmt: skip
    assert sent.status_code == 302
    appeal = Appeal.objects.get()
    assert (appeal.holder, appeal.kind, appeal.taken_by) == (world.branch, "application", clinic)
