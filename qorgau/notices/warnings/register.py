"""What the insured register says of many people, so that they can be warned."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from qorgau.insured.answers import Answer, NotAnswering
from qorgau.insured.lookup import Purpose, look_up_people
from qorgau.insured.models import Load

WHO = "system:warnings"
"""How these look-ups are called in the journal."""


class RegisterSilent(Exception):
    """The register says nothing now; later it may."""


def what_serves() -> str:
    """Another word for every state of the register: which load came last, and whether it still stands. "" for none."""
    last = Load.objects.filter(state__in=(Load.SERVING, Load.ROLLED_BACK)).first()
    return f"{last.pk} {last.state}" if last else ""


def ask(people: Sequence[UUID]) -> Mapping[UUID, Answer]:
    """The answers by person, each written down in the journal. Raises RegisterSilent."""
    answers = look_up_people(people, purpose=Purpose.WARNING, who=WHO)
    for answer in answers.values():
        if isinstance(answer, NotAnswering):
            raise RegisterSilent(answer.reason)
    return answers
