"""The applicant withdraws, or confirms or ignores a wish to withdraw that somebody else wrote down."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from qorgau.channels.portal.forms.tracking import WithdrawForm
from qorgau.channels.portal.tracking.acting import Typed, opened_page
from qorgau.channels.portal.tracking.addresses import address, after
from qorgau.handling.for_applicant.own_appeal import own_appeal
from qorgau.handling.for_applicant.story import Story
from qorgau.handling.withdraw import confirm_withdrawal, withdraw
from qorgau.lib.speech import say
from qorgau.rules.problems import Problem


@opened_page("withdraw")
def withdrawal(request: HttpRequest, story: Story, typed: Typed | None) -> HttpResponse:
    """Say what withdrawing means; on POST withdraw."""
    if typed is None or typed.again:
        typed_reason = typed.post.get("reason", "") if typed else ""
        form = WithdrawForm(initial={"reason": typed_reason})
        return _page(request, story, form, again=typed.again if typed else None)
    form = WithdrawForm(typed.post)
    if form.is_valid():
        try:
            _withdraw(story, form.cleaned_data["reason"])
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        else:
            return HttpResponseRedirect(after("withdrawal", story.number))
    return _page(request, story, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


def _withdraw(story: Story, reason: str) -> None:
    appeal = own_appeal(story.number)
    if story.recorded_withdrawal and not reason:
        confirm_withdrawal(appeal, at=timezone.now())
    else:
        withdraw(appeal, reason=reason, at=timezone.now())


def _page(
    request: HttpRequest, story: Story, form: WithdrawForm, *, status: HTTPStatus = HTTPStatus.OK, again: object = None
) -> HttpResponse:
    page = {"story": story, "address": address, "form": form, "again": again}
    return render(request, "portal/tracking/withdraw.html", page, status=status)
