"""The card: everything about one appeal on one screen, and what can be done with it now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from qorgau.handling.known import FACTS
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.read_together import ReadTogether
from qorgau.people.models import Staff
from qorgau.register.details import LABELS, VALUES
from qorgau.register.models import Appeal, Attachment, InformationRequest, Message, Rating, Withdrawal
from qorgau.rules.states import Verb
from qorgau.workplace import card_parts as parts
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.answer_shown import ANSWER, answer_of, shown_to
from qorgau.workplace.card_choices import card_choices
from qorgau.workplace.checklists_shown import checklist_of
from qorgau.workplace.clinic_choice_shown import clinic_choice_of
from qorgau.workplace.details_shown import details_of
from qorgau.workplace.discretion import words_for
from qorgau.workplace.for_you.pages import FOLLOWERS, followers_of
from qorgau.workplace.head import head_of
from qorgau.workplace.history import LATEST, history_of
from qorgau.workplace.insurance_shown import insurance_of
from qorgau.workplace.looking import WHO, LookingForm
from qorgau.workplace.person_shown import masked
from qorgau.workplace.presence.here import who_is_here
from qorgau.workplace.related import LINKS_OF, linked, of_the_same_person
from qorgau.workplace.showing import show
from qorgau.workplace.spoken import spoken
from qorgau.workplace.together import together
from qorgau.workplace.unread import remember_seen
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
_IN_ONE_TRIP = ReadTogether(
    _ATTACHMENTS, _MESSAGES, _REQUESTS, ANSWER, LINKS_OF, _RATING, FACTS, VALUES, LABELS, FOLLOWERS, parts.CLOCKS,
    parts.CUSTODY, parts.HANDOVERS, parts.NOTICES_TOLD, LATEST, _WITHDRAWAL,
)  # fmt: skip
"""What every card asks, whatever appeal it shows."""


@staff_page
@require_safe
def card(request: HttpRequest, number: str) -> HttpResponse:
    """One appeal, for somebody who may see it."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    remember_seen(request, appeal, staff)
    with _IN_ONE_TRIP.of(appeal=appeal.pk, appeals=[appeal.pk], number=appeal.number, desk=staff.desk_id):
        shown = _card(request, appeal, staff)
    return show(request, "card.html", shown)


def _card(request: HttpRequest, appeal: Appeal, staff: Staff) -> dict[str, Any]:
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
        "company": who_is_here(appeal, staff),
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
    return show(request, "terms.html", context)
