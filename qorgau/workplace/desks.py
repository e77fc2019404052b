"""Finding a desk by words: a clinic's by its organisation, the others by their own name or their region's."""

from dataclasses import dataclass

from django.utils import timezone

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.lib.folding import fold
from qorgau.lib.speech import name_in
from qorgau.rules.ladder import DeskKind
from qorgau.workplace.organisations import found_organisations

MOST = 12


@dataclass(frozen=True, slots=True)
class DeskOption:
    """A desk to choose: its name, and where it is."""

    value: int
    label: str
    detail: str


def option(desk: Desk) -> DeskOption:
    """A desk as a form offers it."""
    organisation = name_in(desk.organisation) if desk.organisation_id else ""
    region = name_in(desk.region) if desk.region_id else ""
    details = (str(desk.get_kind_display()), organisation, region)
    return DeskOption(desk.pk, name_in(desk), ", ".join(detail for detail in details if detail))


def found_desks(words: str, *, region_id: int | None = None) -> list[Desk]:
    """Desks in force that the words mean: the Fund's and the health departments' first, then clinics of the region."""
    wanted = fold(words).split()
    if not wanted:
        return []
    reference, today = current(), timezone.localdate()
    by_name = [
        desk
        for desk in reference.desks.values()
        if desk.kind != DeskKind.CLINIC and desk.holds_on(today) and all(word in _folded(desk) for word in wanted)
    ]
    clinics = (
        reference.desk_of(DeskKind.CLINIC, organisation_id=organisation.pk)
        for organisation in found_organisations(words, first_of=region_id)
    )
    return [*by_name, *(desk for desk in clinics if desk is not None)][:MOST]


def _folded(desk: Desk) -> str:
    rows = (desk, desk.region) if desk.region else (desk,)
    return fold(" ".join(name for row in rows for name in (row.name_kk, row.name_ru, row.name_en) if name))
