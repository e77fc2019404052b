"""Sensitive appeals: that they exist, for those who may know, and who was named to read each of them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.handling.sensitive import end_naming, may_name, name_reader, nameable, readers_of, say_concerned
from qorgau.lib.speech import name_in, say
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Concerned, NamedReader
from qorgau.register.scope import appeals_for, sensitive_known_to
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.states import OPEN
from qorgau.workplace.access import staff_of, staff_page
from qorgau.workplace.due_words import nearness
from qorgau.workplace.showing import show
from qorgau.workplace.state_words import words_of_state
from qorgau.workplace.verbs.words import reason_field

ROWS_ON_A_PAGE = 50

ACTS = {"name": name_reader, "end": end_naming, "concerns": say_concerned}


@staff_page
@require_safe
def sensitive(request: HttpRequest) -> HttpResponse:
    """The open sensitive appeals that this person may know of: number, due date, holder, how many read it."""
    staff = staff_of(request)
    if not staff.may_read_sensitive:
        raise PermissionDenied
    known = sensitive_known_to(staff).filter(state__in=sorted(OPEN))
    readers = Count("named_readers", filter=Q(named_readers__ended_at__isnull=True))
    rows = list(known.annotate(readers=readers).order_by("due_on", "pk")[: ROWS_ON_A_PAGE + 1])
    mine = set(appeals_for(staff).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    context = {
        "section": "sensitive",
        "rows": [_row(row, row.pk in mine) for row in rows[:ROWS_ON_A_PAGE]],
        "more": len(rows) > ROWS_ON_A_PAGE,
    }
    return show(request, "sensitive.html", context)


def _row(appeal: Any, readable: bool) -> dict[str, Any]:
    return {
        "number": appeal.number,
        "state": appeal.state,
        "state_words": words_of_state(appeal.state, holder_id=appeal.holder_id, topic_id=None),
        "due": nearness(appeal, timezone.localdate()),
        "holder": name_in(current().desks.get(appeal.holder_id)),
        "readers": appeal.readers,
        "readable": readable,
    }


class ReaderForm(forms.Form):
    """Who, what becomes of them, and why."""

    act = forms.ChoiceField(
        label=_("What to do"),
        choices=[
            ("name", _("Name to read the appeal")),
            ("end", _("No longer reads it")),
            ("concerns", _("The appeal is about this colleague: never reads it")),
        ],
        initial="name",
        widget=forms.RadioSelect,
    )
    reader = forms.TypedChoiceField(
        label=_("Colleague"), coerce=int, error_messages={"required": _("Choose a colleague.")}
    )
    reason = reason_field()
    seen_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        choices = [(person.pk, _named(person)) for person in people]
        self.fields["reader"].choices = [("", _("Choose a colleague")), *choices]  # type: ignore[attr-defined]


@method_decorator(staff_page, name="dispatch")
class Readers(View):
    """Who reads one sensitive appeal; those who name readers name them here, without reading it themselves."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        appeal = _known(request, number)
        form = ReaderForm(people=_people(appeal), initial={"seen_version": appeal.version})
        return self._show(request, appeal, form)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        appeal, staff = _known(request, number), staff_of(request)
        if not may_name(appeal, staff):
            raise PermissionDenied
        form = ReaderForm(request.POST, people=_people(appeal))
        if not form.is_valid():
            return self._show(request, appeal, form, status=422)
        said = form.cleaned_data
        reader = form.people[said["reader"]]
        try:
            ACTS[said["act"]](
                appeal,
                staff=staff,
                reader=reader,
                reason=said["reason"],
                at=timezone.now(),
                seen_version=said["seen_version"],
            )
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
            return self._show(request, appeal, form, status=403 if isinstance(problem, NotAllowed) else 422)
        messages.success(request, str(_("Written down.")))
        return redirect("desk:readers", number=number)

    def _show(self, request: HttpRequest, appeal: Appeal, form: ReaderForm, *, status: int = 200) -> HttpResponse:
        staff = staff_of(request)
        readers = readers_of(appeal).select_related("staff", "named_by").order_by("named_at", "pk")
        context = {
            "section": "sensitive",
            "number": appeal.number,
            "row": _row(_counted(appeal, len(readers)), appeals_for(staff).filter(pk=appeal.pk).exists()),
            "readers": [_reader(row) for row in readers],
            "concerned": [_named(row.staff) for row in Concerned.objects.filter(appeal=appeal).select_related("staff")],
            "may_name": may_name(appeal, staff),
            "form": form,
        }
        return show(request, "readers.html", context, status=status)


def _known(request: HttpRequest, number: str) -> Appeal:
    if "\0" in number:
        raise Http404
    appeal = sensitive_known_to(staff_of(request)).select_related("holder").filter(number=number).first()
    if appeal is None:
        raise Http404
    return appeal


def _counted(appeal: Appeal, readers: int) -> Appeal:
    appeal.readers = readers  # type: ignore[attr-defined]
    return appeal


def _people(appeal: Appeal) -> list[Staff]:
    """Those who can be named, and those who are."""
    people = {person.pk: person for person in nameable(appeal)}
    people |= {row.staff.pk: row.staff for row in readers_of(appeal).select_related("staff")}
    return list(people.values())


def _reader(row: NamedReader) -> dict[str, Any]:
    return {"name": _named(row.staff), "reason": row.reason, "by": row.named_by.short_name, "at": row.named_at}


def _named(person: Staff) -> str:
    desk = name_in(current().desks.get(person.desk_id or 0))
    return ", ".join(part for part in (person.get_full_name() or person.username, person.post, desk) if part)
