"""Who works in the demo: one named account per role, and silent colleagues at the other desks."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.people.models import Staff
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import Role

ASTANA = "710000000"
_WORKER = {
    DeskKind.CONTACT_CENTRE: Role.OPERATOR,
    DeskKind.CLINIC: Role.CLINIC_SPECIALIST,
    DeskKind.HEALTH_DEPARTMENT: Role.HEALTH_DEPARTMENT_SPECIALIST,
    DeskKind.BRANCH: Role.BRANCH_SPECIALIST,
    DeskKind.CENTRE: Role.CENTRAL_EXPERT,
}
_NAMES = {
    Role.OPERATOR: ("Әлиева", "Жанар", "Маратқызы"),
    Role.CLINIC_SPECIALIST: ("Бекова", "Салтанат", "Ерланқызы"),
    Role.CLINIC_MANAGER: ("Ким", "Ольга", "Сергеевна"),
    Role.HEALTH_DEPARTMENT_SPECIALIST: ("Дүйсенов", "Қайрат", "Болатұлы"),
    Role.BRANCH_SPECIALIST: ("Мұратов", "Асхат", "Серікұлы"),
    Role.APPROVER: ("Нұрғалиева", "Гүлмира", "Талғатқызы"),
    Role.CENTRAL_EXPERT: ("Петров", "Андрей", "Викторович"),
    Role.ANALYST: ("Ысқақова", "Мәдина", "Қанатқызы"),
    Role.ADMINISTRATOR: ("Тілеуов", "Даниар", "Маратұлы"),
    Role.AUDITOR: ("Соколова", "Елена", "Павловна"),
}


@dataclass
class Cast:
    """Everybody who can act, found by desk."""

    workers: dict[int, Staff] = field(default_factory=dict)
    heads: dict[int, Staff] = field(default_factory=dict)
    named: list[Staff] = field(default_factory=list)

    def worker(self, desk: Desk) -> Staff:
        """Who works on appeals at this desk."""
        return self.workers[desk.pk]

    def head(self, desk: Desk) -> Staff:
        return self.heads[desk.pk]


def engage(clinic: Desk) -> Cast:
    """Staff every desk. The named accounts sit at the Astana desks, at this clinic and in the Fund's centre."""
    reference = current()
    region = reference.region_by_kato(ASTANA)
    assert region is not None, "the reference data have Astana"
    cast = Cast()
    hashed = make_password(password())
    desks = [desk for desk in reference.desks.values() if desk.holds_on(timezone.localdate())]
    home = {
        clinic.pk,
        *(
            desk.pk
            for kind in DeskKind
            if kind != DeskKind.CLINIC
            if (desk := reference.desk_of(kind, region_id=region.pk)) is not None
        ),
    }
    for desk in desks:
        role = _WORKER[DeskKind(desk.kind)]
        head_role = Role.CLINIC_MANAGER if desk.kind == DeskKind.CLINIC else Role.APPROVER
        cast.workers[desk.pk] = _member(role, desk, hashed, named=desk.pk in home)
        # Of the approvers, the one who is named sits at the branch.
        named = desk.pk in home and desk.kind in (DeskKind.CLINIC, DeskKind.BRANCH)
        cast.heads[desk.pk] = _member(head_role, desk, hashed, named=named)
    centre = reference.desk_of(DeskKind.CENTRE)
    assert centre is not None, "the reference data have the Fund's centre"
    readers = [_member(role, centre, hashed, named=True) for role in (Role.ANALYST, Role.ADMINISTRATOR, Role.AUDITOR)]
    made = Staff.objects.bulk_create(
        {id(p): p for p in (*cast.workers.values(), *cast.heads.values(), *readers)}.values()
    )
    cast.named = sorted(
        (p for p in made if p.username in _NAMED.values()), key=lambda p: list(_NAMED.values()).index(p.username)
    )
    return cast


_NAMED = {role: role.value.replace("_", "-") for role in _NAMES}


def named_accounts() -> list[Staff]:
    """The accounts that the demo prints, one per role."""
    found = {
        person.username: person for person in Staff.objects.filter(username__in=_NAMED.values()).select_related("desk")
    }
    return [found[name] for name in _NAMED.values() if name in found]


def password() -> str:
    """The password of the demo accounts: made once per installation and kept beside its data."""
    file = Path(settings.VAR) / "demo.json"
    if file.exists():
        return str(json.loads(file.read_text())["password"])
    made = "-".join(secrets.choice(_WORDS) for _ in range(4))
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w") as out:
        json.dump({"password": made}, out)
    return made


_WORDS = [
    "alma",
    "aspan",
    "bulaq",
    "dala",
    "gul",
    "jel",
    "juldyz",
    "kitap",
    "kol",
    "kun",
    "kusbegi",
    "meken",
    "mereke",
    "nan",
    "orman",
    "qala",
    "qorgau",
    "samal",
    "saya",
    "shamal",
    "tau",
    "teniz",
    "toqym",
    "tulpar",
    "ulytau",
    "umit",
    "zere",
    "zhibek",
]


def _member(role: Role, desk: Desk, hashed: str, *, named: bool) -> Staff:
    surname, name, patronymic = _NAMES[role]
    return Staff(
        username=_NAMED[role] if named else f"{_NAMED[role]}-{desk.pk}",
        password=hashed,
        role=role.value,
        desk=desk,
        last_name=surname,
        first_name=name,
        patronymic=patronymic,
        language="kk" if not named else "ru",
        may_read_sensitive=desk.kind in (DeskKind.BRANCH, DeskKind.CENTRE) and role != Role.ANALYST,
    )
