"""The applicant goes one step higher."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from qorgau.channels.portal.forms.tracking import NextStageForm
from qorgau.channels.portal.receipt_cookie import remember_receipt
from qorgau.channels.portal.tracking.acting import Typed, opened_page
from qorgau.channels.portal.tracking.addresses import address
from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.channels.portal.writing.files import take_files, take_out
from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.handling.for_applicant.own_appeal import own_appeal
from qorgau.handling.for_applicant.story import Story
from qorgau.handling.open_next_stage import open_next_stage
from qorgau.intake.staging import staged
from qorgau.intake.terms import term_at, term_words
from qorgau.lib.speech import say
from qorgau.rules.kinds import Kind
from qorgau.rules.ladder import DeskKind
from qorgau.rules.problems import Problem


@opened_page("next_stage")
def next_stage(request: HttpRequest, story: Story, typed: Typed | None) -> HttpResponse:
    """Say to whom the next stage goes and how long it takes; on POST register it and go to its receipt."""
    if typed is None:
        return _page(request, story, NextStageForm(), Delivery.fresh())
    now = timezone.now()
    delivery, refused = take_files(request, Delivery.read(typed.post), at=now)
    delivery = take_out(delivery, typed.post.get("take_out", ""))
    if typed.again or "take_out" in typed.post:
        form = NextStageForm(initial={"text": typed.post.get("text", "")})
        return _page(request, story, form, delivery, again=typed.again)
    form = NextStageForm(typed.post)
    if refused:
        form.add_error("files", refused)
    if form.is_valid():
        try:
            receipt = open_next_stage(
                own_appeal(story.number),
                text=form.cleaned_data["text"],
                staged_files=delivery.files,
                delivery_key=f"portal:{delivery.key}",
                at=now,
            )
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        else:
            response = HttpResponseRedirect(reverse("portal:receipt"))
            remember_receipt(response, receipt.number)
            return response
    return _page(request, story, form, delivery, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _page(
    request: HttpRequest,
    story: Story,
    form: NextStageForm,
    delivery: Delivery,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    again: object = None,
) -> HttpResponse:
    above = story.rung_above
    page = {
        "story": story,
        "address": address,
        "form": form,
        "delivery": delivery,
        "files_added": staged(delivery.files),
        "again": again,
        "desk": _desk(story, above) if above else None,
        "term": term_at(above, Kind.COMPLAINT, story.now) if above else None,
        "term_words": term_words,
    }
    return render(request, "portal/tracking/next_stage.html", page, status=status)


def _desk(story: Story, above: DeskKind) -> Desk | None:
    return current().desk_of(above, region_id=story.row.region_id, organisation_id=story.row.organisation_id)
