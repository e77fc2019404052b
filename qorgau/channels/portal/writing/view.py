"""The pages of writing: the form, the page to check, and the sending."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from qorgau.channels.portal.attachment.campaign import told_beforehand
from qorgau.channels.portal.forms.appeals import AppealForm
from qorgau.channels.portal.forms.attachment import TOPIC
from qorgau.channels.portal.organisations import meant, suggestions
from qorgau.channels.portal.receipt_cookie import remember_receipt
from qorgau.channels.portal.writing.delivery import TRAP, Delivery
from qorgau.channels.portal.writing.files import take_files, take_out
from qorgau.channels.portal.writing.flood import WAIT_SECONDS, comes_too_fast
from qorgau.channels.portal.writing.new_appeal import new_appeal
from qorgau.channels.portal.writing.summary import summary
from qorgau.channels.portal.writing.ways import WAYS, Way
from qorgau.insured.verdicts import months_granted
from qorgau.intake.new_appeal import NewAppeal
from qorgau.intake.outlook import outlook
from qorgau.intake.staging import staged
from qorgau.intake.submit import submit
from qorgau.intake.terms import term_at, term_words
from qorgau.lib.speech import current_language, say
from qorgau.people.asked_consents import consent_words
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem, SameKeyOtherContent

_NOT_CHECKED = ("find", "change", "take_out")
"""Buttons that bring the form back as it was typed, without looking for mistakes."""


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, way: str) -> HttpResponse:
    """Show the form; on POST show what to check, or register the appeal and go to its receipt."""
    if request.method != "POST":
        form = WAYS[way].form(initial={"about": "me", "wish": "", "language": current_language()})
        return _form_page(request, WAYS[way], form, Delivery.fresh())
    return _posted(request, WAYS[way])


def write_prepared(request: HttpRequest, way: str, prepared: dict[str, str]) -> HttpResponse:
    """The form with some of it filled in by another page of ours; nothing is sent, and everything may be changed."""
    form = WAYS[way].form(initial={"about": "me", "wish": "", "language": current_language(), **prepared})
    return _form_page(request, WAYS[way], form, Delivery.fresh())


def write_again(request: HttpRequest, way: str) -> HttpResponse:
    """The same form or check page once more, with everything typed: the token that guards sending had expired."""
    return _posted(request, WAYS[way], expired=True)


def _posted(request: HttpRequest, way: Way, *, expired: bool = False) -> HttpResponse:
    now = timezone.now()
    delivery, refused = take_files(request, Delivery.read(request.POST), at=now)
    delivery = take_out(delivery, request.POST.get("take_out", ""))
    if any(button in request.POST for button in _NOT_CHECKED) and not refused:
        return _form_page(request, way, _as_typed(way, request.POST), delivery, expired=expired)
    form = way.form(request.POST, asked=delivery.asked)
    if refused:
        form.add_error("files", refused)
    _offer_organisations(form, delivery)
    if form.is_valid():
        form.ask_besides(files=len(delivery.files))
    if not form.is_valid():
        return _form_page(request, way, form, delivery, expired=expired)
    new = new_appeal(form, delivery, now=now, page_language=current_language())
    if expired or request.POST.get("step") != "send":
        return _check_page(request, way, form, delivery, new, expired=expired)
    if comes_too_fast(request):
        return _check_page(request, way, form, delivery, new, too_fast=True)
    return _send(request, way, form, delivery, new)


def _send(request: HttpRequest, way: Way, form: AppealForm, delivery: Delivery, new: NewAppeal) -> HttpResponse:
    try:
        receipt = submit(new)
    except SameKeyOtherContent as problem:
        form.add_error(None, say(problem.sentence))
        form.add_error(None, _("If you send this form once more, it will be registered as a new appeal."))
        return _form_page(request, way, form, delivery.under_a_new_key(), status=HTTPStatus.CONFLICT)
    except Problem as problem:
        form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        return _form_page(request, way, form, delivery)
    response = HttpResponseRedirect(reverse("portal:receipt"))
    remember_receipt(response, receipt.number)
    return response


def _as_typed(way: Way, post: QueryDict) -> AppealForm:
    """A form that shows what was typed and finds no fault with it."""
    return way.form(initial={name: post.get(name, "") for name in way.form.base_fields if name != "files"})


def _offer_organisations(form: AppealForm, delivery: Delivery) -> None:
    """Ask once to choose the organisation, when what was typed names some of the directory."""
    if "organisation" not in form.fields or not form.is_valid() or "organisation" in delivery.asked:
        return
    said = form.cleaned_data
    if said["organisation"] and not said["organisation_id"] and suggestions(said["organisation"], said["region"]):
        form.ask("organisation", _("Choose the organisation in the list below, or “None of these”, and go on."))


def _form_page(
    request: HttpRequest,
    way: Way,
    form: AppealForm,
    delivery: Delivery,
    *,
    expired: bool = False,
    status: HTTPStatus | None = None,
) -> HttpResponse:
    delivery = replace(delivery, asked=form.asked_so_far | delivery.asked)
    files = staged(delivery.files)
    delivery = replace(delivery, files=tuple(file.token for file in files))
    if status is None:
        wrong = form.is_bound and not form.is_valid()
        status = HTTPStatus.FORBIDDEN if expired else HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    page = {
        "way": way,
        "form": form,
        "delivery": delivery,
        "files": files,
        "trap": TRAP,
        "expired": expired,
        "consent_words": consent_words("consent_clinic_contact") if "consent_clinic_contact" in form.fields else "",
        **_organisations_found(form),
        **_terms_of_wishes(form),
        **(told_beforehand() if form.topic_code == TOPIC else {}),
        **({"temporary_months": months_granted(timezone.localdate())} if way.code == "temporary" else {}),
    }
    return render(request, way.template, page, status=status)


def _organisations_found(form: AppealForm) -> dict[str, Any]:
    if "organisation" not in form.fields:
        return {}
    fields = ("organisation", "region", "organisation_id", "organisation_for")
    typed, kato, chosen, typed_then = (str(form[name].value() or "") for name in fields)
    return {
        "organisations": suggestions(typed, kato, meant(chosen, typed, typed_then, kato)),
        "organisations_for": typed,
    }


def _terms_of_wishes(form: AppealForm) -> dict[str, Any]:
    if "wish" not in form.fields:
        return {}
    now = timezone.now()
    return {
        "clinic_term": term_at(DeskKind.CLINIC, form.kind, now),
        "fund_term": term_at(DeskKind.BRANCH, form.kind, now),
        "term_words": term_words,
    }


def _check_page(
    request: HttpRequest,
    way: Way,
    form: AppealForm,
    delivery: Delivery,
    new: NewAppeal,
    *,
    expired: bool = False,
    too_fast: bool = False,
) -> HttpResponse:
    page = {
        "way": way,
        "lines": summary(form, staged(delivery.files)),
        "typed": [(name, value) for name in form.fields for value in request.POST.getlist(name) if value],
        "delivery": replace(delivery, asked=form.asked_so_far | delivery.asked),
        "outlook": outlook(new),
        "new": new,
        "expired": expired,
        "too_fast": too_fast,
        "trap_value": request.POST.get(TRAP, ""),
        "trap": TRAP,
    }
    if too_fast:
        response = render(request, "portal/writing/check.html", page, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(WAIT_SECONDS)
        return response
    return render(request, "portal/writing/check.html", page, status=HTTPStatus.FORBIDDEN if expired else HTTPStatus.OK)
