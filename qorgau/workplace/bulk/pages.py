"""Several appeals and one verb as a page: GET shows the chosen ones and the form, POST does it, and a result stays.

A press begins a run (`run.py`) and leads to the page of its result, which may be opened again. There the refused ones
are still chosen, and what was typed stands in the form.
"""

from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from markupsafe import Markup

from qorgau.lib.pages import piece
from qorgau.lib.speech import current_language, name_in, say
from qorgau.register.models import Appeal
from qorgau.rules.kinds import Kind
from qorgau.rules.states import Verb
from qorgau.workplace.access import refuse_readers, staff_of, staff_page
from qorgau.workplace.bulk.chosen import MOST, Chosen, appeals_chosen, read_chosen
from qorgau.workplace.bulk.drafting import Drafting
from qorgau.workplace.bulk.handing_over import HandingOver
from qorgau.workplace.bulk.labelling import Labelling
from qorgau.workplace.bulk.linking import Linking
from qorgau.workplace.bulk.merging import Merging
from qorgau.workplace.bulk.run import OtherPress, do_each, run_of
from qorgau.workplace.bulk.verbs import Accepting, Answering, Assigning, ManyForm, ManyVerb, Noting, Submitting
from qorgau.workplace.keyboard.keys import OF_VERBS
from qorgau.workplace.models import ManyRun
from qorgau.workplace.showing import show
from qorgau.workplace.state_words import state_words
from qorgau.workplace.wording import KINDS, VERBS

OFFERED: dict[str, ManyVerb] = {
    "assignment": Assigning(),
    "acceptance": Accepting(),
    "hand-over": HandingOver(),
    "draft": Drafting(),
    "submission": Submitting(),
    "answer": Answering(),
    "note": Noting(),
    "merging": Merging(),
    "link": Linking(),
    "labels": Labelling(),
}
"""By the word in the address, in the order in which the queue offers them."""

_WRONG, _CONFLICT = 422, 409


def bar() -> Markup:
    """The buttons above the queue, made once for each language."""
    return _bar(current_language())


def first_of_bar() -> str:
    """Where the chosen rows go when no button was pressed."""
    return reverse("desk:many", args=[next(iter(OFFERED))])


@lru_cache(maxsize=10)
def _bar(language: str) -> Markup:
    buttons = [
        {"words": _words(many), "href": reverse("desk:many", args=[word]), "key": OF_VERBS.get(many.verb, "")}
        for word, many in OFFERED.items()
    ]
    buttons.append({"words": VERBS[Verb.SPLIT], "href": reverse("desk:split_chosen"), "key": ""})
    return piece("workplace/bulk/bar.html", many=buttons)


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def many(request: HttpRequest, word: str) -> HttpResponse:
    """The form for the chosen appeals; sent, it does the verb to each of them."""
    refuse_readers(request)
    verb, staff = _verb(word), staff_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = read_chosen(asked.getlist("row"))
    appeals = appeals_chosen(chosen[:MOST], staff)
    if request.method != "POST" or "find" in request.POST:
        typed = {name: values[-1] for name, values in asked.lists() if values}
        form = verb.form_class(initial=typed, appeals=appeals.values(), staff=staff)
        return _show_form(request, word, form, chosen, appeals)
    form = verb.form_class(request.POST, appeals=appeals.values(), staff=staff)
    if not chosen or len(chosen) > MOST or not form.is_valid():
        return _show_form(request, word, form, chosen, appeals, status=_WRONG)
    try:
        run = run_of(_key(request), staff=staff, verb=word, typed=_typed(form), chosen=chosen)
    except OtherPress:
        form.add_error(None, _("This form was sent before with something else in it. Look at the list and send again."))
        return _show_form(request, word, form, chosen, appeals, status=_CONFLICT)

    def act(appeal: Appeal, seen_version: int | None) -> None:
        verb.act(appeal, form, staff=staff, at=timezone.now(), seen_version=seen_version)

    do_each(run, chosen, act, staff=staff)
    return redirect("desk:many_done", word=word, key=run.key)


@staff_page
@require_safe
def many_done(request: HttpRequest, word: str, key: UUID) -> HttpResponse:
    """What became of each appeal; for the refused ones the form again, as it was filled in."""
    refuse_readers(request)
    verb, staff = _verb(word), staff_of(request)
    run = ManyRun.objects.filter(key=key, staff=staff, verb=word).first()
    if run is None:
        raise Http404
    why = {outcome.number: say(outcome.why) if outcome.why else "" for outcome in run.outcomes.all()}
    chosen = [one for one in read_chosen(run.chosen) if one.number in why]
    appeals = appeals_chosen(chosen, staff)
    refused = [Chosen(one.number, None) for one in chosen if why[one.number]]
    form = verb.form_class(
        initial=run.typed, appeals=[appeals[one.number] for one in refused if one.number in appeals], staff=staff
    )
    done = [{"number": one.number, **_row(appeals.get(one.number))} for one in chosen if not why[one.number]]
    more: dict[str, Any] = {"ran": True, "done": done, "why": why, "left": len(run.chosen) - len(why)}
    return _show_form(request, word, form, refused, appeals, **more)


def _words(verb: ManyVerb) -> Promise:
    return verb.words or VERBS[verb.verb]


def _verb(word: str) -> ManyVerb:
    if word not in OFFERED:
        raise Http404
    return OFFERED[word]


def _key(request: HttpRequest) -> UUID:
    """The key that came with the form; a form without one is a press of its own."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def _typed(form: ManyForm) -> dict[str, Any]:
    """Lists stay lists, so that the form finds them again."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value if isinstance(value, list) else str(value or "") for name, value in values.items()}


def _show_form(
    request: HttpRequest,
    word: str,
    form: ManyForm,
    chosen: list[Chosen],
    appeals: dict[str, Appeal],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    verb = OFFERED[word]
    there = [one for one in chosen if one.number in appeals]
    rows = [
        {"number": one.number, "value": str(_seen_now(one, appeals[one.number])), **_row(appeals[one.number])}
        for one in there
    ]
    context = {
        "section": "queue",
        "title": _words(verb),
        "what_follows": verb.what_follows,
        "form": form,
        "form_template": f"workplace/{verb.template}",
        "action": reverse("desk:many", args=[word]),
        "key": uuid4(),
        "rows": rows,
        "not_there": len(chosen[:MOST]) - len(rows),
        "too_many": len(chosen) if len(chosen) > MOST else 0,
        "most": MOST,
        **more,
    }
    return show(request, "bulk/page.html", context, status=status)


def _seen_now(one: Chosen, appeal: Appeal) -> Chosen:
    """The version chosen in the queue, or the present one when the address did not say."""
    return one if one.version is not None else Chosen(one.number, appeal.version)


def _row(appeal: Appeal | None) -> dict[str, Any]:
    if appeal is None:
        return {"href": "", "kind": "", "state": "", "state_words": "", "holder": "", "assignee": ""}
    return {
        "href": reverse("desk:appeal", args=[appeal.number]),
        "kind": KINDS[Kind(appeal.kind)],
        "topic": name_in(appeal.topic),
        "state": appeal.state,
        "state_words": state_words(appeal),
        "holder": name_in(appeal.holder),
        "assignee": appeal.assignee.short_name if appeal.assignee else "",
    }
