"""The card: everything about one appeal on one screen, and what can be done with it now."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qorgau.people.models import Staff
from qorgau.register.models import Appeal
from qorgau.rules.states import Verb
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.card import parts
from qorgau.workplace.card.answer_shown import answer_of, shown_to
from qorgau.workplace.card.checklists_shown import checklist_of
from qorgau.workplace.card.choices import card_choices
from qorgau.workplace.card.clinic_choice_shown import clinic_choice_of
from qorgau.workplace.card.details_shown import details_of
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.insurance_shown import insurance_of
from qorgau.workplace.card.looking import WHO, LookingForm
from qorgau.workplace.card.one_trip import (
    ATTACHMENTS,
    MESSAGES,
    RATING,
    REQUESTS,
    WITHDRAWAL,
    appeal_of_card,
    in_one_trip,
)
from qorgau.workplace.card.person_shown import masked
from qorgau.workplace.card.related import linked, of_the_same_person
from qorgau.workplace.card.together import together
from qorgau.workplace.discretion import words_for
from qorgau.workplace.for_you.pages import followers_of
from qorgau.workplace.presence.here import who_is_here
from qorgau.workplace.showing import show
from qorgau.workplace.timeline.history import history_of
from qorgau.workplace.timeline.spoken import spoken
from qorgau.workplace.wording import OUTCOMES


@staff_page
@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    """One appeal, for somebody who may see it."""
    appeal, staff = appeal_of_card(request, number), staff_of(request)
    now = timezone.now()
    with in_one_trip(request, appeal, staff, now):
        shown = _card(request, appeal, staff, now)
    return show(request, "card/page.html", shown)


def _card(request: HttpRequest, appeal: Appeal, staff: Staff, now: datetime) -> dict[str, Any]:
    number = appeal.number
    attachments, messages = ATTACHMENTS.all(appeal=appeal.pk), MESSAGES.all(appeal=appeal.pk)
    requests = REQUESTS.all(appeal=appeal.pk)
    answer = answer_of(appeal)
    said = spoken(staff, messages=messages, requests=requests, answer=answer)
    people = [("applicant", appeal.applicant), ("patient", appeal.patient)]
    others = linked(appeal, staff)
    rating = RATING.first(appeal=appeal.pk)
    return {
        "appeal": appeal,
        "number": number,
        "head": head_of(appeal, staff),
        "company": who_is_here(appeal, staff, at=now),
        **card_choices(appeal, staff),
        "done": request.GET.get("done", "") if request.GET.get("done") in set(Verb) else "",
        "people": [
            {
                "who": who,
                "title": WHO[who],
                "relation": appeal.relation if who == "patient" else "",
                "person": masked(person, staff),
                "form": LookingForm(initial={"who": who}, auto_id=f"{who}-%s"),
            }
            for who, person in people
            if person is not None
        ],
        "said": parts.said(appeal, staff),
        "facts": parts.facts(appeal),
        "insurance": insurance_of(appeal, staff),
        "details": details_of(appeal),
        "clinic_choice": clinic_choice_of(appeal, staff),
        "checklist": checklist_of(appeal, staff),
        "files": parts.files((row for row in attachments if row.message_id is None), number, staff),
        "talk": parts.talk(messages, attachments, number, staff),
        "notes": parts.notes(messages, staff),
        "followers": followers_of(appeal, staff),
        "requests": parts.requests(requests, staff),
        "terms": parts.terms(appeal),
        "custody": parts.custody(appeal, staff),
        "state_told": parts.state_told(appeal),
        "notices_told": parts.notices(appeal),
        "history": history_of(appeal, staff, said, latest_only=True),
        "on_the_card": True,
        "answer": shown_to(staff, appeal, answer),
        "linked": others,
        "together": together(request, appeal, staff, others),
        "same_person": of_the_same_person(appeal, staff),
        "withdrawal": WITHDRAWAL.first(appeal=appeal.pk),
        "rating": rating,
        "rating_said": words_for(staff, rating.words) if rating else "",
        "rating_words": OUTCOMES[rating.outcome] if rating else "",
    }


@staff_page
@require_safe
def terms(request: HttpRequest, number: str) -> HttpResponse:
    """The computation sheets of an appeal on a page of their own, to be printed."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    context = {"head": head_of(appeal, staff), "number": number, "terms": parts.terms(appeal)}
    return show(request, "card/terms.html", context)
