"""The life of an appeal for the staff: every journal line in words, as far as the reader may know them."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qorgau.directory.reference import current
from qorgau.insured.words import category_name
from qorgau.lib.speech import name_in, say
from qorgau.notices.unheard import UNHEARD
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.new_codes import Sign
from qorgau.rules.states import Verb
from qorgau.workplace.card.checklists_shown import step_told
from qorgau.workplace.card.details_shown import details_told
from qorgau.workplace.discretion import sees_inside, words_for
from qorgau.workplace.timeline.changes import Changed, changes_of, people_named
from qorgau.workplace.timeline.spoken import VERBS_OF_WORDS, Spoken
from qorgau.workplace.wording import (
    CHANNELS,
    DECISIONS,
    NOTICES,
    OUTCOMES,
    PURPOSES_OF_LOOKING,
    SIGNS_OF_THE_APPLICANT,
    TERMS,
    WAYS,
)

HAPPENED: dict[str, Promise] = {
    "register": gettext_lazy("Registered"),
    Verb.ACCEPT: gettext_lazy("Taken into work"),
    Verb.ASSIGN: gettext_lazy("Assigned"),
    Verb.RETURN_BACK: gettext_lazy("The hand-over was returned"),
    Verb.TAKE_BACK: gettext_lazy("The offer was taken back"),
    Verb.PASS_ON: gettext_lazy("Offered to another desk"),
    Verb.REDIRECT: gettext_lazy("Redirected outside"),
    Verb.REQUEST_INFORMATION: gettext_lazy("Information was requested"),
    Verb.REPLY_INFORMATION: gettext_lazy("The organisation replied"),
    Verb.ASK_APPLICANT: gettext_lazy("The applicant was asked"),
    Verb.CARRY_ON: gettext_lazy("Carried on without waiting"),
    Verb.ADD_MESSAGE: gettext_lazy("The applicant wrote"),
    Verb.REPLY: gettext_lazy("The applicant answered"),
    Verb.DRAFT: gettext_lazy("The draft was saved"),
    Verb.SUBMIT_FOR_APPROVAL: gettext_lazy("Submitted for approval"),
    Verb.APPROVE: gettext_lazy("Approved"),
    Verb.SEND_BACK: gettext_lazy("Sent back to the author"),
    Verb.ANSWER: gettext_lazy("The answer was sent"),
    Verb.PROPOSE_EXTENSION: gettext_lazy("A longer term was proposed"),
    Verb.EXTEND: gettext_lazy("The term was extended"),
    Verb.REFUSE_EXTENSION: gettext_lazy("The longer term was refused"),
    Verb.RECORD_WITHDRAWAL: gettext_lazy("A wish to withdraw was written down"),
    Verb.CONFIRM_WITHDRAWAL: gettext_lazy("The applicant confirmed the withdrawal"),
    Verb.WITHDRAW: gettext_lazy("The applicant withdrew the appeal"),
    Verb.RATE: gettext_lazy("The applicant rated the answer"),
    Verb.OPEN_NEXT_STAGE: gettext_lazy("The applicant went one step higher"),
    Verb.CLOSE_UNRATED: gettext_lazy("Closed when the time to rate was over"),
    Verb.NOTE: gettext_lazy("A note was written"),
    Verb.CORRECT: gettext_lazy("The reason or the organisation was corrected"),
    Verb.SET_DETAILS: gettext_lazy("Labels and fields were set"),
    Verb.TICK: gettext_lazy("Checklist"),
    Verb.MARK_SENSITIVE: gettext_lazy("Marked as sensitive"),
    Verb.MARK_ORDINARY: gettext_lazy("No longer sensitive"),
    "name_reader": gettext_lazy("Somebody was named to read it"),
    "end_reader": gettext_lazy("Somebody reads it no longer"),
    "concerns": gettext_lazy("It is about a colleague"),
    "settle_above": gettext_lazy("The desk above settles whose it is"),
    Verb.ISSUE_CODE: gettext_lazy("A new access code was issued"),
    "code_shown": gettext_lazy("The access code was shown to hand it over"),
    Verb.LINK: gettext_lazy("Linked with another appeal"),
    Verb.UNLINK: gettext_lazy("A link was taken off"),
    Verb.MERGE: gettext_lazy("Became part of another appeal"),
    Verb.TAKE_IN: gettext_lazy("Another appeal became part of this one"),
    Verb.SEPARATE: gettext_lazy("The merging was undone"),
    "let_go": gettext_lazy("An appeal is no longer part of this one"),
    "merged_overdue": gettext_lazy("The term of a merged appeal has passed"),
    UNHEARD: gettext_lazy("News reached the applicant by no way"),
    "merged_wrote": gettext_lazy("The applicant of a merged appeal wrote"),
    Verb.SPLIT: gettext_lazy("A question was split off"),
    Verb.GRANT_TEMPORARY: gettext_lazy("A temporary status was granted"),
    Verb.REVOKE_TEMPORARY: gettext_lazy("The temporary status was revoked"),
    "temporary_ends": gettext_lazy("It was told that the temporary status ends soon"),
    "split_off": gettext_lazy("Split from another appeal"),
    "case_taken": gettext_lazy("The whole case was taken as a file"),
    "looked": gettext_lazy("Contacts and IIN were looked at"),
    "remind": gettext_lazy("The desk was reminded"),
    "overdue": gettext_lazy("The term has passed"),
    "late_reply": gettext_lazy("The term has passed"),
    "escalate": gettext_lazy("The head of the desk was told"),
    "due": gettext_lazy("The due date follows the new desk"),
    "calendar": gettext_lazy("The due date follows the calendar"),
}
"""What a line tells, by its verb."""

_INSIDE = frozenset(
    {Verb.ASSIGN, Verb.DRAFT, Verb.SUBMIT_FOR_APPROVAL, Verb.APPROVE, Verb.SEND_BACK, Verb.NOTE, "escalate", "looked"}
) | frozenset(
    {
        *(Verb.LINK, Verb.UNLINK, Verb.MERGE, Verb.TAKE_IN, Verb.SEPARATE, Verb.SPLIT),
        *(Verb.MARK_SENSITIVE, Verb.MARK_ORDINARY, Verb.PROPOSE_EXTENSION, Verb.REFUSE_EXTENSION),
        *("name_reader", "end_reader", "concerns"),
        Verb.TICK,
    }
)
"""Lines whose details concern the desk that wrote them."""

_SIGNS = frozenset({"looked", "remind", "overdue", "late_reply", "escalate", "temporary_ends", UNHEARD})
"""Lines that change nothing about the appeal: somebody looked, or the clock spoke."""

_PROBLEMS = frozenset({"overdue", "late_reply", "escalate", UNHEARD, Verb.RETURN_BACK, Verb.SEND_BACK})


WORDS, CHANGE, SIGN = "words", "change", "sign"
"""What an entry is: something that somebody wrote, a change of the appeal, or a sign of life that changed nothing."""

# Only the desk that holds an appeal does these, so the desk is known wherever their author works today.
_OF_THE_HOLDER = frozenset(
    {*(Verb.ASSIGN, Verb.DRAFT, Verb.SUBMIT_FOR_APPROVAL, Verb.APPROVE, Verb.SEND_BACK), Verb.CORRECT, Verb.TICK}
)


def entries(
    lines: Iterable[JournalLine], staff: Staff, *, appeal: Appeal | None = None, said: Iterable[Spoken] = ()
) -> list[dict[str, Any]]:
    """The lines as the time line draws them, in the order given, each with the words that were written by it.

    Lines must have their staff loaded. With `appeal`, as it stands after the last of the lines, the desk of each author
    is the one they worked at then. Words that no line tells of (they came with another appeal) follow at the end.
    """
    lines = list(lines)
    named = people_named(lines)
    people = Staff.objects.in_bulk(named) if named else {}
    desks, waiting = _desks_of_authors(lines, appeal), list(said)
    told = [_entry(line, staff, people, desks[line.sequence], _words_of(line, waiting)) for line in lines]
    return told + [_without_a_line(words) for words in waiting]


def _words_of(line: JournalLine, waiting: list[Spoken]) -> Spoken | None:
    """The words of a line, taken out of those that wait: they were written in its moment, by its verb."""
    for place, words in enumerate(waiting):
        if words.at == line.at and line.verb in words.verbs:
            return waiting.pop(place)
    return None


def _desks_of_authors(lines: list[JournalLine], appeal: Appeal | None) -> dict[int, int | None]:
    """The desk that each line was written at, going back from the desk that holds the appeal now."""
    held = appeal.holder_id if appeal else None
    desks: dict[int, int | None] = {}
    for line in sorted(lines, key=lambda line: line.sequence, reverse=True):
        of_today = line.staff.desk_id if line.staff else None
        desks[line.sequence] = held if line.verb in _OF_THE_HOLDER and held else of_today
        held = line.before.get("holder") or held
    return desks


def _entry(
    line: JournalLine, staff: Staff, people: dict[int, Staff], desk_id: int | None, words: Spoken | None
) -> dict[str, Any]:
    shown = line.verb not in _INSIDE or line.staff is None or sees_inside(desk_id, staff)
    changes = changes_of(line, people) if shown else []
    return {
        "title": HAPPENED.get(line.verb, line.verb),
        "when": line.at,
        "by": _who(line, desk_id),
        "staff_id": line.staff_id,
        "text": words_for(staff, "\n".join(_details(line))) if shown else "",
        "changes": changes,
        "words": words.text if words else "",
        "anchor": words.anchor if words else "",
        "kind": _kind(line, changes),
        "is_tick": line.verb == Verb.TICK,
        "tone": "problem" if line.verb in _PROBLEMS else "done",
    }


def _kind(line: JournalLine, changes: list[Changed]) -> str:
    if line.verb in VERBS_OF_WORDS:
        return WORDS
    return CHANGE if changes or line.verb not in _SIGNS else SIGN


def _without_a_line(words: Spoken) -> dict[str, Any]:
    return {
        "title": words.title,
        "when": words.at,
        "by": words.who,
        "staff_id": None,
        "text": "",
        "changes": [],
        "words": words.text,
        "anchor": words.anchor,
        "kind": WORDS,
        "is_tick": False,
        "tone": "done",
    }


def _who(line: JournalLine, desk_id: int | None) -> str:
    if line.staff is not None:
        desk = current().desks.get(desk_id or 0)
        return f"{line.staff.short_name}, {name_in(desk)}" if desk else line.staff.short_name
    return {"applicant": _("the applicant"), "clock": _("the clock")}.get(line.actor, "")


def _details(line: JournalLine) -> Iterable[str]:
    """The reason, then each fact that has words; a fact without words is not for people."""
    if line.because:
        # Where the sentence begins as the title above it, the reason is enough.
        yield say(line.because).removeprefix(f"{HAPPENED.get(line.verb, '')}: ")
    for name, value in line.after.items():
        if value is not None and name in _FACTS:
            yield _FACTS[name](value)
    if line.verb == Verb.SET_DETAILS:
        yield from details_told(line)
    if line.verb == Verb.TICK:
        yield step_told(line)


def _desk(key: Any) -> str:
    return name_in(current().desks.get(key))


def _signs(codes: str) -> str:
    return "; ".join(str(SIGNS_OF_THE_APPLICANT[Sign(code)]) for code in codes.split(", "))


def _sent_to(way: str, masked: str) -> str:
    if way == "paper":
        return _("To be handed over on paper: no message reaches the applicant.")
    return _("Sent to: %(contact)s") % {"contact": f"{WAYS.get(way, way)} {masked}".strip()}


_FACTS: dict[str, Callable[[Any], str]] = {
    "channel": lambda code: _("Door: %(name)s") % {"name": CHANNELS.get(code, code)},
    "offered_to": lambda key: _("Offered to: %(desk)s") % {"desk": _desk(key)},
    "asked": lambda key: _("Asked: %(desk)s") % {"desk": _desk(key)},
    "decision": lambda code: _("Decision: %(name)s") % {"name": DECISIONS.get(code, code)},
    "outcome": lambda code: _("The applicant says: %(name)s") % {"name": OUTCOMES.get(code, code)},
    "why": lambda code: _("Why: %(name)s") % {"name": PURPOSES_OF_LOOKING.get(code, code)},
    "purpose": lambda code: _("Term: %(name)s") % {"name": TERMS.get(code, code)},
    "recognised": lambda signs: _("Recognised by: %(signs)s") % {"signs": _signs(signs)},
    "sent_to": lambda to: _sent_to(*to.partition(" ")[::2]),
    "not_heard": lambda topic: _("They have not heard: %(topics)s.") % {"topics": NOTICES.get(topic, topic)},
    "category": lambda code: _("Category: %(name)s") % {"name": category_name(code, timezone.localdate())},
}
"""Facts of a line, each in words."""
