"""Appeals in two regions and at two clinics, people of every role, and who may see which of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from qorgau.directory.models import Checklist, ChecklistStep
from qorgau.directory.reference import refresh
from qorgau.handling.accept import accept
from qorgau.handling.pass_on import pass_on
from qorgau.handling.request_information import request_information
from qorgau.intake.new_appeal import Person
from qorgau.intake.staging import stage
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role
from tests import factories
from tests.factories import NOON, World

ONE_PERSON = Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67")
WHO_CALLS = Person(surname="Оспанов", given_name="Ержан", iin="900101300106", phone="+7 701 000 00 67")
LOST_THE_CODE = {"came": "call", "signs": ["name", "when"], "why": "lost"}
"""Somebody who calls 1414, and what the operator marks in the form of a new code."""

FILLED_IN = {
    "reason": "причина", "text": "текст", "question": "вопрос", "reply": "ответ", "body": "комитет",
    "decision": "founded", "language": "ru", "until": "2026-07-01", "channel": "call", "to": "1", "asked": "1",
    "who": "applicant", "purpose": "contact", "tick": "1", "came": "call", "signs": ["name", "when"], "why": "lost",
    "seen_code": "1",
}  # fmt: skip
"""Every field of every form, so that no refusal is a mere complaint about a field."""


@dataclass
class Stage:
    """Appeals in two regions and at two clinics, all by one person, and who may see which."""

    world: World
    appeals: dict[str, Appeal]
    people: dict[str, Staff]
    sees: dict[str, set[str]] = field(default_factory=dict)

    def foreign(self, who: str) -> Iterator[Appeal]:
        return (appeal for name, appeal in self.appeals.items() if name not in self.sees[who])

    def own(self, who: str) -> Iterator[Appeal]:
        return (appeal for name, appeal in self.appeals.items() if name in self.sees[who])


SEES = {
    "operator": {"consultation"},
    "clinic specialist": {"clinic", "asked"},
    "clinic manager": {"clinic", "asked"},
    "other clinic's specialist": {"private", "offered"},
    "health department's specialist": {"department"},
    "other health department's specialist": set(),
    "branch specialist": {"clinic", "private", "offered", "asked", "department"},
    "branch specialist named for sensitive ones": {
        "clinic", "private", "offered", "asked", "department", "sensitive",
    },
    "branch's approver": {"clinic", "private", "offered", "asked", "department"},
    "other branch's specialist": {"elsewhere"},
    "central expert": {"consultation", "clinic", "private", "offered", "asked", "department", "elsewhere"},
    "analyst": {"consultation", "clinic", "private", "offered", "asked", "department", "elsewhere"},
    "auditor named for sensitive ones": {
        "consultation", "clinic", "private", "offered", "asked", "department", "elsewhere", "sensitive",
    },
    "branch's auditor": {"clinic", "private", "offered", "asked", "department"},
    "administrator": set(),
    "administrator without a desk": set(),
}  # fmt: skip
"""Written down by hand from DESIGN §1 and DOMAIN §5.2; not computed by what is tested."""


WORDS = {
    "sensitive": "абрикос", "clinic": "баклажан", "private": "виноград", "offered": "гранат", "asked": "дыня",
    "department": "ежевика", "elsewhere": "жасмин", "consultation": "земляника",
}  # fmt: skip
"""A word in what each appeal says, which stands nowhere else."""


def set_stage(world: World) -> Stage:
    """Appeals and people of every role, as `SEES` has them."""
    people = {
        "operator": factories.staff(Role.OPERATOR, world.contact_centre),
        "clinic specialist": factories.staff(Role.CLINIC_SPECIALIST, world.clinic_desk),
        "clinic manager": factories.staff(Role.CLINIC_MANAGER, world.clinic_desk),
        "other clinic's specialist": factories.staff(Role.CLINIC_SPECIALIST, world.private_clinic_desk),
        "health department's specialist": factories.staff(Role.HEALTH_DEPARTMENT_SPECIALIST, world.health_department),
        "other health department's specialist": factories.staff(
            Role.HEALTH_DEPARTMENT_SPECIALIST, world.other_health_department
        ),
        "branch specialist": factories.staff(Role.BRANCH_SPECIALIST, world.branch),
        "branch specialist named for sensitive ones": factories.staff(
            Role.BRANCH_SPECIALIST, world.branch, may_read_sensitive=True
        ),
        "branch's approver": factories.staff(Role.APPROVER, world.branch),
        "other branch's specialist": factories.staff(
            Role.BRANCH_SPECIALIST, world.other_branch, may_read_sensitive=True
        ),
        "central expert": factories.staff(Role.CENTRAL_EXPERT, world.centre),
        "analyst": factories.staff(Role.ANALYST, world.centre),
        "auditor named for sensitive ones": factories.staff(Role.AUDITOR, world.centre, may_read_sensitive=True),
        "branch's auditor": factories.staff(Role.AUDITOR, world.branch),
        "administrator": factories.staff(Role.ADMINISTRATOR, world.centre, may_read_sensitive=True),
        "administrator without a desk": Staff.objects.create(
            username="nowhere", role=Role.ADMINISTRATOR.value, language="en"
        ),
    }
    # A list for all, so that no tick is refused for want of a step.
    for_all = Checklist.objects.create(code="all", name_ru="Для всех")
    ChecklistStep.objects.create(pk=int(FILLED_IN["tick"]), checklist=for_all, name_ru="Позвонить")
    refresh()
    about = {"organisation_id": world.state_clinic.pk, "applicant": ONE_PERSON}
    appeals = {
        # The earlier one is sensitive: what repeats it must not name it to those who may not know of it.
        "sensitive": factories.appeal(text=_said("sensitive"), topic="extortion", **about),
        "clinic": factories.appeal(text=_said("clinic"), staged_files=(_picture(),), **about),
        "private": factories.appeal(
            text=_said("private"), organisation_id=world.private_clinic.pk, applicant=ONE_PERSON
        ),
        "offered": factories.appeal(text=_said("offered"), wish="fund", region=world.astana.kato, applicant=ONE_PERSON),
        "asked": factories.appeal(text=_said("asked"), wish="fund", region=world.astana.kato, applicant=ONE_PERSON),
        "department": factories.appeal(
            text=_said("department"), answered_by_desk_kind=DeskKind.CLINIC.value, region=world.astana.kato, **about
        ),
        "elsewhere": factories.appeal(
            text=_said("elsewhere"),
            wish="fund",
            region=world.almaty.kato,
            applicant=ONE_PERSON,
            staged_files=(_picture(),),
        ),
        "consultation": factories.appeal(text=_said("consultation"), applicant=ONE_PERSON),
    }
    made = Stage(world, appeals, people, SEES)
    for who in ("branch specialist named for sensitive ones", "auditor named for sensitive ones"):
        factories.name(appeals["sensitive"], people[who])
    specialist = people["branch specialist"]
    for name in ("offered", "asked"):
        accept(appeals[name], staff=specialist, at=NOON)
    pass_on(appeals["offered"], staff=specialist, to=world.private_clinic_desk, reason="Ваш пациент", at=NOON)
    request_information(appeals["asked"], staff=specialist, asked=world.clinic_desk, question="Что было?", at=NOON)
    for name in appeals:
        appeals[name].refresh_from_db()
    return made


def _said(name: str) -> str:
    return f"Терапевт отказался принять без объяснения причин. {WORDS[name].capitalize()}."


def _picture() -> str:
    picture = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
        b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
    )
    return stage(SimpleUploadedFile("тайна.png", picture, "image/png"), at=timezone.now()).token
