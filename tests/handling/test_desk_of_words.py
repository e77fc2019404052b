"""What was written keeps the desk it was written at, wherever its author works later."""

from qorgau.handling.accept import accept
from qorgau.handling.ask_applicant import ask_applicant
from qorgau.handling.note import note
from qorgau.register.models import Message
from qorgau.rules.roles import Role
from tests.factories import NOON, World, appeal, staff


def test_notes_and_questions_keep_the_desk_of_their_author(world: World) -> None:
    clinician = staff(Role.CLINIC_SPECIALIST, world.clinic_desk)
    one = appeal(organisation_id=world.state_clinic.pk)
    accept(one, staff=clinician, at=NOON)
    note(one, staff=clinician, text="Позвонили врачу.", at=NOON)
    ask_applicant(one, staff=clinician, question="Когда это было?", at=NOON)
    clinician.desk = world.private_clinic_desk
    clinician.save()
    assert list(Message.objects.order_by("pk").values_list("direction", "desk")) == [
        ("note", world.clinic_desk.pk),
        ("to_applicant", world.clinic_desk.pk),
    ]
