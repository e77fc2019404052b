"""What stands in a case file, in the reader's language and as far as the reader may know it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from qorgau.directory.reference import current
from qorgau.lib.speech import name_in, say, say_date, say_moment
from qorgau.people import applicants
from qorgau.people.models import Applicant, Staff
from qorgau.register.checklists import progress
from qorgau.register.merged import link_to_leading, merged_into
from qorgau.register.models import (
    Answer,
    Appeal,
    Attachment,
    Clock,
    Custody,
    InformationRequest,
    JournalLine,
    Message,
)
from qorgau.register.scope import appeals_for
from qorgau.rules import privacy
from qorgau.rules.computation_sheet import Sheet
from qorgau.rules.kinds import Channel, Kind, Procedure
from qorgau.rules.states import Verb
from qorgau.workplace.card.checklists_shown import step_told
from qorgau.workplace.card.details_shown import details_of
from qorgau.workplace.case_file.purposes import PURPOSES
from qorgau.workplace.discretion import sees_draft, sees_inside
from qorgau.workplace.models import CaseFile
from qorgau.workplace.state_words import state_words
from qorgau.workplace.timeline.entries import HAPPENED
from qorgau.workplace.wording import CHANNELS, DECISIONS, KINDS, PROCEDURES, TERMS

Rows = list[list[str]]


def contents(asked: CaseFile, appeal: Appeal) -> dict[str, Any]:
    """Everything that the document says, as words in the language that is active now."""
    staff, full = asked.staff, asked.in_full
    files = list(Attachment.objects.filter(appeal=appeal).order_by("added_at", "pk"))
    return {
        "language": asked.language,
        "title": _("Case of appeal %(number)s") % {"number": appeal.number},
        "fund": _("Social Health Insurance Fund"),
        "number": appeal.number,
        "kind": str(KINDS[Kind(appeal.kind)]),
        "state": state_words(appeal),
        "sensitive": _("Sensitive: for named readers only") if appeal.sensitive else "",
        "cover": _cover(asked, appeal),
        "sections": [
            section
            for section in (
                _facts(_("The appeal"), _of_the_appeal(appeal)),
                _facts(_("Labels and fields"), _details(appeal)),
                *(_facts(title, _person(one, relation, in_full=full)) for title, one, relation in _people(appeal)),
                _words(_("What the person said"), _said(appeal), in_full=full),
                _words(_("What was written"), _written(appeal, staff), in_full=full),
                _words(_("Requests for information"), _requests(appeal), in_full=full),
                _words(_("The answer"), _answers(appeal, staff), in_full=full),
                _facts(_("Checklist"), _steps(appeal, staff)),
                *_sheets(appeal),
                _facts(_("Who held it"), _custody(appeal)),
                _facts(_("Answered together"), _together(appeal, staff)),
                _facts(_("What has happened"), _journal(appeal, staff)),
                _facts(_("Files"), _files(files)),
            )
            if section["rows"]
        ],
    }


def _facts(title: str, rows: Rows) -> dict[str, Any]:
    return {"kind": "facts", "title": title, "rows": [row for row in rows if row[1]]}


def _words(title: str, rows: Rows, *, in_full: bool) -> dict[str, Any]:
    """Rows: who and when, and the words; identity numbers and contacts stand in what people write too."""
    said = [[who, words if in_full else privacy.mask_text(words)] for who, words in rows if words]
    return {"kind": "words", "title": title, "rows": said}


def _cover(asked: CaseFile, appeal: Appeal) -> Rows:
    desk = current().desks.get(asked.staff.desk_id or 0)
    return [
        [_("Received"), say_moment(appeal.received_at)],
        [_("Held by"), name_in(appeal.holder)],
        [
            _("Taken out by"),
            ", ".join(part for part in (asked.staff.short_name, name_in(desk) if desk else "") if part),
        ],
        [_("Taken out on"), say_moment(asked.asked_at)],
        [_("What for"), str(PURPOSES.get(asked.purpose, asked.purpose))],
        [_("Contacts and IIN"), _("in full") if asked.in_full else _("masked")],
    ]


def _of_the_appeal(appeal: Appeal) -> Rows:
    return [
        [_("Number"), appeal.number],
        [_("Kind"), str(KINDS[Kind(appeal.kind)])],
        [_("Procedure"), str(PROCEDURES[Procedure(appeal.procedure)])],
        [_("State"), state_words(appeal)],
        [_("Door"), str(CHANNELS[Channel(appeal.channel)])],
        [_("Received"), say_moment(appeal.received_at)],
        [_("Registered"), say_date(appeal.registered_on)],
        [_("Taken by"), appeal.taken_by.short_name if appeal.taken_by else ""],
        [_("Reason"), name_in(appeal.topic)],
        [_("Organisation"), name_in(appeal.organisation) or appeal.organisation_as_said],
        [_("Region"), name_in(appeal.region)],
        [_("When it happened"), say_date(appeal.event_date) or appeal.event_date_as_said],
        [_("Answer due on"), say_date(appeal.due_on)],
        [_("Answered on"), say_moment(appeal.answered_at)],
        [_("Closed on"), say_moment(appeal.closed_at)],
        [_("Why this desk"), say(appeal.because)],
    ]


def _details(appeal: Appeal) -> Rows:
    details = details_of(appeal)
    labels = ", ".join(label["text"] for label in details["labels"])
    return [[_("Labels"), labels], *map(list, details["fields"])]


def _people(appeal: Appeal) -> list[tuple[str, Applicant, str]]:
    people = [(_("Applicant"), appeal.applicant, "")]
    return people + ([(_("Patient"), appeal.patient, appeal.relation)] if appeal.patient else [])


def _person(person: Applicant, relation: str, *, in_full: bool) -> Rows:
    contacts = applicants.masked(person)
    if in_full:
        contacts = {
            "iin": applicants.reveal_iin(person),
            "phone": person.phone or person.phone_as_said,
            "email": person.email,
            "address": person.postal_address,
        }
    return [
        [_("Name"), person.full_name or _("No name was given")],
        [_("Relation"), relation],
        [_("IIN"), contacts["iin"]],
        [_("Telephone"), contacts["phone"]],
        [_("E-mail"), contacts["email"]],
        [_("Postal address"), contacts["address"]],
        [_("Language"), dict(settings.LANGUAGES)[person.language]],
    ]


def _said(appeal: Appeal) -> Rows:
    return [
        [_("In their own words"), appeal.text],
        [_("Circumstances"), appeal.circumstances],
        [_("What the person wishes"), appeal.desired_outcome],
    ]


def _written(appeal: Appeal, staff: Staff) -> Rows:
    messages = Message.objects.filter(appeal=appeal).select_related("staff").order_by("at", "pk")
    rows = []
    for message in messages:
        if message.direction == "note" and not sees_inside(message.desk_id, staff):
            continue
        who = message.staff.short_name if message.staff else _("the applicant")
        if message.direction == "note":
            who = _("Note by %(person)s") % {"person": who}
        rows.append([f"{who}, {say_moment(message.at)}", message.text or _("files only")])
    return rows


def _requests(appeal: Appeal) -> Rows:
    desks, rows = current().desks, []
    for row in InformationRequest.objects.filter(appeal=appeal).order_by("asked_at", "pk"):
        asked = _("%(asking)s asks %(asked)s") % {
            "asking": name_in(desks[row.asking_id]),
            "asked": name_in(desks[row.asked_id]),
        }
        rows.append([f"{asked}, {say_moment(row.asked_at)}", row.question])
        rows.append([f"{name_in(desks[row.asked_id])}, {say_moment(row.replied_at)}", row.reply])
    return rows


def _answers(appeal: Appeal, staff: Staff) -> Rows:
    answer = Answer.objects.filter(appeal=appeal).select_related("author", "approved_by", "sent_by").first()
    if answer is None or (answer.sent_at is None and not sees_draft(appeal, staff)):
        return []
    signed = answer.sent_by or answer.author
    if answer.sent_at:
        head = f"{DECISIONS[answer.decision]}, {signed.short_name}, {say_moment(answer.sent_at)}"
    else:
        head = f"{_('Draft of the answer')}, {signed.short_name}, {say_moment(answer.drafted_at)}"
    return [
        [head, answer.text],
        [_("On the basis of"), answer.legal_basis],
        [_("How to challenge it"), answer.how_to_appeal],
    ]


def _sheets(appeal: Appeal) -> Iterable[dict[str, Any]]:
    for clock in Clock.objects.filter(appeal=appeal).order_by("started_at", "pk"):
        sheet = Sheet.from_json(clock.sheet)
        name = str(TERMS.get(clock.purpose, clock.purpose))
        title = _("Computation of the term: %(term)s") % {"term": name}
        rows = [[say_date(step.on) if step.on else "", say(step.sentence)] for step in sheet.steps]
        if clock.stopped_at:
            rows.append([say_date(timezone.localdate(clock.stopped_at)), _("The clock has stopped")])
        yield _facts(title, rows)


def _steps(appeal: Appeal, staff: Staff) -> Rows:
    """Each step with who did it when, as far as the reader sees the inner work of the desk."""
    if not sees_inside(appeal.holder_id, staff):
        return []
    return [
        [
            name_in(line.step),
            f"{line.done.done_by.short_name}, {say_moment(line.done.done_at)}" if line.done else _("Not done"),
        ]
        for line in progress(appeal).lines
    ]


def _custody(appeal: Appeal) -> Rows:
    rows = Custody.objects.filter(appeal=appeal).select_related("accepted_by").order_by("since", "pk")
    told = []
    for row in rows:
        until = say_moment(row.until) if row.until else _("until now")
        told.append([f"{say_moment(row.since)} – {until}", name_in(current().desks[row.desk_id])])
    return told


def _together(appeal: Appeal, staff: Staff) -> Rows:
    """Numbers only: each of them is a case of its own."""
    seen, leading = appeals_for(staff), link_to_leading(appeal)
    rows = [[_("Has as a part"), one.number] for one in merged_into(appeal).filter(pk__in=seen.values("pk"))]
    if leading and seen.filter(pk=leading.earlier_id).exists():
        rows.append([_("Part of"), leading.earlier.number])
    return rows


def _journal(appeal: Appeal, staff: Staff) -> Rows:
    rows = []
    for line in JournalLine.objects.filter(appeal=appeal).select_related("staff").order_by("sequence"):
        inside = line.staff is None or sees_inside(line.staff.desk_id, staff)
        who = line.staff.short_name if line.staff else ""
        why = say(line.because) if line.because and inside else ""
        if line.verb == Verb.TICK and inside:
            why = step_told(line)
        what = str(HAPPENED.get(line.verb, line.verb))
        told = f"{what} ({who})" if who else what
        rows.append([say_moment(line.at), f"{told}\n{why}" if why else told])
    return rows


def _files(files: list[Attachment]) -> Rows:
    return [
        [row.name, f"{row.media_type}, {filesizeformat(row.size)}\nSHA-256 {bytes(row.sha256).hex()}"] for row in files
    ]
