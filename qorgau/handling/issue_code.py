"""Issuing a new access code to an applicant who has lost theirs, or whose code somebody else knows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qorgau.directory.reference import current
from qorgau.handling.moving import move
from qorgau.handling.permission import require_staff
from qorgau.lib.clean_text import clean
from qorgau.notices.chats.new_code import OF_THE_PERSON, REGISTERING, take_from_chats
from qorgau.notices.new_code import Destination, destination_of_code, overtake_old_code, send_new_code
from qorgau.people.models import Staff
from qorgau.register.models import Appeal, JournalLine
from qorgau.rules.ladder import DeskKind
from qorgau.rules.limits import Limit
from qorgau.rules.new_codes import Came, OnRecord, Sign, Why, why_not_recognised, why_not_told
from qorgau.rules.privacy import mask_email, mask_phone
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb

STAYING: dict[Why, frozenset[str]] = {Why.LOST: OF_THE_PERSON, Why.KNOWN: REGISTERING}
"""How the chats came that go on following the appeal. A chat that was linked by the old code never does."""

_BECAUSE = {
    Why.LOST: Sentence(N_("The applicant has lost the code.")),
    Why.KNOWN: Sentence(N_("Somebody else knows the code.")),
}


@dataclass(frozen=True, slots=True)
class Issued:
    """Where the new code went; None when it is to be handed over on paper (`hand_out_code`)."""

    to: Destination | None


@transaction.atomic
def issue_code(
    appeal: Appeal,
    *,
    staff: Staff,
    why: Why,
    came: Came,
    signs: Collection[Sign],
    note: str = "",
    at: datetime,
    seen_version: int | None = None,
    seen_code: int | None = None,
) -> Issued:
    """Give the appeal a new access code.

    1. The old code opens nothing from now on: neither the page, nor what browsers opened by it, nor the bot.
    2. Chats that were linked by a code follow the appeal no longer and are told so; where somebody else knows the code,
       those too that came along from an earlier appeal of the person. The chat that registered it stays.
    3. The new code leaves at once to a contact that was left with the appeal, and nobody of the staff sees it. Whom no
       message reaches gets it on paper, at a desk where people come, upon an identity document.
    4. A notice that was to carry the old code never leaves. The applicant reads on their page that a code was issued.
    5. Appeals that grew out of this one, or are answered together with it, have codes of their own, which stay.

    `signs` are what agreed with the record, `seen_code` the version of the code that the form showed as in force.
    Raises Problem (field `signs`) when the applicant is not recognised, and NotAllowed when no code may be told, the
    appeal has had as many today as the directory allows, or another one was issued meanwhile.
    """
    require_staff(Verb.ISSUE_CODE, appeal, staff, at=at)
    if seen_code is not None and seen_code != appeal.code_version:
        raise NotAllowed(
            Sentence(
                N_(
                    "A new code has been issued since you opened this form. If it did not arrive, open the form once "
                    "more."
                )
            )
        )
    record = on_record(appeal)
    if unknown := why_not_recognised(signs, record):
        raise Problem(unknown, "signs")
    _require_room_today(appeal, at)
    to = destination_of_code(appeal, staying=STAYING[why])
    if to is None:
        _require_paper(appeal, staff, record, came=came, signs=signs)
    move(
        Verb.ISSUE_CODE,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=_because(why, note),
        details={
            "came": came.value,
            "recognised": ", ".join(sign for sign in Sign if sign in signs),
            "sent_to": "paper" if to is None else _masked(to),
        },
        code_version=appeal.code_version + 1,
    )
    # After the row is ours: a chat that was being linked by the old code is there by now, or was refused.
    take_from_chats(appeal, staying=STAYING[why], at=at)
    overtake_old_code(appeal, at=at)
    if to is not None:
        send_new_code(appeal, to, at=at)
    return Issued(to)


def on_record(appeal: Appeal) -> OnRecord:
    """What is on record of the applicant that they can be asked for."""
    person = appeal.applicant
    return OnRecord(
        name=bool(person.full_name),
        iin=bool(person.iin_sealed),
        phone=bool(person.phone or person.phone_as_said),
        email=bool(person.email),
    )


def handed_by(appeal: Appeal) -> JournalLine | None:
    """The line by which the code in force was issued to be handed over on paper; None for one that was sent, or the
    first.
    """
    issued = JournalLine.objects.filter(appeal=appeal, verb=Verb.ISSUE_CODE, after__code_version=appeal.code_version)
    return issued.filter(after__sent_to="paper").select_related("staff").first()


def masked_contact(to: Destination) -> str:
    """The contact as the desk may see it; "" for a chat, which has no name of its own."""
    return {"sms": mask_phone, "email": mask_email}.get(to.way, lambda _chat: "")(to.addresses[0])


def _masked(to: Destination) -> str:
    return f"{to.way} {masked_contact(to)}".strip()


def _because(why: Why, note: str) -> Sentence:
    words = clean(note)
    return Sentence(N_("{why} {note}"), {"why": _BECAUSE[why], "note": words}) if words else _BECAUSE[why]


def _require_room_today(appeal: Appeal, at: datetime) -> None:
    today = current().calendar.local(at)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0)
    issued = JournalLine.objects.filter(appeal=appeal, verb=Verb.ISSUE_CODE, at__gte=midnight).count()
    limit = current().limit(Limit.NEW_CODES, on=today.date())
    if issued >= limit:
        raise NotAllowed(
            Sentence(
                N_(
                    "As many new codes were issued for this appeal today as a day allows: {limit}. The last one is in "
                    "force. If it did not arrive, look at the contact on record; another one can be issued tomorrow."
                ),
                {"limit": limit},
            )
        )


def _require_paper(appeal: Appeal, staff: Staff, record: OnRecord, *, came: Came, signs: Collection[Sign]) -> None:
    taker = appeal.taken_by
    refusal = why_not_told(
        signs,
        record,
        came=came,
        desk=DeskKind(staff.desk.kind) if staff.desk else None,
        taken_here=taker is not None and taker.desk_id == staff.desk_id,
    )
    if refusal is not None:
        raise NotAllowed(refusal)
