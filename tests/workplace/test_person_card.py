"""The applicant's card: everything by one person, within the scope, open ones first, earlier answers at hand."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.draft import draft
from qorgau.intake.new_appeal import Person
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Opening
from qorgau.rules.kinds import Channel
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn, statements

IIN = "900101300106"
PERSON = Person(surname="Оспанов", given_name="Ержан", iin=IIN, phone="+7 701 123 45 67", email="erzhan@example.kz")


def page(sign_in: SignIn, person: Staff, appeal: Appeal) -> str:
    shown = sign_in(person).get(reverse("desk:person", args=[appeal.number]))
    assert shown.status_code == 200
    return shown.content.decode()


def test_appeals_through_every_door_stand_together_open_ones_first_with_earlier_answers(
    world: World, sign_in: SignIn
) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    about = {"organisation_id": world.state_clinic.pk}
    answered = factories.appeal(applicant=PERSON, text="Первое дело", **about)
    accept(answered, staff=clinician, at=NOON)
    draft(
        answered, staff=clinician, decision="partly", text="Прошлый ответ.", legal_basis="", how_to_appeal="",
        language="ru", at=NOON,
    )  # fmt: skip
    answer(answered, staff=clinician, at=NOON)
    by_phone = factories.appeal(
        applicant=Person(phone="8 701 123-45-67"), channel=Channel.CALL, text="По телефону совсем о другом", **about
    )
    relative = factories.appeal(
        applicant=Person(surname="Оспанова", iin="850101400051", phone="+77011234567"), text="Жена пишет", **about
    )
    one = factories.appeal(applicant=PERSON, text="Второе дело", **about)
    shown = page(sign_in, clinician, one)
    assert all(other.number in shown for other in (answered, by_phone, relative, one))
    assert shown.index(by_phone.number) < shown.index("Answered and ended") < shown.index(answered.number)
    for words in ("Прошлый ответ.", "Partly founded", "Same IIN", "Same telephone", "another IIN", "Call", "this one"):
        assert words in shown, words
    for secret in (IIN, "+77011234567", "erzhan@example.kz"):
        assert secret not in shown


def test_each_appeal_on_it_is_written_down_as_looked_at(world: World, sign_in: SignIn) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    one, other = (factories.appeal(applicant=PERSON, organisation_id=world.state_clinic.pk) for _ in range(2))
    page(sign_in, clinician, one)
    seen = Opening.objects.order_by("appeal").values_list("appeal", "part", "purpose")
    assert list(seen) == [(one.pk, "person", "work"), (other.pk, "person", "work")]


def test_what_lies_outside_the_scope_is_neither_shown_nor_counted(world: World, sign_in: SignIn) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    one = factories.appeal(applicant=PERSON, organisation_id=world.state_clinic.pk)
    alone = page(sign_in, clinician, one)
    factories.appeal(applicant=PERSON, organisation_id=world.private_clinic.pk, text="О другой клинике")
    factories.appeal(applicant=PERSON, topic="extortion", organisation_id=world.state_clinic.pk, text="Вымогают")
    assert _but_for_tokens(page(sign_in, clinician, one)) == _but_for_tokens(alone)


def _but_for_tokens(shown: str) -> list[str]:
    return [line for line in shown.split("\n") if "csrfmiddlewaretoken" not in line]


def test_whom_nothing_tells_apart_has_one_appeal(world: World, sign_in: SignIn) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    one = factories.appeal(applicant=Person(surname="Оспанов"), organisation_id=world.state_clinic.pk)
    other = factories.appeal(applicant=Person(surname="Оспанов"), organisation_id=world.state_clinic.pk, text="Иное")
    shown = page(sign_in, clinician, one)
    assert one.number in shown and other.number not in shown


def test_it_costs_the_same_with_one_and_with_thirty(world: World, sign_in: SignIn) -> None:
    clinician = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    one = factories.appeal(applicant=PERSON, organisation_id=world.state_clinic.pk)
    client, path = sign_in(clinician), reverse("desk:person", args=[one.number])
    client.get(path)
    with CaptureQueriesContext(connection) as with_one:
        client.get(path)
    for n in range(30):
        factories.appeal(applicant=PERSON, organisation_id=world.state_clinic.pk, text=f"Другое дело {n}")
    with CaptureQueriesContext(connection) as with_thirty:
        client.get(path)
    assert statements(with_thirty) == statements(with_one) <= 6
