"""Absences: one's own and, for heads, those of the desk; who stands in for whom."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View

from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import say
from qorgau.people.absences import end_absence, may_say, say_absence
from qorgau.people.models import Absence, Staff
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.roles import HANDLERS, HEADS
from qorgau.workplace.access import refuse_readers, staff_of, staff_page
from qorgau.workplace.showing import show

_FORMATS = ["%Y-%m-%d", "%d.%m.%Y"]


def _day_field(label: Any, missing: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=_FORMATS,
        error_messages={
            "required": missing,
            "invalid": _("Write the date as day, month and year, for example 21.03.2026."),
        },
    )


class AbsenceForm(forms.Form):
    """Who is away, when, and who stands in."""

    person = forms.TypedChoiceField(label=_("Who is away"), coerce=int)
    since = _day_field(_("First day"), _("Choose the first day."))
    until = _day_field(_("Last day"), _("Choose the last day."))
    substitute = forms.TypedChoiceField(
        label=_("Who stands in"), coerce=int, error_messages={"required": _("Choose a colleague.")}
    )

    def __init__(self, *args: Any, by: Staff, colleagues: list[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {person.pk: person for person in colleagues}
        absent = [person for person in colleagues if may_say(by, person)]
        names = [("", _("Choose a colleague")), *((one.pk, _name(one)) for one in colleagues)]
        self.fields["person"].choices = [(one.pk, _name(one)) for one in absent]  # type: ignore[attr-defined]
        self.fields["substitute"].choices = names  # type: ignore[attr-defined]


@method_decorator(staff_page, name="dispatch")
class Absences(View):
    """What is written down, and the form for another one; ending one is a button beside it."""

    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        refuse_readers(request)
        staff = staff_of(request)
        form = AbsenceForm(by=staff, colleagues=_colleagues(staff), initial={"person": staff.pk})
        return self._show(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        refuse_readers(request)
        staff = staff_of(request)
        if "end" in request.POST:
            return self._end(request, row_id(request.POST["end"]) or 0)
        form = AbsenceForm(request.POST, by=staff, colleagues=_colleagues(staff))
        if not form.is_valid():
            return self._show(request, form, status=422)
        said = form.cleaned_data
        try:
            say_absence(
                form.colleagues[said["person"]],
                substitute=form.colleagues[said["substitute"]],
                since=said["since"],
                until=said["until"],
                by=staff,
                at=timezone.now(),
                today=timezone.localdate(),
            )
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
            return self._show(request, form, status=403 if isinstance(problem, NotAllowed) else 422)
        messages.success(request, str(_("The absence is written down.")))
        return redirect("desk:absences")

    def _end(self, request: HttpRequest, key: int) -> HttpResponse:
        staff = staff_of(request)
        absence = _of_the_desk(staff).filter(pk=key).first()
        if absence is None:
            raise Http404
        try:
            end_absence(absence, by=staff, at=timezone.now())
        except NotAllowed as refusal:
            raise PermissionDenied from refusal
        messages.success(request, str(_("The absence is over.")))
        return redirect("desk:absences")

    def _show(self, request: HttpRequest, form: AbsenceForm, *, status: int = 200) -> HttpResponse:
        staff = staff_of(request)
        rows = _of_the_desk(staff).filter(until__gte=timezone.localdate()).order_by("since", "pk")
        if staff.role not in HEADS:
            rows = rows.filter(staff=staff) | rows.filter(substitute=staff)
        context = {
            "section": "absences",
            "form": form,
            "rows": [
                {
                    "pk": row.pk,
                    "who": _name(row.staff),
                    "substitute": _name(row.substitute),
                    "since": row.since,
                    "until": row.until,
                    "may_end": may_say(staff, row.staff),
                }
                for row in rows
            ],
        }
        return show(request, "absences.html", context, status=status)


def _of_the_desk(staff: Staff) -> Any:
    present = Absence.objects.filter(staff__desk=staff.desk, ended_at__isnull=True)
    return present.select_related("staff", "substitute")


def _colleagues(staff: Staff) -> list[Staff]:
    people = Staff.objects.filter(desk=staff.desk, role__in=sorted(HANDLERS), is_active=True)
    return [person for person in people.order_by("last_name", "first_name", "pk") if person.works_today]


def _name(person: Staff) -> str:
    return f"{person.get_full_name() or person.username} – {person.post or person.get_role_display()}"
