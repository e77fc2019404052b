"""Appeals brought by the real verbs to where a test needs them, around now: pages ask the clock of the machine."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from qorgau.directory.models import Desk, Organisation
from qorgau.handling.accept import accept
from qorgau.handling.answer import answer
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.draft import draft
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.roles import Role
from tests.factories import World, appeal, staff


def ago(**time: float) -> datetime:
    return timezone.now() - timedelta(**time)


def filed(world: World, *, clinic: Organisation | None = None, **more: Any) -> Appeal:
    """An appeal of an hour ago at a clinic's own desk, the state clinic's unless another is named."""
    return appeal(organisation_id=(clinic or world.state_clinic).pk, received_at=ago(hours=1), **more)


def accepted(world: World, *, desk: Desk | None = None, **more: Any) -> tuple[Appeal, Staff]:
    """The same, taken into work by somebody at the desk."""
    one = filed(world, **more)
    person = staff(Role.CLINIC_SPECIALIST, desk or world.clinic_desk)
    accept(one, staff=person, at=ago(minutes=50))
    return one, person


def asked(world: World, question: str = "Қай күні болды?") -> tuple[Appeal, Staff]:
    """The same, with a question to the applicant."""
    one, person = accepted(world)
    ask_applicant(one, staff=person, question=question, at=ago(minutes=40))
    return one, person


def answered(world: World, **more: Any) -> tuple[Appeal, Staff]:
    """The same, answered."""
    one, person = accepted(world, **more)
    draft(
        one,
        staff=person,
        decision="partly",
        text="Біз тексердік.\nДәрігерге ескерту жасалды.",
        legal_basis="Денсаулық туралы кодекс, 35-бап",
        how_to_appeal="Қорға шағымдануға болады.",
        language="kk",
        at=ago(minutes=30),
    )
    answer(one, staff=person, at=ago(minutes=20))
    return one, person
