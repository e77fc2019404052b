"""The pages of macros: the list, one macro, and what it will do to one appeal."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from qorgau.directory.reference import current
from qorgau.directory.template_variables import VARIABLES
from qorgau.lib.row_ids import row_id
from qorgau.lib.speech import name_in, say
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.rules.states import Verb
from qorgau.workplace.access import get_appeal, refuse_readers, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.meanwhile import changes_since, version_to_check
from qorgau.workplace.macros.forms import MacroForm, initial_of
from qorgau.workplace.macros.running import Foreseen, StepRefused, rehearse, run
from qorgau.workplace.macros.steps import VERBS, Step
from qorgau.workplace.models import Macro
from qorgau.workplace.showing import show
from qorgau.workplace.texts.belonging import MINE, find, may_change, visible_to
from qorgau.workplace.texts.keeping import ChangedMeanwhile, asked_for, delete, save
from qorgau.workplace.wording import DECISIONS

_REFUSED, _CONFLICT = 422, 409


def macros_for(staff: Staff) -> list[Macro]:
    """The macros that this person may run: their own and their desk's."""
    return list(Macro.objects.filter(visible_to(staff)).order_by("name", "pk"))


def may_run_macros(allowed: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a macro could change anything: some verb of macros, beyond notes and labels, is allowed on the card."""
    beyond = set(VERBS) - {Verb.NOTE, Verb.SET_DETAILS}
    return any(verb["verb"] in beyond for verb in allowed)


@staff_page
@require_safe
def macros(request: HttpRequest) -> HttpResponse:
    """Every macro of this person and their desk."""
    refuse_readers(request)
    staff = staff_of(request)
    rows = [
        {
            "name": macro.name,
            "of_desk": macro.owner_id is None,
            "steps": [VERBS[Step.from_json(value).verb] for value in macro.steps],
            "used": macro.used,
            "edit": f"{reverse('desk:macro')}?macro={macro.pk}" if may_change(macro, staff) else "",
        }
        for macro in macros_for(staff)
    ]
    return show(request, "macros/list.html", {"section": "texts", "rows": rows})


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def macro(request: HttpRequest) -> HttpResponse:
    """One macro: a new one, or one that is changed or deleted."""
    refuse_readers(request)
    staff = staff_of(request)
    row = asked_for(Macro, request, "macro", staff, to_change=True)
    made: dict[str, Any] = {"staff": staff, "is_new": row is None, "of_desk": row is not None and row.owner_id is None}
    if request.method != "POST":
        steps = [Step.from_json(value) for value in row.steps] if row else []
        initial = initial_of(row.name, row.version, steps) if row else {"whose": MINE}
        return _show(request, row, MacroForm(initial=initial, **made))
    if "delete" in request.POST and row is not None:
        delete(request, row)
        return redirect("desk:macros")
    form = MacroForm(request.POST, **made)
    if not form.is_valid():
        return _show(request, row, form, status=_REFUSED)
    said = form.cleaned_data
    try:
        values = {"name": said["name"], "steps": [step.to_json() for step in form.steps]}
        save(row, Macro, staff, said.get("whose", MINE), said["version"], values)
    except ChangedMeanwhile:
        typed = request.POST.copy()
        typed["version"] = str(Macro.objects.values_list("version", flat=True).get(pk=row.pk)) if row else ""
        form = MacroForm(typed, **made)
        form.add_error(None, _("Somebody saved this a moment ago. Yours is below; saving again replaces theirs."))
        return _show(request, row, form, status=_CONFLICT)
    messages.success(request, _("“%(name)s” is saved.") % {"name": said["name"]})
    return redirect("desk:macros")


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def run_macro(request: HttpRequest, number: str) -> HttpResponse:
    """What a macro will do to an appeal, step by step; by POST it is done, all of it or nothing."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    if request.method == "POST":
        refuse_readers(request)
    key = (request.POST if request.method == "POST" else request.GET).get("macro", "")
    chosen = find(Macro, key, staff) if key else None
    if key and chosen is None:
        raise Http404
    if request.method != "POST" or chosen is None:
        return _show_run(request, number, chosen, status=200 if request.method != "POST" else _REFUSED)
    seen = row_id(request.POST.get("seen_version", ""))
    try:
        run(chosen, appeal, staff, at=timezone.now(), seen_version=version_to_check(appeal, staff, seen=seen))
    except SomebodyWasFaster as problem:
        before = seen if seen is not None else appeal.version
        changes = changes_since(get_appeal(request, number), staff, seen=before)
        return _show_run(request, number, chosen, stopped=say(problem.sentence), changes=changes, status=_CONFLICT)
    except StepRefused as refused:
        stopped = _("Stopped at step %(number)s: %(why)s Nothing was done, the steps before it neither.") % {
            "number": refused.number,
            "why": say(refused.problem.sentence),
        }
        return _show_run(request, number, chosen, stopped=stopped, status=_REFUSED)
    messages.success(request, _("Done: “%(name)s”.") % {"name": chosen.name})
    return redirect("desk:appeal", number=number)


def _show(request: HttpRequest, row: Macro | None, form: MacroForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "texts",
        "row": row,
        "form": form,
        "variables": VARIABLES,
        "deleting": row is not None and "delete" in request.GET,
    }
    return show(request, "macros/macro.html", context, status=status)


def _show_run(
    request: HttpRequest, number: str, chosen: Macro | None, *, stopped: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    appeal, staff = get_appeal(request, number), staff_of(request)
    context: dict[str, Any] = {
        "head": head_of(appeal, staff),
        "number": number,
        "seen_version": appeal.version,
        "chosen": chosen,
        "macros": [] if chosen else macros_for(staff),
        "stopped": stopped,
        "steps": [],
        **more,
    }
    if chosen is not None:
        foreseen = rehearse(chosen, appeal, staff, at=timezone.now())
        context["steps"] = [_step(step) for step in foreseen]
        context["possible"] = all(step.why is None and step.reached for step in foreseen)
    return show(request, "macros/run.html", context, status=status)


def _step(foreseen: Foreseen) -> dict[str, Any]:
    step = foreseen.step
    label = next((label for label in current().labels.values() if label.code == step.label), None)
    return {
        "verb": VERBS[step.verb],
        "words": foreseen.words,
        "decision": DECISIONS.get(step.decision, ""),
        "label": name_in(label),
        "open_places": [f"{{{name}}}" for name in foreseen.open_places],
        "why": say(foreseen.why),
        "reached": foreseen.reached,
    }
