"""Finding a medical organisation by words, for filters and forms of the desk."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from qorgau.directory.models import Organisation, Region
from qorgau.directory.organisation_search import find
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.showing import show

MOST = 20


@dataclass(frozen=True, slots=True)
class OrganisationOption:
    """An organisation to choose: its name, and where it is; the choice of none has no value."""

    value: int | str
    label: str
    detail: str


def found_organisations(
    words: str, *, first_of: int | None = None, most: int = MOST, like: float = 0.0
) -> list[Organisation]:
    """The organisations that the words mean, the likeliest first; those of one region before all others. At most so
    many, none less `like` the words than this.
    """
    rows = current().organisations
    of_the_region = find(words, region_id=first_of, limit=most) if first_of else []
    matches = (*of_the_region, *find(words, limit=most))
    ids = dict.fromkeys(match.organisation_id for match in matches if match.score >= like)
    return [rows[key] for key in ids if key in rows][:most]


def home_region(staff: Staff) -> int | None:
    """The region of the reader's desk, where it has one."""
    desk = current().desks.get(staff.desk_id or 0)
    return desk.region_id if desk else None


def option(organisation: Organisation) -> OrganisationOption:
    """An organisation as a form offers it."""
    details = (organisation.district, name_in(organisation.region), organisation.address)
    return OrganisationOption(organisation.pk, name_in(organisation), ", ".join(detail for detail in details if detail))


def found_for_form(words: str, region: Region | None, staff: Staff) -> list[OrganisationOption]:
    """What a form offers for words: those of the case's own region first; where it is not known, of the desk's."""
    first_of = region.pk if region else home_region(staff)
    return [option(row) for row in found_organisations(words, first_of=first_of)]


def is_meant_by(words: str, organisation: Organisation) -> bool:
    """Whether a form that searches for these words offers this organisation, whatever region comes first there."""
    return organisation in found_organisations(words, first_of=organisation.region_id)


def search_address(region: Region | None) -> str:
    """Where a form asks for organisations while somebody types."""
    return reverse("desk:organisations") + (f"?region={region.kato}" if region else "")


@staff_page
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """What was found, as the part of a form in which one is chosen."""
    words = request.GET.get("organisation_words", "")
    region = current().region_by_kato(request.GET.get("region", ""))
    options = found_for_form(words, region, staff_of(request))
    return show(request, "organisations_found.html", {"searched": words, "options": options})
