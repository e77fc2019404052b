"""One verb of one appeal as a page: GET shows its form, POST does it. Works the same with and without JavaScript."""

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.views import View

from qorgau.handling.permission import verbs_for_staff
from qorgau.lib.speech import say
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.states import Decision, Verb
from qorgau.workplace.access import get_appeal, refuse_readers, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.meanwhile import changes_since, draft_meanwhile, version_to_check
from qorgau.workplace.discretion import words_for
from qorgau.workplace.keyboard.way import way_of
from qorgau.workplace.presence.here import who_is_here
from qorgau.workplace.presence.present import leave
from qorgau.workplace.showing import show
from qorgau.workplace.wording import VERBS

FORM_ONLY = "verb-form"
"""Id of the place on the card where a form is shown; a request for the form alone names it in HX-Target."""

_WRONG, _NOT_ALLOWED, _CONFLICT = 422, 403, 409


class VerbForm(forms.Form):
    """What a verb asks for, and the version of the appeal that the person saw when they began to fill it in."""

    seen_version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    begins_at = ""
    """The field that gets the focus when the form opens; its title when there is none."""

    def __init__(self, *args: Any, appeal: Appeal, staff: Staff, **kwargs: Any) -> None:
        self.appeal, self.staff = appeal, staff
        super().__init__(*args, **kwargs)


@method_decorator(staff_page, name="dispatch")
class VerbPage(View):
    """A verb as a resource of its own. Subclasses say which verb, what it asks for, what follows, and do it."""

    verb: ClassVar[Verb]
    form_class: ClassVar[type[VerbForm]] = VerbForm
    template: ClassVar[str] = "verbs/verb_form.html"
    page: ClassVar[str] = "verbs/verb_page.html"
    what_follows: ClassVar[Promise]
    done: ClassVar[Promise]
    kind: ClassVar[str] = "primary"
    http_method_names = ["get", "head", "post"]

    def appeal_for(self, request: HttpRequest, number: str) -> Appeal:
        """The appeal, if this person may see it; a 404 otherwise."""
        return get_appeal(request, number)

    def act(self, appeal: Appeal, form: Any, *, staff: Staff, at: datetime, seen_version: int | None) -> None:
        """Do the verb with what was filled in. May raise any Problem."""
        raise NotImplementedError

    def done_words(self, form: Any) -> str:
        """What the card says once it is done."""
        return str(self.done)

    def place_after(self, form: Any) -> str:
        """The place on the card where people go on once it is done, as the end of its address."""
        return ""

    def initial(self, appeal: Appeal, staff: Staff) -> dict[str, Any]:
        """What stands in the form at first."""
        return {}

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        appeal, staff = self.appeal_for(request, number), staff_of(request)
        decision = decision_for(appeal, staff, self.verb)
        # Whoever only reads why it is not possible has begun nothing.
        company = who_is_here(appeal, staff, doing=self.verb.value if decision.allowed else "")
        return self._show(request, appeal, self.empty_form(appeal, staff), decision=decision, company=company)

    def post(self, request: HttpRequest, number: str) -> HttpResponse:
        appeal, staff = self.appeal_for(request, number), staff_of(request)
        refuse_readers(request)
        form = self.form_class(request.POST, request.FILES, appeal=appeal, staff=staff)
        if self.only_asks(request):
            return self._show(request, appeal, self.asked(request, form))
        self.check(form)
        if not form.is_valid():
            return self._show(request, appeal, form, status=_WRONG)
        return self._try(request, appeal, form)

    def check(self, form: VerbForm) -> None:
        """Add what is wrong besides the fields."""

    def empty_form(self, appeal: Appeal, staff: Staff) -> VerbForm:
        initial = {"seen_version": appeal.version, **self.initial(appeal, staff)}
        return self.form_class(initial=initial, appeal=appeal, staff=staff)

    def only_asks(self, request: HttpRequest) -> bool:
        """Whether a button was pressed that looks something up or inserts something, and does nothing yet."""
        return "find" in request.POST or "insert" in request.POST

    def asked(self, request: HttpRequest, form: VerbForm) -> VerbForm:
        """The form after such a button, with everything typed still in it and nothing complained about."""
        typed = request.POST.dict()
        return self.form_class(initial=typed, appeal=form.appeal, staff=form.staff)

    def _try(self, request: HttpRequest, appeal: Appeal, form: VerbForm) -> HttpResponse:
        staff, seen = staff_of(request), form.cleaned_data["seen_version"]
        try:
            self.act(
                appeal, form, staff=staff, at=timezone.now(), seen_version=version_to_check(appeal, staff, seen=seen)
            )
        except SomebodyWasFaster as problem:
            return self._meanwhile(request, appeal.number, problem, seen)
        except Problem as problem:
            _say_beside_its_field(form, problem)
            status = _NOT_ALLOWED if isinstance(problem, NotAllowed) else _WRONG
            return self._show(request, self.appeal_for(request, appeal.number), form, status=status)
        return self.after(request, appeal, form)

    def after(self, request: HttpRequest, appeal: Appeal, form: Any) -> HttpResponse:
        """Where people go on once it is done: the card, while they still see it."""
        staff = staff_of(request)
        messages.success(request, self.done_words(form))
        if not appeals_for(staff).filter(pk=appeal.pk).exists():
            leave(appeal.pk, staff)
            return redirect("desk:queue")  # what was done took the appeal out of this person's sight
        card = way_of(request).to(reverse("desk:appeal", args=[appeal.number]), done=self.verb.value)
        return redirect(card + self.place_after(form))

    def _meanwhile(self, request: HttpRequest, number: str, problem: Problem, seen: int | None) -> HttpResponse:
        """The form again with everything typed, what changed meanwhile, and the version to go on from."""
        appeal, staff = self.appeal_for(request, number), staff_of(request)
        typed = request.POST.copy()
        typed["seen_version"] = str(appeal.version)
        form = self.form_class(typed, request.FILES, appeal=appeal, staff=staff)
        form.is_valid()
        form.add_error(None, say(problem.sentence))
        began_at = seen if seen is not None else appeal.version - 1
        changes = changes_since(appeal, staff, seen=began_at, with_words=True)
        draft_now = draft_meanwhile(appeal, staff, seen=began_at) if self.verb == Verb.DRAFT else None
        return self._show(request, appeal, form, status=_CONFLICT, changes=changes, draft_now=draft_now)

    def _show(
        self,
        request: HttpRequest,
        appeal: Appeal,
        form: VerbForm,
        *,
        status: int = 200,
        decision: Decision | None = None,
        **more: Any,
    ) -> HttpResponse:
        staff, form_only = staff_of(request), request.headers.get("HX-Target") == FORM_ONLY
        way, head = way_of(request), head_of(appeal, staff)
        context = {
            "verb": self.verb.value,
            "title": VERBS[self.verb],
            "what_follows": self.what_follows,
            "kind": self.kind,
            "appeal": appeal,
            "head": head | {"href": way.to(head["href"])},
            "form": form,
            "decision": decision or decision_for(appeal, staff, self.verb),
            "typed": form.is_bound,
            "goes_on": request.method == "POST",
            "form_only": form_only,
            "said_text": words_for(staff, appeal.text),
            "action": way.to(request.path),
            "form_template": f"workplace/{self.template}",
            **self.context(appeal, form),
            **more,
        }
        page = self.template if form_only else self.page
        response = show(request, page, context, status=status)
        response["Vary"] = "HX-Target"
        return response

    def context(self, appeal: Appeal, form: Any) -> dict[str, Any]:
        """What the template of this verb needs besides."""
        return {}


def decision_for(appeal: Appeal, staff: Staff, verb: Verb) -> Decision:
    """Whether this person may do it now, and if not, why."""
    return verbs_for_staff(appeal, staff)[verb]


def _say_beside_its_field(form: VerbForm, problem: Problem) -> None:
    field = problem.field if problem.field in form.fields else None
    form.add_error(field, say(problem.sentence))
