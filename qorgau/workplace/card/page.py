"""The card: everything about one appeal on one screen, and what can be done with it now."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qorgau.handling.known import FACTS
from qorgau.handling.permission import SEEN as IN_SCOPE
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.read_together import ReadTogether
from qorgau.people.absences import OF_HEADS, OF_SOMEBODY
from qorgau.people.models import Staff
from qorgau.register.details import LABELS, VALUES
from qorgau.register.models import Appeal, Attachment, InformationRequest, Message, Rating, Withdrawal
from qorgau.register.scope import scope_of
from qorgau.rules.roles import HANDLERS
from qorgau.rules.states import Verb
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.card import parts
from qorgau.workplace.card.answer_shown import ANSWER, answer_of, shown_to
from qorgau.workplace.card.checklists_shown import checklist_of
from qorgau.workplace.card.choices import card_choices
from qorgau.workplace.card.clinic_choice_shown import clinic_choice_of
from qorgau.workplace.card.details_shown import details_of
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.insurance_shown import insurance_of
from qorgau.workplace.card.looking import WHO, LookingForm
from qorgau.workplace.card.person_shown import masked
from qorgau.workplace.card.related import LINKS_OF, asked_of_the_same_person, known_of, linked, of_the_same_person
from qorgau.workplace.card.together import together
from qorgau.workplace.discretion import words_for
from qorgau.workplace.for_you.pages import FOLLOWERS, followers_of
from qorgau.workplace.presence.here import who_is_here
from qorgau.workplace.presence.present import COME_AND_SEE, PRESENT, WHO_IS_HERE
from qorgau.workplace.queue.unread import SEEN, sees_it_now
from qorgau.workplace.showing import show
from qorgau.workplace.timeline.history import LATEST, history_of
from qorgau.workplace.timeline.spoken import spoken
from qorgau.workplace.wording import OUTCOMES

_ATTACHMENTS = KeptQuery(lambda: Attachment.objects.filter(appeal_id=given("appeal")).order_by("added_at", "pk"))
_MESSAGES = KeptQuery(
    lambda: Message.objects.filter(appeal_id=given("appeal")).select_related("staff").order_by("at", "pk")
)
_REQUESTS = KeptQuery(
    lambda: (
        InformationRequest.objects.filter(appeal_id=given("appeal"))
        .select_related("clock", "asked_by", "replied_by")
        .order_by("asked_at", "pk")
    )
)
_RATING = KeptQuery(lambda: Rating.objects.filter(appeal_id=given("appeal")))
_WITHDRAWAL = KeptQuery(
    lambda: Withdrawal.objects.filter(appeal_id=given("appeal")).select_related("recorded_by", "code_seen_by")
)
_ASKED_OF_EVERY_APPEAL = (
    _ATTACHMENTS, _MESSAGES, _REQUESTS, ANSWER, LINKS_OF, _RATING, FACTS, VALUES, LABELS, FOLLOWERS, parts.CLOCKS,
    parts.CUSTODY, parts.HANDOVERS, parts.NOTICES_TOLD, LATEST, _WITHDRAWAL, OF_SOMEBODY, OF_HEADS,
)  # fmt: skip


@staff_page
@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    """One appeal, for somebody who may see it."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    now = timezone.now()
    with _in_one_trip(request, appeal, staff, now):
        shown = _card(request, appeal, staff, now)
    return show(request, "card/page.html", shown)


def _in_one_trip(request: HttpRequest, appeal: Appeal, staff: Staff, now: datetime) -> AbstractContextManager[None]:
    """Ask what this card asks in any case, and write down that this person is there and has seen it."""
    there = COME_AND_SEE if staff.role in HANDLERS else WHO_IS_HERE
    seen = [SEEN] if sees_it_now(request, staff) else []
    same_person = asked_of_the_same_person(appeal, staff)
    within_scope = [query for query in (IN_SCOPE.kept_for(staff), same_person) if query]
    return ReadTogether(there, *seen, *_ASKED_OF_EVERY_APPEAL, *within_scope).of(
        appeal=appeal.pk,
        appeals=[appeal.pk],
        number=appeal.number,
        version=appeal.version,
        staff=staff.pk,
        substitute=staff.pk,
        person=appeal.assignee_id,
        day=timezone.localdate(now),
        doing="",
        at=now,
        since=now - PRESENT,
        **known_of(appeal),
        **scope_of(staff),
    )


def _card(request: HttpRequest, appeal: Appeal, staff: Staff, now: datetime) -> dict[str, Any]:
    number = appeal.number
    attachments, messages = _ATTACHMENTS.all(appeal=appeal.pk), _MESSAGES.all(appeal=appeal.pk)
    requests = _REQUESTS.all(appeal=appeal.pk)
    answer = answer_of(appeal)
    said = spoken(staff, messages=messages, requests=requests, answer=answer)
    people = [("applicant", appeal.applicant), ("patient", appeal.patient)]
    others = linked(appeal, staff)
    rating = _RATING.first(appeal=appeal.pk)
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
        "withdrawal": _WITHDRAWAL.first(appeal=appeal.pk),
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
