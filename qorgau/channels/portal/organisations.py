"""Medical organisations as a person looks for them: a few suggestions for what was typed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from qorgau.directory.models import Organisation
from qorgau.directory.organisation_search import find
from qorgau.directory.reference import current
from qorgau.lib.folding import fold
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in

_AT_MOST = 8
_SHORTEST_SEARCH, _LONGEST_SEARCH = 2, 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An organisation to choose."""

    value: str
    label: str
    detail: str


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """What was found for the words typed so far, as a fragment that the form puts below its field."""
    typed = request.GET.get("organisation", "")[:_LONGEST_SEARCH].strip()
    if len(typed) < _SHORTEST_SEARCH:
        return HttpResponse()
    found = suggestions(typed, request.GET.get("region", ""))
    return render(request, "portal/writing/organisations.html", {"options": found, "typed": typed})


def suggestions(typed: str, kato: str, chosen: str = "") -> list[Suggestion]:
    """Organisations for what was typed, the chosen one first, and a way to choose none of them."""
    known, region = current().organisations, current().region_by_kato(kato)
    found = find(typed, region_id=region.pk if region else None, limit=_AT_MOST) if typed.strip() else []
    rows = [known[match.organisation_id] for match in found if match.organisation_id in known]
    picked = known.get(row_id(chosen) or 0)
    if picked is not None:
        rows = [picked, *(row for row in rows if row.pk != picked.pk)]
    if not rows:
        return []
    none_of_them = Suggestion("", _("None of these"), _("What you typed is kept as you typed it."))
    return [*(_suggestion(row) for row in rows), none_of_them]


def meant(chosen: str, typed: str, typed_then: str, kato: str) -> str:
    """The choice, unless words that do not mean it were typed after it was offered."""
    if not typed_then or fold(typed) == fold(typed_then):
        return chosen
    # Whoever types on while the list for the first words stands there may well choose from it.
    return chosen if any(found.value == chosen for found in suggestions(typed, kato)) else ""


def _suggestion(row: Organisation) -> Suggestion:
    where = (name_in(row.region), row.district, row.address)
    return Suggestion(str(row.pk), name_in(row), ", ".join(dict.fromkeys(part for part in where if part)))
