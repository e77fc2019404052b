"""Desks of clinics: an organisation may have one, its patient support and internal expertise service (DOMAIN §5.1)."""

from qorgau.directory.models import Desk, Organisation
from qorgau.rules.ladder import DeskKind

_LONGEST_NAME = 330  # leaves room for the name of the service in 400 characters


def clinic_desk(organisation: Organisation) -> Desk:
    """A desk for an organisation, not yet saved."""
    kazakh, russian, english = (
        name[:_LONGEST_NAME]
        for name in (
            organisation.name_kk or organisation.name_ru,
            organisation.name_ru,
            organisation.name_en or organisation.name_ru,
        )
    )
    return Desk(
        kind=DeskKind.CLINIC.value,
        region=organisation.region,
        organisation=organisation,
        name_kk=f"{kazakh}: пациентті қолдау және ішкі сараптама қызметі",
        name_ru=f"{russian}: служба поддержки пациента и внутренней экспертизы",
        name_en=f"{english}: patient support and internal expertise service",
    )
