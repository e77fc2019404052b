"""Who looked at whose data, for the security officer: unusual patterns first, then every opening, the latest first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Opening
from qorgau.register.openings import OVERVIEW, WORK, opened_lately
from qorgau.register.scope import openings_for
from qorgau.rules.roles import Role
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.callers import CALLER
from qorgau.workplace.card.verb_choices import ADDRESSES
from qorgau.workplace.export.purposes import PURPOSES as TAKING
from qorgau.workplace.finding.page import SEARCH
from qorgau.workplace.looked_for import MOST_NAMED, Whose, people_called, whose_data
from qorgau.workplace.openings import note_opening
from qorgau.workplace.openings_asked import KINDS, PeriodForm, Wanted, left_aside, wanted_by
from qorgau.workplace.showing import show
from qorgau.workplace.wording import PURPOSES_OF_LOOKING, VERBS

ROWS_ON_A_PAGE = 50
UNUSUAL_PEOPLE = 15

_FORMERLY_STATUS = "insurance"

PARTS = {
    "card": gettext_lazy("The card"),
    "form": gettext_lazy("The page of a step"),
    "contacts": gettext_lazy("Contacts and IIN in full"),
    "file": gettext_lazy("A file"),
    "person": gettext_lazy("The applicant’s card"),
    "status": gettext_lazy("The insured status in the register"),
    "export": gettext_lazy("An export"),
}


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def who_looked(request: HttpRequest) -> HttpResponse:
    """The openings of a period, of one member of staff, of one appeal or of a person's; those who stand out, above.

    The form comes by POST and leads to an address, which can be kept. Only what an IIN, a telephone or an e-mail
    address finds has none: the page itself is the answer, and goes on by further forms.
    """
    officer = staff_of(request)
    if officer.role != Role.AUDITOR:
        raise PermissionDenied
    if request.method == "POST":
        return _asked_by_form(request, officer)
    wanted = wanted_by(request.GET)
    notes = left_aside(request.GET, wanted)
    if (number := request.GET.get("number", "").strip()) and not wanted.number:
        notes.append(_("“%(words)s” is no number of an appeal.") % {"words": number[:40]})
    return _page(request, wanted, _narrowed(openings_for(officer), wanted), notes=notes)


def _asked_by_form(request: HttpRequest, officer: Staff) -> HttpResponse:
    period = PeriodForm(request.POST, auto_id="%s")
    wanted = wanted_by(request.POST)
    if not period.is_valid():
        # Of no period that was not asked for: nobody must take it for the one that was.
        return _page(request, wanted, openings_for(officer).none(), notes=[], period=period)
    whose = whose_data(request.POST.get("whose", ""))
    if whose.number:
        wanted = replace(wanted, number=whose.number)
    notes = [whose.note] if whose.note else []
    meant: Sequence[Staff] = ()
    if called := request.POST.get("who", "").strip():
        wanted = replace(wanted, staff_id=None)
        meant = people_called(called, whose.narrow(_narrowed(openings_for(officer), wanted)))
        if not meant:
            notes.append(_("Nobody called “%(words)s” opened anything in this period.") % {"words": called[:40]})
        elif len(meant) == 1:
            wanted, meant, called = replace(wanted, staff_id=meant[0].pk), (), ""
    if whose.appeals is None and not called and not notes:
        return redirect(wanted.address())
    openings = whose.narrow(_narrowed(openings_for(officer), wanted))
    if called:
        openings = openings.filter(staff__in=meant)
    return _page(request, wanted, openings, notes=notes, whose=whose, meant=meant)


def _page(
    request: HttpRequest,
    wanted: Wanted,
    openings: QuerySet[Opening],
    *,
    notes: list[str],
    period: PeriodForm | None = None,
    whose: Whose | None = None,
    meant: Sequence[Staff] = (),
) -> HttpResponse:
    by_form = whose is not None and whose.appeals is not None
    rows = list(_of_kind(openings, wanted).select_related("staff", "appeal").order_by("-id")[: ROWS_ON_A_PAGE + 1])
    more, rows = len(rows) > ROWS_ON_A_PAGE, rows[:ROWS_ON_A_PAGE]
    if by_form:
        _write_down_once(request, {row.appeal_id for row in rows})
    context = {
        "section": "who_looked",
        "wanted": wanted,
        "period": period or PeriodForm(initial={"since": wanted.since, "until": wanted.until}, auto_id="%s"),
        "refused": period is not None,
        "typed": {"whose": request.POST.get("whose", wanted.number), "who": request.POST.get("who", "")},
        "by_form": by_form,
        "meant": [_who(person) | _to(replace(wanted, staff_id=person.pk)) for person in meant[:MOST_NAMED]],
        "more_meant": len(meant) > MOST_NAMED,
        "notes": notes,
        "kinds": KINDS,
        "people": [row | _to(replace(wanted, staff_id=row["id"])) for row in _people(openings)]
        if not wanted.before
        else [],
        "rows": [_row(opening) for opening in rows],
        "chosen": Staff.objects.filter(pk=wanted.staff_id).first() if wanted.staff_id else None,
        "everybody": _to(replace(wanted, staff_id=None, before=None)),
        "first_page": _to(replace(wanted, before=None)) if wanted.before else None,
        "next_page": _to(replace(wanted, before=rows[-1].pk)) if more else None,
    }
    return show(request, "who_looked.html", context, status=422 if period else 200)


def _write_down_once(request: HttpRequest, appeals: set[int]) -> None:
    """The officer is told whose appeals these are, which is a look like others; page after page it is one look."""
    known = opened_lately(staff_of(request), appeals, part="person", at=timezone.now())
    note_opening(request, sorted(appeals - known), part="person", purpose=SEARCH)


def _to(wanted: Wanted) -> dict[str, Any]:
    """Where a press leads: an address, or what a form holds beside whose data are looked for."""
    return {"href": wanted.address(), "values": wanted.values()}


def _narrowed(openings: QuerySet[Opening], wanted: Wanted) -> QuerySet[Opening]:
    openings = openings.filter(at__gte=_midnight(wanted.since), at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.staff_id:
        openings = openings.filter(staff_id=wanted.staff_id)
    if wanted.number:
        openings = openings.filter(appeal__number=wanted.number)
    return openings


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _of_kind(openings: QuerySet[Opening], wanted: Wanted) -> QuerySet[Opening]:
    if wanted.kind == "unusual":
        openings = openings.filter(Q(outside=True) | Q(off_hours=True))
    elif wanted.kind == "contacts":
        openings = openings.filter(part="contacts")
    elif wanted.kind == "status":
        # The second is how they were written before they were a part of their own.
        openings = openings.filter(Q(part="status") | Q(part="form", purpose=_FORMERLY_STATUS))
    return openings.filter(id__lt=wanted.before) if wanted.before else openings


def _people(openings: QuerySet[Opening]) -> list[dict[str, Any]]:
    """Who opened how much, whoever stands out first: outside the work of the desk, and when nobody works."""
    counted = (
        openings.values("staff_id")
        .annotate(
            openings=Count("id"),
            appeals=Count("appeal_id", distinct=True),
            contacts=Count("id", filter=Q(part="contacts")),
            not_theirs=Count("id", filter=Q(outside=True)),
            at_night=Count("id", filter=Q(off_hours=True)),
            unusual=F("not_theirs") + F("at_night"),
        )
        .order_by("-unusual", "-openings", "staff_id")[:UNUSUAL_PEOPLE]
    )
    rows = list(counted)
    people = Staff.objects.in_bulk([row["staff_id"] for row in rows])
    return [row | _who(people[row["staff_id"]]) for row in rows]


def _who(person: Staff) -> dict[str, Any]:
    desk = current().desks.get(person.desk_id or 0)
    return {"id": person.pk, "name": person.get_full_name() or person.username, "desk": name_in(desk)}


def _row(opening: Opening) -> dict[str, Any]:
    return {
        "at": opening.at,
        "staff_id": opening.staff_id,
        "name": opening.staff.short_name,
        "desk": name_in(current().desks.get(opening.desk_id or 0)),
        "number": opening.appeal.number,
        "part": PARTS[opening.part],
        "purpose": purpose_words(opening.purpose, part=opening.part),
        "outside": opening.outside,
        "off_hours": opening.off_hours,
    }


_STEPS = {address.partition(":")[2]: VERBS[verb] for verb, address in ADDRESSES.items()}
_OTHER_PURPOSES = {
    WORK: gettext_lazy("Work of the desk on the appeal"),
    OVERVIEW: gettext_lazy("Overview: the desk takes no part in the appeal"),
    _FORMERLY_STATUS: gettext_lazy("The insured status of the person"),
    CALLER: gettext_lazy("Somebody called who had lost the number or the code"),
    "case_file": gettext_lazy("The whole case as a file"),
    "run_macro": gettext_lazy("A macro"),
    SEARCH: gettext_lazy("Search"),
}


def purpose_words(purpose: str, *, part: str) -> str:
    """What a part of an appeal was opened for, in words; a code without words stands for itself.

    The same code may mean a step and a reason to look at contacts: “answer” is both.
    """
    reasons = (_OTHER_PURPOSES, PURPOSES_OF_LOOKING, TAKING)
    tables = (_STEPS, *reasons) if part == "form" else (*reasons, _STEPS)
    words = next((table[purpose] for table in tables if purpose in table), "")
    return str(words or purpose)
