"""The applicant sees who opened their appeal: which desk, on which day, what. Not the name of the person: that is for
those who look into misuse.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qorgau.channels.portal.tracking.addresses import address
from qorgau.channels.portal.tracking.asking import ask_again
from qorgau.channels.portal.tracking.opened import opened_version
from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.lib.statements import first_row

MOST_ROWS = 200

PARTS: dict[str, Promise] = {
    "card": _("the appeal"),
    "form": _("the appeal, while working on it"),
    "contacts": _("your contacts and IIN in full"),
    "file": _("your files"),
    "person": _("your earlier appeals"),
    "status": _("the insured status in the register"),
    "export": _("a list with your appeal in it"),
}

_READ = """
SELECT a.code_version,
    (SELECT json_agg(json_build_array(g.first, g.last, g.times, g.desk_id, g.parts) ORDER BY g.last DESC)
        FROM (SELECT min(o.at) AS first, max(o.at) AS last, count(*) AS times, o.desk_id,
                array_agg(DISTINCT o.part) AS parts
            FROM register_opening o WHERE o.appeal_id = a.id
            GROUP BY o.desk_id, (o.at AT TIME ZONE $2)::date ORDER BY max(o.at) DESC LIMIT $3) AS g)
FROM register_appeal a WHERE a.number = $1
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What one desk opened on one day."""

    desk: str
    first: datetime
    until: str
    times: int
    parts: list[Any]


@never_cache
@require_safe
def who_looked(request: HttpRequest, number: str) -> HttpResponse:
    """The page, one statement; whoever has not opened the appeal with number and code is asked for them."""
    opened = opened_version(request, number)
    row = first_row(_READ, [number, settings.TIME_ZONE, MOST_ROWS]) if opened is not None else None
    if row is None or row[0] != opened:
        return ask_again(request, number, "", None)
    looks = [_look(*read) for read in row[1] or ()]
    page = {"number": number, "address": address, "looks": looks}
    return render(request, "portal/tracking/who_looked.html", page)


def _look(first: str, last: str, times: int, desk_id: int | None, parts: list[str]) -> Look:
    return Look(
        desk=name_in(current().desks.get(desk_id or 0)),
        first=datetime.fromisoformat(first),
        until=f"{timezone.localtime(datetime.fromisoformat(last)):%H:%M}",
        times=times,
        parts=[words for part, words in PARTS.items() if part in parts],
    )
