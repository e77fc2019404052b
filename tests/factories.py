"""The small world most tests live in: two regions, their desks, two clinics, terms, and people to work there.

Everything goes through the same models and functions as real data; what matters to a test is set by the test.
"""

from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from qorgau.directory.attachment import missing_attachment_rows
from qorgau.directory.changes import new_version
from qorgau.directory.models import DeadlinePolicy, Desk, Organisation, Region, Topic
from qorgau.directory.reference import refresh
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.submit import submit
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, NamedReader
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.ladder import DeskKind, Ownership
from qorgau.rules.roles import Role

ALMATY = ZoneInfo("Asia/Almaty")
# A Tuesday in working hours, with no holiday near.
NOON = datetime(2026, 6, 2, 12, 0, tzinfo=ALMATY)
_serial = count(1)


@dataclass(frozen=True)
class World:
    """Two regions with a branch and a health department each, a state and a private clinic in the first."""

    astana: Region
    almaty: Region
    state_clinic: Organisation
    private_clinic: Organisation
    contact_centre: Desk
    centre: Desk
    branch: Desk
    other_branch: Desk
    health_department: Desk
    other_health_department: Desk
    clinic_desk: Desk
    private_clinic_desk: Desk


def world() -> World:
    """Make the small world and let the reference data of this process see it."""
    astana = Region.objects.create(
        kato="710000000", iso="KZ-71", **_names("Астана қаласы", "город Астана", "Astana city")
    )
    almaty = Region.objects.create(
        kato="750000000", iso="KZ-75", **_names("Алматы қаласы", "город Алматы", "Almaty city")
    )
    state = organisation(astana, name="Городская поликлиника №4", ownership=Ownership.STATE)
    private = organisation(astana, name="Клиника «Шипа»", ownership=Ownership.PRIVATE)
    _terms()
    Topic.objects.create(code="refusal", appeal_kind="complaint", **_names("Бас тарту", "Отказ в помощи", "Refusal"))
    Topic.objects.create(
        code="extortion", appeal_kind="complaint", sensitive=True, **_names("Пара", "Вымогательство", "Extortion")
    )
    made = World(
        astana=astana,
        almaty=almaty,
        state_clinic=state,
        private_clinic=private,
        contact_centre=desk(DeskKind.CONTACT_CENTRE, "Контакт-центр 1414"),
        centre=desk(DeskKind.CENTRE, "Центральный аппарат Фонда"),
        branch=desk(DeskKind.BRANCH, "Филиал по городу Астана", region=astana),
        other_branch=desk(DeskKind.BRANCH, "Филиал по городу Алматы", region=almaty),
        health_department=desk(DeskKind.HEALTH_DEPARTMENT, "УЗ города Астана", region=astana),
        other_health_department=desk(DeskKind.HEALTH_DEPARTMENT, "УЗ города Алматы", region=almaty),
        clinic_desk=desk(DeskKind.CLINIC, "СПП поликлиники №4", region=astana, organisation=state),
        private_clinic_desk=desk(DeskKind.CLINIC, "СПП клиники «Шипа»", region=astana, organisation=private),
    )
    new_version(organisations=True)
    refresh()
    return made


def organisation(region: Region, *, name: str, ownership: Ownership = Ownership.STATE, **more: Any) -> Organisation:
    return Organisation.objects.create(
        source_key=f"test-{next(_serial)}", region=region, name_ru=name, ownership=ownership.value, **more
    )


def desk(kind: DeskKind, name: str, **more: Any) -> Desk:
    return Desk.objects.create(kind=kind.value, name_ru=name, **more)


def staff(role: Role, at: Desk, **more: Any) -> Staff:
    """Somebody who works at a desk. The password is "a long password"."""
    person = Staff(
        username=more.pop("username", f"{role.value}-{next(_serial)}"),
        role=role.value,
        desk=at,
        first_name="Айгүл",
        last_name="Сейітова",
        language=more.pop("language", "en"),
        **more,
    )
    person.set_password("a long password")
    person.save()
    return person


def new_appeal(**more: Any) -> NewAppeal:
    """A complaint as the portal would bring it, at noon."""
    return NewAppeal(
        **{
            "channel": Channel.PORTAL,
            "kind": Kind.COMPLAINT,
            "text": "Терапевт отказался принять без объяснения причин.",
            "delivery_key": f"test-{next(_serial)}",
            "received_at": NOON,
            "language": "ru",
            "applicant": Person(surname="Оспанов", given_name="Ержан", phone="+7 701 000 00 67"),
            **more,
        }
    )


def appeal(**more: Any) -> Appeal:
    """An appeal that went through intake."""
    receipt = submit(new_appeal(**more))
    return Appeal.objects.get(number=receipt.number)


def attachment() -> None:
    """What attachment to clinics rests on: the rows that come with Qorgau, two topics, one working day till six."""
    for row in missing_attachment_rows():
        row.save()
    names = _names("Тіркелу", "Прикрепление", "Attachment")
    Topic.objects.create(
        code="attachment-change", appeal_kind="application", desk_kind="clinic", own_term="attachment", **names
    )
    Topic.objects.create(
        code="attached-without-consent", appeal_kind="complaint", desk_kind="branch", defect_codes=["5.2"], **names
    )
    DeadlinePolicy.objects.create(
        purpose="attachment", term=1, unit="working_days", taken_until=time(18), basis="Приказ", basis_en="The order",
        source_mark="V", name_ru="Прикрепление",
    )  # fmt: skip
    refresh()


def name(one: Appeal, *people: Staff) -> None:
    """Name these people to read a sensitive appeal, as its head would have done at noon."""
    NamedReader.objects.bulk_create(
        NamedReader(appeal=one, staff=person, reason="Работает с ним", named_at=NOON, named_by=person)
        for person in people
    )


def _terms() -> None:
    rows = [
        # purpose, desk, term, unit, extension in months, days to tell
        ("consideration", "", 15, "working_days", 2, 3),
        ("support_service", "clinic", 5, "calendar_days", 0, 0),
        ("consultation", "contact_centre", 1, "working_days", 0, 0),
        ("redirection", "", 3, "working_days", 0, 0),
        ("information_request", "", 5, "working_days", 0, 0),
        ("rating", "", 30, "calendar_days", 0, 0),
        ("next_stage", "", 3, "months", 0, 0),
    ]
    DeadlinePolicy.objects.bulk_create(
        DeadlinePolicy(
            purpose=purpose,
            desk_kind=desk_kind,
            term=term,
            unit=unit,
            extension_months=extension,
            notice_days=notice,
            basis="АППК",
            source_mark="V",
            valid_from=date(2015, 1, 1),
            name_ru=purpose,
        )
        for purpose, desk_kind, term, unit, extension, notice in rows
    )


def _names(kk: str, ru: str, en: str) -> dict[str, str]:
    return {"name_kk": kk, "name_ru": ru, "name_en": en}
