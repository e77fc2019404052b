"""Lists of the desk that no other test counts: thirty rows take as many queries as one."""

from django.urls import reverse

from qorgau.handling.accept import accept
from qorgau.handling.reply_information import reply_information
from qorgau.handling.request_information import request_information
from qorgau.people.models import Staff
from qorgau.rules.roles import Role
from qorgau.workplace.models import Macro
from tests import factories
from tests.factories import NOON, World
from tests.workplace.conftest import SignIn
from tests.workplace.counting import queries_of


def test_replies(world: World, sign_in: SignIn) -> None:
    specialist = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    clinic = factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    client, address, counted = sign_in(clinic), reverse("desk:replies"), []
    for more in (1, 29):
        for _ in range(more):
            appeal = factories.appeal(wish="fund", region=world.astana.kato)
            accept(appeal, staff=specialist, at=NOON)
            request_information(appeal, staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
            reply_information(appeal, staff=clinic, reply="Врач был в отпуске.", at=NOON)
        counted.append(len(queries_of(client, address)))
    assert client.get(address).content.decode().count("Врач был в отпуске.") == 20  # a page
    assert counted[0] == counted[1]


def test_sensitive_appeals(world: World, sign_in: SignIn) -> None:
    head = factories.staff(Role.APPROVER, world.branch, may_read_sensitive=True)
    client, address, counted = sign_in(head), reverse("desk:sensitive"), []
    numbers = []
    for more in (1, 29):
        numbers += [
            factories.appeal(wish="fund", region=world.astana.kato, topic="extortion").number for _ in range(more)
        ]
        counted.append(len(queries_of(client, address)))
    page = client.get(address).content.decode()
    assert all(number in page for number in numbers)
    assert counted[0] == counted[1]


def test_macros(world: World, sign_in: SignIn) -> None:
    person = factories.staff(Role.BRANCH_SPECIALIST, world.branch)
    client, address, counted = sign_in(person), reverse("desk:macros"), []
    for more in (1, 29):
        for _ in range(more):
            _macro(person)
        counted.append(len(queries_of(client, address)))
    assert client.get(address).content.decode().count("Обычный путь") >= 30
    assert counted[0] == counted[1]


def _macro(person: Staff) -> None:
    Macro.objects.create(owner=person, name="Обычный путь", changed_at=NOON, steps=[])
