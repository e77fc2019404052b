"""What people wrote about an appeal, as the time line tells it: messages, notes, requests and replies, the answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in
from qorgau.people.models import Staff
from qorgau.register.models import Answer, Appeal, InformationRequest, Message
from qorgau.rules.states import Verb
from qorgau.workplace.discretion import sees_inside, words_for


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of somebody: which verbs write such words, what they are called without a line of their own, and where
    the card shows them (the id of an element)."""

    at: datetime
    verbs: frozenset[str]
    title: Promise
    who: str
    text: str
    anchor: str


VERBS_OF_WORDS = frozenset(
    {
        Verb.NOTE,
        Verb.ADD_MESSAGE,
        Verb.REPLY,
        Verb.ASK_APPLICANT,
        Verb.REQUEST_INFORMATION,
        Verb.REPLY_INFORMATION,
        Verb.ANSWER,
    }
)
"""Lines beside which somebody's words stand."""

_OF_DIRECTION: dict[str, tuple[frozenset[str], Promise, str]] = {
    "note": (frozenset({Verb.NOTE}), gettext_lazy("A note was written"), "note"),
    "from_applicant": (frozenset({Verb.ADD_MESSAGE, Verb.REPLY}), gettext_lazy("The applicant wrote"), "message"),
    "to_applicant": (
        frozenset({Verb.ASK_APPLICANT, Verb.EXTEND}),
        gettext_lazy("The applicant was written to"),
        "message",
    ),
}


def spoken(
    staff: Staff,
    *,
    messages: Iterable[Message] = (),
    requests: Iterable[InformationRequest] = (),
    answer: Answer | None = None,
) -> list[Spoken]:
    """Everything said, as far as this reader may read it. Rows must have their staff loaded."""
    said = [_message(message, staff) for message in messages if _is_for(message, staff)]
    for request in requests:
        said += _request(request, staff)
    if answer is not None and answer.sent_at is not None:
        said.append(
            Spoken(
                at=answer.sent_at,
                verbs=frozenset({Verb.ANSWER}),
                title=gettext_lazy("The answer was sent"),
                who="",
                text=words_for(staff, answer.text),
                anchor="answer-text",
            )
        )
    return said


def spoken_of(appeal: Appeal, staff: Staff, *, after: datetime | None = None) -> list[Spoken]:
    """`spoken` of an appeal, read here: all of it, or what came after a moment."""
    messages = Message.objects.filter(appeal=appeal).select_related("staff").order_by("at", "pk")
    requests = InformationRequest.objects.filter(appeal=appeal).select_related("asked_by", "replied_by")
    answer = Answer.objects.filter(appeal=appeal, sent_at__isnull=False).first()
    said = spoken(staff, messages=messages, requests=requests, answer=answer)
    return [words for words in said if after is None or words.at > after]


def _is_for(message: Message, staff: Staff) -> bool:
    return message.direction != "note" or sees_inside(message.desk_id, staff)


def _message(message: Message, staff: Staff) -> Spoken:
    verbs, title, anchor = _OF_DIRECTION[message.direction]
    return Spoken(
        at=message.at,
        verbs=verbs,
        title=title,
        who=_author(message.staff, message.desk_id) if message.staff else _("the applicant"),
        text=words_for(staff, message.text),
        anchor=f"{anchor}-{message.pk}",
    )


def _request(request: InformationRequest, staff: Staff) -> Iterable[Spoken]:
    yield Spoken(
        at=request.asked_at,
        verbs=frozenset({Verb.REQUEST_INFORMATION}),
        title=gettext_lazy("Information was requested"),
        who=_author(request.asked_by, request.asking_id),
        text=words_for(staff, request.question),
        anchor=f"request-{request.pk}",
    )
    if request.reply and request.replied_at:
        yield Spoken(
            at=request.replied_at,
            verbs=frozenset({Verb.REPLY_INFORMATION}),
            title=gettext_lazy("The organisation replied"),
            who=_author(request.replied_by, request.asked_id),
            text=words_for(staff, request.reply),
            anchor=f"request-{request.pk}",
        )


def _author(person: Staff | None, desk_id: int | None) -> str:
    desk = name_in(current().desks.get(desk_id or 0))
    return ", ".join(part for part in (person.short_name if person else "", desk) if part)
