"""The appeals behind one figure, and giving them to somebody else, one by one: each has its result."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qorgau.directory.reference import Reference, current
from qorgau.handling.assign import assign
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in, say
from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Kind
from qorgau.rules.problems import Problem
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import OPEN
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.due_words import nearness
from qorgau.workplace.queue.places import Place, Sort, in_order, place_of, read_place
from qorgau.workplace.showing import show
from qorgau.workplace.state_words import state_words
from qorgau.workplace.supervision.asked import Asked, asked_for, left_aside
from qorgau.workplace.supervision.figures import NAMES
from qorgau.workplace.wording import KINDS

ROWS_ON_A_PAGE = 50
MOST_AT_ONCE = ROWS_ON_A_PAGE

_COLUMNS = (
    "number", "kind", "topic_id", "region_id", "organisation_id", "received_at", "state", "holder_id", "assignee_id",
    "due_on", "waiting_since", "answered_at", "sensitive", "assignee__first_name", "assignee__last_name",
    "assignee__patronymic", "assignee__username",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Given:
    """What came of giving one appeal to somebody: `why_not` is empty when it worked."""

    number: str
    why_not: str = ""


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def supervision_appeals(request: HttpRequest) -> HttpResponse:
    """GET lists what a figure counts; POST gives the chosen ones to a colleague."""
    staff = staff_of(request)
    asked = asked_for(request.GET, staff)
    colleagues = _colleagues(staff)
    if request.method != "POST":
        return _show(request, asked, colleagues, all_chosen=request.GET.get("choose") == "page")
    if staff.role not in HANDLERS:
        raise PermissionDenied
    chosen = request.POST.getlist("appeal")[:MOST_AT_ONCE]
    to = colleagues.get(row_id(request.POST.get("to", "")) or 0)
    wrong = {}
    if not chosen:
        wrong["chosen"] = _("Choose the appeals to give to somebody.")
    if to is None:
        wrong["to"] = _("Choose a colleague.")
    if to is None or wrong:
        return _show(request, asked, colleagues, chosen=chosen, wrong=wrong, status=422)
    return _show(request, asked, colleagues, given=_give(chosen, staff, to), to=to)


def _give(numbers: Iterable[str], staff: Staff, to: Staff) -> list[Given]:
    """One after the other: what cannot be given stays as it is, and the others go all the same."""
    wanted = [number for number in dict.fromkeys(numbers) if "\0" not in number]
    found = {
        appeal.number: appeal
        for appeal in appeals_for(staff).filter(number__in=wanted).select_related("holder", "organisation")
    }
    results = []
    for number in wanted:
        appeal = found.get(number)
        if appeal is None:
            results.append(Given(number, _("There is no such appeal.")))
            continue
        try:
            assign(appeal, staff=staff, to=to, at=timezone.now())
            results.append(Given(number))
        except Problem as problem:
            results.append(Given(number, say(problem.sentence)))
    return results


def _show(
    request: HttpRequest,
    asked: Asked,
    colleagues: dict[int, Staff],
    *,
    chosen: Iterable[str] = (),
    all_chosen: bool = False,
    wrong: dict[str, str] | None = None,
    given: list[Given] | None = None,
    to: Staff | None = None,
    status: int = 200,
) -> HttpResponse:
    counted, reference, staff, after = asked.counted(asked.figure), current(), staff_of(request), _after(request)
    appeals = in_order(counted, Sort.DUE, after).select_related("assignee").only(*_COLUMNS)
    found = list(appeals[: ROWS_ON_A_PAGE + 1])
    more, found = len(found) > ROWS_ON_A_PAGE, found[:ROWS_ON_A_PAGE]
    address = asked.address(figure=asked.figure)
    rows = [_row(appeal, asked, reference) for appeal in found]
    to_give = [row["number"] for row in rows if row["can_be_given"]]
    here = f"&after={after.address()}" if after else ""
    context = {
        "section": "supervision",
        "title": NAMES[asked.figure],
        "left_aside": left_aside(request.GET, asked),
        "how_many": counted.order_by().count(),
        "rows": rows,
        "chosen": set(to_give if all_chosen else chosen),
        "choose_page": f"{address}{here}&choose=page" if len(to_give) > 1 and not all_chosen else "",
        "wrong": wrong or {},
        "given": given,
        "to": to,
        "colleagues": [(person.pk, person.short_name) for person in colleagues.values()],
        "can_give": staff.role in HANDLERS and bool(to_give),
        "action": reverse("desk:supervision_appeals") + address,
        "back": reverse("desk:supervision") + asked.address(),
        "first_page": address if after else "",
        "next_page": f"{address}&after={place_of(found[-1], Sort.DUE).address()}" if more else "",
    }
    return show(request, "supervision/appeals.html", context, status=status)


def _row(appeal: Appeal, asked: Asked, reference: Reference) -> dict[str, Any]:
    return {
        "number": appeal.number,
        "href": reverse("desk:appeal", args=[appeal.number]),
        "kind": KINDS[Kind(appeal.kind)],
        "topic": name_in(reference.topics.get(appeal.topic_id or 0)),
        "organisation": name_in(reference.organisations.get(appeal.organisation_id or 0)),
        "region": name_in(reference.regions.get(appeal.region_id or 0)),
        "received_at": appeal.received_at,
        "due": nearness(appeal, asked.today),
        "state": appeal.state,
        "state_words": state_words(appeal),
        "holder": name_in(reference.desks[appeal.holder_id]),
        "assignee": appeal.assignee.short_name if appeal.assignee else "",
        "sensitive": appeal.sensitive,
        "can_be_given": appeal.holder_id == asked.staff.desk_id and appeal.state in OPEN,
    }


def _colleagues(staff: Staff) -> dict[int, Staff]:
    """Who of this person's desk works on appeals today."""
    people = Staff.objects.filter(desk=staff.desk, role__in=sorted(HANDLERS), is_active=True)
    return {person.pk: person for person in people.order_by("last_name", "first_name", "pk") if person.works_today}


def _after(request: HttpRequest) -> Place | None:
    try:
        return read_place(request.GET["after"]) if "after" in request.GET else None
    except ValueError:
        return None
