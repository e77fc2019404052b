"""The page of an appeal."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qorgau.channels.portal.forms.tracking import MessageForm, RatingForm
from qorgau.channels.portal.tracking.acting import Typed, opened_page
from qorgau.channels.portal.tracking.opened import forget_opened
from qorgau.channels.portal.tracking.story import Story, Words, story_of
from qorgau.channels.portal.tracking.wording import DECISIONS, MEANING, OUTCOMES, STATES
from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.directory.reference import current
from qorgau.intake.staging import staged
from qorgau.lib.speech import name_in
from qorgau.register.models import Appeal
from qorgau.rules.states import State


@opened_page("appeal")
def appeal_page(request: HttpRequest, appeal: Appeal, typed: Typed | None) -> HttpResponse:
    """Where the appeal is, what happened, the words of both sides, the answer, and what can be done now."""
    return show_appeal(request, story_of(appeal))


@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Close the appeal in this browser."""
    response = HttpResponseRedirect(reverse("portal:home"))
    forget_opened(request, response, number)
    return response


def show_appeal(
    request: HttpRequest,
    story: Story,
    *,
    message: MessageForm | None = None,
    delivery: Delivery | None = None,
    rating: RatingForm | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **page: Any,
) -> HttpResponse:
    """The page, with forms as somebody filled them in or empty ones."""
    page |= {
        "story": story,
        "appeal": story.appeal,
        "state_words": STATES[story.state],
        "state_meaning": MEANING[story.state],
        "nearness": nearness(story),
        "talk_rows": [_talk_row(story, words) for words in story.messages],
        "message": message or MessageForm(),
        "delivery": delivery or Delivery.fresh(),
        "files_added": staged(delivery.files) if delivery else [],
        "rating": rating or RatingForm(),
        "decisions": DECISIONS,
        "outcomes": OUTCOMES,
    }
    return render(request, "portal/tracking/appeal.html", page, status=status)


def _talk_row(story: Story, words: Words) -> dict[str, Any]:
    desk = current().desks.get(words.desk_id or 0)
    return {
        "mine": words.mine,
        "who": _("You") if words.mine else name_in(desk) or _("The desk"),
        "when": words.when,
        "text": words.text,
        "files": [
            {"name": file.name, "href": reverse("portal:file", args=[story.appeal.number, file.id])}
            for file in words.files
        ],
    }


def nearness(story: Story) -> tuple[str, str] | None:
    """How near the due date is, as the badge draws it, and in words."""
    due_on = story.appeal.due_on
    if due_on is None or story.state in (State.WITHDRAWN, State.REDIRECTED):
        return None
    if not story.is_open:
        answered_at = story.appeal.answered_at
        in_time = answered_at is not None and story.sheet is not None and answered_at.date() <= story.sheet.due_on
        return ("met", _("Answered in time")) if in_time else None
    left = (due_on - story.today).days
    if left < 0:
        return "over", ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
    if left == 0:
        return "today", _("Due today")
    return "on_time" if left > 3 else "soon", ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
