"""The applicant rates the answer."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from qorgau.channels.portal.forms.tracking import RatingForm
from qorgau.channels.portal.tracking.acting import Typed, opened_page
from qorgau.channels.portal.tracking.addresses import address, after
from qorgau.channels.portal.tracking.page import show_appeal
from qorgau.handling.for_applicant.own_appeal import own_appeal
from qorgau.handling.for_applicant.story import Story
from qorgau.handling.rate import rate
from qorgau.lib.speech import say
from qorgau.rules.problems import Problem


@opened_page("rating")
def rating(request: HttpRequest, story: Story, typed: Typed | None) -> HttpResponse:
    """Say whether the matter is solved."""
    page = address("portal:appeal", story.number)
    if typed is None:
        return HttpResponseRedirect(page)
    if typed.again:
        form = RatingForm(initial={name: typed.post.get(name, "") for name in RatingForm.base_fields})
        return show_appeal(request, story, rating=form, again=typed.again)
    form = RatingForm(typed.post)
    if form.is_valid():
        said = form.cleaned_data
        stars = int(said["stars"]) if said["stars"] else None
        try:
            rate(own_appeal(story.number), outcome=said["outcome"], stars=stars, words=said["words"], at=timezone.now())
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        else:
            return HttpResponseRedirect(after("rating", story.number))
    return show_appeal(request, story, rating=form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
