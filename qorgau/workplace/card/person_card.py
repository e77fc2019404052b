"""The applicant's card: all appeals that are probably by the same person, whichever door they came through.

Only those within the reader's scope are there. What lies outside it is not even counted: that somebody complained
elsewhere, perhaps about corruption, is itself a fact about them which the reader's work does not need (Law of
21.05.2013 No. 94-V, Art. 5: no more than the purpose asks for).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Applicant, Staff
from qorgau.people.same_person import same_person_filter
from qorgau.register.models import Answer, Appeal
from qorgau.register.scope import appeals_for
from qorgau.rules.kinds import Channel
from qorgau.rules.states import OPEN
from qorgau.workplace.access import get_appeal, staff_of, staff_page
from qorgau.workplace.card.head import head_of
from qorgau.workplace.card.looking import LookingForm
from qorgau.workplace.card.person_shown import masked
from qorgau.workplace.card.related import row_of
from qorgau.workplace.discretion import sees_personal_data, words_for
from qorgau.workplace.due_words import nearness
from qorgau.workplace.openings import note_opening
from qorgau.workplace.showing import show
from qorgau.workplace.wording import CHANNELS, DECISIONS

MOST = 200

BY_IIN, BY_PHONE, BY_EMAIL = _("Same IIN"), _("Same telephone"), _("Same e-mail")
OTHER_PERSON = _("Same telephone or e-mail, another IIN: probably somebody else of the family")


@staff_page
@require_safe
def person_card(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that this person wrote to us, as far as the reader may see it: open appeals first."""
    appeal, staff = get_appeal(request, number), staff_of(request)
    rows = appeals_of(appeal, staff)
    note_opening(request, {appeal.pk, *(row["id"] for row in rows)}, part="person")
    context = {
        "appeal": appeal,
        "number": number,
        "head": head_of(appeal, staff),
        "contacts": masked(appeal.applicant, staff),
        "who": "applicant",
        "looking_form": LookingForm(initial={"who": "applicant"}),
        "open": [row for row in rows if row["open"]],
        "ended": [row for row in rows if not row["open"]],
    }
    return show(request, "card/person_card.html", context)


def appeals_of(appeal: Appeal, staff: Staff) -> list[dict[str, Any]]:
    """The appeal and all others by the same person: open ones by due date, then the others, the latest first."""
    same = same_person_filter(appeal.applicant)
    mine = (
        appeals_for(staff).filter(applicant__in=same) if same is not None else appeals_for(staff).filter(pk=appeal.pk)
    )
    closed = Case(When(state__in=sorted(OPEN), then=Value(0)), default=Value(1), output_field=IntegerField())
    found = list(mine.select_related("applicant", "assignee").order_by(closed, "-received_at", "-pk")[:MOST])
    answers = _answers(found)
    today, reference = timezone.localdate(), current()
    return [
        row_of(other, "")
        | {
            "id": other.pk,
            "this": other.pk == appeal.pk,
            "open": other.state in OPEN,
            "topic": name_in(reference.topics.get(other.topic_id or 0)),
            "organisation": name_in(reference.organisations.get(other.organisation_id or 0)),
            "channel": CHANNELS[Channel(other.channel)],
            "holder": name_in(reference.desks[other.holder_id]),
            "assignee": other.assignee.short_name if other.assignee else "",
            "due": nearness(other, today) if other.state in OPEN else None,
            "name": other.applicant.full_name if sees_personal_data(staff) else "",
            "recognised": "" if other.pk == appeal.pk else _recognised(appeal.applicant, other.applicant),
            "answer": _answer(answers.get(other.pk), staff),
        }
        for other in found
    ]


def _recognised(one: Applicant, other: Applicant) -> Promise:
    """By what the two rows are taken for one person, the surest first."""
    if one.iin_hash is not None and other.iin_hash is not None:
        return BY_IIN if bytes(one.iin_hash) == bytes(other.iin_hash) else OTHER_PERSON
    return BY_PHONE if one.phone and one.phone == other.phone else BY_EMAIL


def _answers(appeals: Iterable[Appeal]) -> dict[int, Answer]:
    sent = Answer.objects.filter(appeal__in=[appeal.pk for appeal in appeals], sent_at__isnull=False)
    return {answer.appeal_id: answer for answer in sent}


def _answer(answer: Answer | None, staff: Staff) -> dict[str, Any] | None:
    if answer is None:
        return None
    return {
        "decision": str(DECISIONS[answer.decision]),
        "text": words_for(staff, answer.text),
        "language": answer.language,
        "sent_at": answer.sent_at,
    }
