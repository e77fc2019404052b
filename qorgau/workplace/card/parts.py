"""The parts of a card, each read for one reader: what was said, messages, requests, terms, custody, notices."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.directory.reference import current
from qorgau.directory.states_for_applicants import words_for_applicant
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.lib.speech import name_in, say, say_date
from qorgau.notices.chats.models import GivenReceipt
from qorgau.notices.models import Notice
from qorgau.people.models import Staff
from qorgau.register.following.models import Mention
from qorgau.register.models import (
    Appeal,
    Attachment,
    Clock,
    Custody,
    Handover,
    InformationRequest,
    Message,
)
from qorgau.register.scope import appeals_for
from qorgau.rules.computation_sheet import Sheet
from qorgau.rules.kinds import Channel, Procedure
from qorgau.rules.states import State
from qorgau.workplace.card.files import has_preview, is_picture
from qorgau.workplace.card.unheard import unheard
from qorgau.workplace.discretion import sees_inside, sees_personal_data, words_for
from qorgau.workplace.due_words import running
from qorgau.workplace.wording import CHANNELS, NOTICE_STATES, NOTICES, PROCEDURES, SENT_IN_DOUBT, TERMS, WAYS

CLOCKS = KeptQuery(lambda: Clock.objects.filter(appeal_id=given("appeal")).order_by("stopped_at", "due_on", "pk"))
CUSTODY = KeptQuery(
    lambda: Custody.objects.filter(appeal_id=given("appeal")).select_related("accepted_by").order_by("since", "pk")
)
HANDOVERS = KeptQuery(
    lambda: Handover.objects.filter(appeal_id=given("appeal")).select_related("offered_by").order_by("offered_at")
)
RECEIPTS_GIVEN = KeptQuery(lambda: GivenReceipt.objects.filter(appeal_number=given("number")).order_by("pk"))
NOTICES_TOLD = KeptQuery(
    lambda: Notice.objects.filter(appeal_number=given("number"), for_staff=False).order_by("created_at", "pk")
)


def said(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    """What the person said, as they said it, and what was noticed about it."""
    return {
        "text": words_for(staff, appeal.text),
        "circumstances": words_for(staff, appeal.circumstances),
        "desired_outcome": words_for(staff, appeal.desired_outcome),
        "event": say_date(appeal.event_date) or words_for(staff, appeal.event_date_as_said),
        "organisation_as_said": words_for(staff, appeal.organisation_as_said),
        "language": appeal.language,
        "language_name": dict(settings.LANGUAGES)[appeal.language],
        "flags": [say(flag) for flag in appeal.flags if _may_be_named(flag, staff)],
    }


def _may_be_named(flag: dict[str, Any], staff: Staff) -> bool:
    """A flag that names another appeal is for those who may see that one too."""
    number = flag.get("facts", {}).get("number")
    return number is None or appeals_for(staff).filter(number=number).exists()


def facts(appeal: Appeal) -> dict[str, Any]:
    """How it came and where it belongs."""
    return {
        "channel": str(CHANNELS[Channel(appeal.channel)]),
        "procedure": str(PROCEDURES[Procedure(appeal.procedure)]),
        "received_at": appeal.received_at,
        "registered_on": appeal.registered_on,
        "taken_by": appeal.taken_by.short_name if appeal.taken_by else "",
        "topic": name_in(appeal.topic),
        "region": name_in(appeal.region),
        "organisation": name_in(appeal.organisation),
        "because": say(appeal.because),
    }


def files(attachments: Iterable[Attachment], number: str, staff: Staff) -> list[dict[str, Any]]:
    """Files as links, pictures with a small preview; without names for those who read figures."""
    if not sees_personal_data(staff):
        return [{"name": _("A file"), "detail": filesizeformat(row.size)} for row in attachments]
    return [
        {
            "name": row.name,
            "href": reverse("desk:file", args=[number, row.pk]),
            "preview": reverse("desk:preview", args=[number, row.pk]) if has_preview(row) else "",
            "small": reverse("desk:small", args=[number, row.pk]) if is_picture(row) else "",
            "detail": filesizeformat(row.size),
        }
        for row in attachments
    ]


def talk(messages: Iterable[Message], attachments: list[Attachment], number: str, staff: Staff) -> list[dict[str, Any]]:
    """What the applicant and the desks wrote to each other."""
    return [
        {
            "id": message.pk,
            "mine": message.direction == "to_applicant",
            "who": message.staff.short_name if message.staff else _("the applicant"),
            "when": message.at,
            "text": words_for(staff, message.text),
            "files": files((row for row in attachments if row.message_id == message.pk), number, staff),
        }
        for message in messages
        if message.direction != "note"
    ]


def notes(messages: Iterable[Message], staff: Staff) -> list[dict[str, Any]]:
    """Notes that this reader may read, each with who wrote it and whom it names."""
    read = [message for message in messages if message.direction == "note" and sees_inside(message.desk_id, staff)]
    named: dict[int, list[str]] = {}
    if read:
        for mention in Mention.objects.filter(message__in=read).select_related("staff").order_by("pk"):
            named.setdefault(mention.message_id, []).append(mention.staff.short_name)
    return [
        {
            "id": message.pk,
            "named": named.get(message.pk, []),
            "who": message.staff.short_name if message.staff else "",
            "desk": name_in(current().desks.get(message.desk_id or 0)),
            "when": message.at,
            "text": words_for(staff, message.text),
        }
        for message in read
    ]


def requests(rows: Iterable[InformationRequest], staff: Staff) -> list[dict[str, Any]]:
    """What was asked of organisations, and what they replied. Rows must have their clock and their people loaded."""
    today = timezone.localdate()
    return [
        {
            "id": row.pk,
            "asking": name_in(current().desks[row.asking_id]),
            "asked": name_in(current().desks[row.asked_id]),
            "asked_at": row.asked_at,
            "asked_by": row.asked_by.short_name,
            "question": words_for(staff, row.question),
            "due": running(row.clock.due_on, today) if row.replied_at is None else None,
            "reply": words_for(staff, row.reply),
            "replied_at": row.replied_at,
            "replied_by": row.replied_by.short_name if row.replied_by else "",
        }
        for row in rows
    ]


def terms(appeal: Appeal) -> list[dict[str, Any]]:
    """The clocks of the appeal, each with its computation sheet."""
    today = timezone.localdate()
    return [
        {
            "name": TERMS.get(clock.purpose, clock.purpose),
            "due_on": clock.due_on,
            "due": running(clock.due_on, today) if clock.stopped_at is None else None,
            "started_at": clock.started_at,
            "stopped_at": clock.stopped_at,
            "days_taken": clock.days_taken,
            "days_over": clock.days_over,
            "extended_from": clock.extended_from,
            "sheet": Sheet.from_json(clock.sheet),
        }
        for clock in CLOCKS.all(appeal=appeal.pk)
    ]


def custody(appeal: Appeal, staff: Staff) -> dict[str, Any]:
    """Who held the appeal, what was offered to whom, and how often it came back."""
    desks = current().desks
    held = CUSTODY.all(appeal=appeal.pk)
    offered = HANDOVERS.all(appeal=appeal.pk)
    waiting = next((row for row in offered if row.settled_at is None), None)
    return {
        "held": [
            {
                "desk": name_in(desks[row.desk_id]),
                "since": row.since,
                "until": row.until,
                "accepted_by": row.accepted_by.short_name if row.accepted_by else "",
                "because": words_for(staff, say(row.because)),
            }
            for row in held
        ],
        "returns": sum(row.outcome == "returned" for row in offered),
        "waiting": {
            "receiver": name_in(desks[waiting.receiver_id]),
            "giver": name_in(desks[waiting.giver_id]),
            "to_us": waiting.receiver_id == staff.desk_id,
            "since": waiting.offered_at,
            "by": waiting.offered_by.short_name,
            "reason": words_for(staff, waiting.reason),
        }
        if waiting
        else None,
    }


def state_told(appeal: Appeal) -> str:
    """What stands on the applicant's page of the appeal now, as it is said on the telephone; "" of one that was merged:
    its applicant reads how the leading one stands.
    """
    state = State(appeal.state)
    if state == State.MERGED:
        return ""
    return words_for_applicant(state, desk_id=appeal.holder_id, topic_id=appeal.topic_id)


def notices(appeal: Appeal) -> dict[str, Any]:
    """What the applicant was told, whether it arrived, and what to tell them otherwise. Addresses stay hidden."""
    rows = NOTICES_TOLD.all(number=appeal.number)
    receipts = RECEIPTS_GIVEN.all(number=appeal.number) if appeal.channel == Channel.TELEGRAM else []
    told = [
        {
            "topic": NOTICES.get(row.topic, row.topic),
            "state": row.state,
            "state_words": SENT_IN_DOUBT if row.state == "sent" and row.unsure else NOTICE_STATES[row.state],
            "when": row.sent_at or row.created_at,
            "way": WAYS.get(row.transport, row.transport),
        }
        for row in rows
    ]
    return {"rows": [_given(row) for row in receipts] + told, "unheard": unheard(rows, appeal.applicant)}


def _given(row: GivenReceipt) -> dict[str, Any]:
    """The receipt that the bot gave in the chat, as other notices stand."""
    state = "sent" if row.said_at else "failed" if row.failed_at else "waiting"
    return {
        "topic": NOTICES["receipt"],
        "state": state,
        "state_words": SENT_IN_DOUBT if row.said_at and row.unsure else NOTICE_STATES[state],
        "when": row.said_at or row.failed_at or row.promised_at,
        "way": WAYS["telegram"],
    }
