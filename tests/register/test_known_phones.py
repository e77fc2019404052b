"""A telephone proves who somebody is only when the person stood before staff who wrote it down."""

from typing import Any

import pytest

from qorgau.intake.new_appeal import Person
from qorgau.register.known_phones import phone_known_for
from qorgau.rules.kinds import Channel
from tests import factories
from tests.factories import World

AIGUL, DANA = "900101300106", "840229401515"


def left(phone: str, channel: Channel, iin: str = AIGUL) -> None:
    factories.appeal(channel=channel, applicant=Person(surname="А", iin=iin, phone=phone))


def test_a_telephone_of_the_portal_proves_nothing(world: World) -> None:
    left("+77010000001", Channel.PORTAL)
    left("+77010000002", Channel.CALL)

    assert phone_known_for(AIGUL) == ""


def test_a_telephone_written_down_at_a_clinics_desk_does_and_the_last_one_counts(world: World) -> None:
    left("+77010000001", Channel.CLINIC_DESK)
    left("+77010000002", Channel.CLINIC_DESK)
    left("+77010000003", Channel.PORTAL)
    left("", Channel.CLINIC_DESK)

    assert phone_known_for(AIGUL) == "+77010000002"
    assert phone_known_for(DANA) == ""


@pytest.mark.parametrize(("trusted", "phone"), [("any", "+77010000003"), ("none", "")])
def test_an_installation_may_trust_all_or_none(world: World, settings: Any, trusted: str, phone: str) -> None:
    settings.PROOF_PHONES = trusted
    left("+77010000001", Channel.CLINIC_DESK)
    left("+77010000003", Channel.PORTAL)

    assert phone_known_for(AIGUL) == phone
