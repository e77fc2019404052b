"""The page of an appeal."""

from functools import lru_cache
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from qorgau.channels.portal.forms.tracking import MessageForm, RatingForm
from qorgau.channels.portal.tracking.addresses import address
from qorgau.channels.portal.tracking.asking import ask_again
from qorgau.channels.portal.tracking.kept_page import GUARD, KeptPage, delivery_to_keep, find_kept, keep
from qorgau.channels.portal.tracking.opened import forget_opened, opened_version
from qorgau.channels.portal.writing.delivery import Delivery
from qorgau.directory.states_for_applicants import words_for_applicant
from qorgau.handling.for_applicant.nearness import nearness
from qorgau.handling.for_applicant.reading import versions_of
from qorgau.handling.for_applicant.story import Story, Words, read_story
from qorgau.handling.for_applicant.wording import DECISIONS, JUST_DONE, MEANING, OUTCOMES
from qorgau.intake.models import StagedFile
from qorgau.intake.staging import staged
from qorgau.lib.pages import piece
from qorgau.lib.speech import name_in


@never_cache
@require_safe
def appeal_page(request: HttpRequest, number: str) -> HttpResponse:
    """Where the appeal is, what happened, the words of both sides, the answer, and what can be done now."""
    opened = opened_version(request, number)
    if opened is None:
        return ask_again(request, number, "", None)
    kept = None if request.GET else find_kept(request, number)
    if kept is not None and versions_of(number) == (opened, kept.version):
        return kept.shown_to(request)
    story = read_story(number)
    if story is None or story.row.code_version != opened:
        return ask_again(request, number, "", None)
    if request.GET:
        return show_appeal(request, story, just_done=JUST_DONE.get(request.GET.get("done", "")))
    page = show_appeal(request, story, guard=GUARD, delivery=delivery_to_keep())
    kept = KeptPage.of(story.row.shown_version, page.content)
    keep(request, number, kept, day=story.today)
    return kept.shown_to(request)


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
    guard: Markup | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **page: Any,
) -> HttpResponse:
    """The page, with forms as somebody filled them in or empty ones. ``guard`` is the field that guards sending."""
    page |= {
        "story": story,
        "address": address,
        "state_words": words_for_applicant(story.state, desk_id=story.holder.pk, topic_id=story.row.topic_id),
        "state_meaning": MEANING[story.state],
        "nearness": nearness(story),
        "talk_rows": [_talk_row(story, words) for words in story.messages],
        "delivery": delivery or Delivery.fresh(),
        "guard": guard or csrf_input(request),
        "message": message or MessageForm(),
        "message_fields": _message_fields(story, message, delivery),
        "rating": rating or RatingForm(),
        "decisions": DECISIONS,
        "outcomes": OUTCOMES,
    }
    return render(request, "portal/tracking/appeal.html", page, status=status)


def _message_fields(story: Story, form: MessageForm | None, delivery: Delivery | None) -> Markup:
    replying = story.question is not None
    if form is None:
        return _empty_message_fields(replying, get_language())
    return _filled_message_fields(form, staged(delivery.files) if delivery else [], replying)


@lru_cache(maxsize=20)
def _empty_message_fields(replying: bool, language: str | None) -> Markup:
    return _filled_message_fields(MessageForm(), [], replying)


def _filled_message_fields(form: MessageForm, files: list[StagedFile], replying: bool) -> Markup:
    return piece("portal/tracking/message_fields.html", form=form, files=files, replying=replying)


def _talk_row(story: Story, words: Words) -> dict[str, Any]:
    return {
        "mine": words.mine,
        "who": _("You") if words.mine else name_in(words.desk) or _("The desk"),
        "when": words.when,
        "text": words.text,
        "files": [
            {"name": file.name, "href": f"{address('portal:appeal', story.number)}files/{file.id}/"}
            for file in words.files
        ],
    }
