"""The applicant adds words or files, or replies to a question."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from qorgau.channels.portal.forms.tracking import MessageForm
from qorgau.channels.portal.tracking.acting import Typed, opened_page
from qorgau.channels.portal.tracking.addresses import address, after
from qorgau.channels.portal.tracking.page import show_appeal
from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.channels.portal.writing.files import take_files, take_out
from qorgau.handling.add_message import add_message
from qorgau.handling.for_applicant.own_appeal import own_appeal
from qorgau.handling.for_applicant.story import Story
from qorgau.lib.speech import say
from qorgau.rules.problems import Problem, SameKeyOtherContent


@opened_page("message")
def message(request: HttpRequest, story: Story, typed: Typed | None) -> HttpResponse:
    """Add a message to the appeal."""
    page = address("portal:appeal", story.number)
    if typed is None:
        return HttpResponseRedirect(page)
    now = timezone.now()
    delivery, refused = take_files(request, Delivery.read(typed.post), at=now)
    delivery = take_out(delivery, typed.post.get("take_out", ""))
    if typed.again or "take_out" in typed.post:
        form = MessageForm(initial={"text": typed.post.get("text", "")})
        return show_appeal(request, story, message=form, delivery=delivery, again=typed.again)
    form = MessageForm(typed.post)
    if refused:
        form.add_error("files", refused)
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if form.is_valid():
        try:
            add_message(
                own_appeal(story.number),
                text=form.cleaned_data["text"],
                staged_files=delivery.files,
                delivery_key=f"portal:{delivery.key}",
                at=now,
            )
        except SameKeyOtherContent as problem:
            # Somebody went back to the page and wrote something new: sent once more, it is a message of its own.
            form.add_error(None, say(problem.sentence))
            delivery, status = delivery.under_a_new_key(), HTTPStatus.CONFLICT
        except Problem as problem:
            form.add_error(problem.field if problem.field in form.fields else None, say(problem.sentence))
        else:
            return HttpResponseRedirect(after("message", story.number))
    return show_appeal(request, story, message=form, delivery=delivery, status=status)
