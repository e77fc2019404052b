"""Several chats that follow one appeal: each hears of news once, and one that is closed takes nothing from others."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from qorgau.intake.new_appeal import NewAppeal
from qorgau.intake.submit import submit
from qorgau.notices import deliver as delivering
from qorgau.notices.chats.reaching import mute, unlink
from qorgau.notices.deliver import deliver_due
from qorgau.notices.models import Notice
from qorgau.notices.outbox import tell
from qorgau.notices.send_again import send_again
from qorgau.notices.topics import Topic
from qorgau.notices.transports.base import TransportError
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Channel
from tests.channels.telegram.bot_api import faults
from tests.channels.telegram.bot_api.people import Person
from tests.channels.telegram.bot_api.server import BotApi
from tests.factories import NOON
from tests.notices.following import linked

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def family(api: BotApi, appeal: Appeal) -> tuple[Person, Person]:
    """The daughter, and the mother who linked the appeal after her."""
    daughter, mother = linked(api, appeal, "ru"), linked(api, appeal, "kk")
    return daughter, mother


def told(appeal: Appeal) -> list[Notice]:
    with transaction.atomic():
        return tell(topic=Topic.ANSWERED, appeal_number=appeal.number, applicant=appeal.applicant, facts={}, at=NOON)


def deliver() -> dict[str, int]:
    return deliver_due(ways=("telegram",), now=lambda: NOON)


def elsewhere() -> list[str]:
    return list(Notice.objects.exclude(transport="telegram").values_list("transport", flat=True))


def test_each_chat_hears_once_in_its_own_language(family: tuple[Person, Person], appeal: Appeal) -> None:
    daughter, mother = family
    rows = told(appeal)
    assert {row.address for row in rows} == {str(daughter.id), str(mother.id)}
    assert len({row.occasion for row in rows}) == 1

    assert deliver() == {"sent": 2}
    assert deliver() == {}
    for person, language in ((daughter, "обращени"), (mother, "өтініш")):
        (seen,) = person.sees
        assert language in seen.text.lower()
        assert appeal.number in seen.text
    assert elsewhere() == []
    assert all(row.external_id for row in Notice.objects.all())


def test_a_chat_alone_is_no_occasion(api: BotApi, appeal: Appeal) -> None:
    linked(api, appeal, "ru")
    (row,) = told(appeal)
    assert row.occasion is None


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("closes", ["blocks", "stops", "unlinks"])
def test_one_chat_that_is_closed_sends_nobody_an_sms_while_the_other_hears(
    family: tuple[Person, Person], appeal: Appeal, which: int, closes: str
) -> None:
    told(appeal)
    close(family[which], appeal, closes)

    assert deliver() == {"failed": 1, "sent": 1}
    assert (len(family[which].sees), len(family[1 - which].sees)) == (0, 1)
    assert elsewhere() == []
    assert [row.address for row in told(appeal)] == [str(family[1 - which].id)]


@pytest.mark.parametrize("closes", ["blocks", "stops", "unlinks"])
def test_once_no_chat_hears_the_next_way_is_taken_once(
    family: tuple[Person, Person], appeal: Appeal, closes: str
) -> None:
    told(appeal)
    for person in family:
        close(person, appeal, closes)

    assert deliver() == {"failed": 2}
    assert elsewhere() == ["sms"]
    assert Notice.objects.get(transport="sms").address == "+77010000067"


def close(person: Person, appeal: Appeal, how: str) -> None:
    match how:
        case "blocks":
            person.blocks()
        case "stops":
            mute(person.id, NOON)
        case "unlinks":
            unlink(appeal.applicant_id, person.id)


def test_chats_that_fail_at_the_same_moment_lead_to_one_sms(
    family: tuple[Person, Person], appeal: Appeal, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(appeal)
    together = Barrier(2)

    class Refusing:
        def send(self, notice: Notice, message: object) -> str:
            together.wait(timeout=20)
            raise TransportError("refused", permanent=True)

        def close(self) -> None:
            """Nothing is open."""

    monkeypatch.setattr(delivering, "open_transport", lambda way: Refusing())

    def work() -> None:
        deliver()
        connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [row.state for row in Notice.objects.filter(transport="telegram")] == ["failed", "failed"]
    assert elsewhere() == ["sms"]


def test_what_one_chat_may_have_heard_twice_is_counted_there_alone(
    api: BotApi, family: tuple[Person, Person], appeal: Appeal
) -> None:
    told(appeal)
    api.fails("sendMessage", faults.broken(done=True))
    assert deliver().get("postponed") == 1
    assert sorted(Notice.objects.values_list("unsure", flat=True)) == [0, 1]


def test_what_was_told_by_another_way_does_not_leave_again(family: tuple[Person, Person], appeal: Appeal) -> None:
    told(appeal)
    for person in family:
        person.blocks()
    deliver()
    assert send_again(number=appeal.number, at=NOON) == 0
    Notice.objects.filter(transport="sms").delete()
    assert send_again(number=appeal.number, at=NOON) == 2


def test_the_next_appeal_of_the_same_person_is_told_to_both(family: tuple[Person, Person], appeal: Appeal) -> None:
    new = NewAppeal(
        channel=Channel.PORTAL,
        text="Не помогло, прошу рассмотреть ещё раз.",
        delivery_key="next",
        received_at=NOON,
        same_as_id=appeal.applicant_id,
    )
    number = submit(new).number
    rows = Notice.objects.filter(appeal_number=number)
    assert {(row.topic, row.transport, row.address) for row in rows} == {
        ("receipt", "telegram", str(person.id)) for person in family
    }
    assert len({row.occasion for row in rows}) == 1
    assert deliver() == {"sent": 2}
