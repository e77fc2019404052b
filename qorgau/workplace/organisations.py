"""Finding a medical organisation by words, for filters and forms of the desk."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qorgau.directory.models import Organisation
from qorgau.directory.organisation_search import find
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.workplace.access import staff_page
from qorgau.workplace.showing import show

MOST = 20


@dataclass(frozen=True, slots=True)
class OrganisationOption:
    """An organisation to choose: its name, and where it is; the choice of none has no value."""

    value: int | str
    label: str
    detail: str


def found_organisations(words: str, *, first_of: int | None = None) -> list[Organisation]:
    """The organisations that the words mean, the likeliest first; those of one region before all others."""
    rows = current().organisations
    of_the_region = find(words, region_id=first_of, limit=MOST) if first_of else []
    ids = dict.fromkeys(match.organisation_id for match in (*of_the_region, *find(words, limit=MOST)))
    return [rows[key] for key in ids if key in rows][:MOST]


def option(organisation: Organisation) -> OrganisationOption:
    """An organisation as a form offers it."""
    details = (organisation.district, name_in(organisation.region), organisation.address)
    return OrganisationOption(organisation.pk, name_in(organisation), ", ".join(detail for detail in details if detail))


@staff_page
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """What was found, as the part of a form in which one is chosen."""
    words = request.GET.get("organisation_words", "")
    options = [option(organisation) for organisation in found_organisations(words)]
    return show(request, "organisations_found.html", {"searched": words, "options": options})
