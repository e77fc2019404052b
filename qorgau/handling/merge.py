"""Making one appeal part of another."""

from datetime import datetime

from django.db import transaction

from qorgau.handling.link import require_seen
from qorgau.handling.moving import move
from qorgau.handling.reasons import require_reason
from qorgau.notices.outbox import tell
from qorgau.notices.topics import Topic
from qorgau.people.models import Staff
from qorgau.register.change import SomebodyWasFaster
from qorgau.register.merged import PART_OF, hold_together, link_to_leading, merged_into
from qorgau.register.models import Answer, Appeal, Link, Message
from qorgau.rules.merging import Side, why_not_merged
from qorgau.rules.problems import NotAllowed, Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def merge(
    appeal: Appeal,
    *,
    into: Appeal,
    staff: Staff,
    reason: str,
    at: datetime,
    seen_version: int | None = None,
    seen_version_of_leading: int | None = None,
) -> None:
    """Make the appeal part of another one that is about the same thing, by the same person or by somebody else.

    1. Work goes on with the leading one; what is decided there is decided here. Each keeps its words, its people, its
       number and its code, and nobody outside sees the other.
    2. The lawful clock of each runs on; the leading one is due when the earliest of them is.
    3. A draft that was begun is kept as a note.
    4. The applicant is told that it is answered together with another one, and not with whose.
    5. Both journals say so. `separate` undoes it while nothing was answered.

    Raises Problem when no reason is given (field `reason`) or the two cannot be merged (field `other`), and NotAllowed
    when this person's desk does not hold both or either is not in a state for it.
    """
    reason = require_reason(reason)
    require_seen(into, staff)
    why_not = why_not_merged(_side(appeal), _side(into))
    if why_not is not None:
        raise Problem(why_not, "other")
    if seen_version_of_leading is not None and seen_version_of_leading != into.version:
        raise SomebodyWasFaster
    hold_together([appeal, into])
    _keep_draft(appeal, staff=staff, at=at)
    because = Sentence(N_("Answered together: {reason}"), {"reason": reason})
    move(
        Verb.MERGE,
        appeal,
        by=staff,
        at=at,
        seen_version=seen_version,
        because=because,
        details={"part_of": into.number},
    )
    try:
        move(
            Verb.TAKE_IN,
            into,
            by=staff,
            at=at,
            because=because,
            details={"took_in": appeal.number},
            due_on=min((day for day in (into.due_on, appeal.due_on) if day), default=None),
            overdue=into.overdue or appeal.overdue,
        )
    except NotAllowed as refusal:
        raise NotAllowed(
            Sentence(N_("Appeal {number}: {why}"), {"number": into.number, "why": refusal.sentence}), "other"
        ) from refusal
    Link.objects.create(appeal=appeal, earlier=into, type=PART_OF, at=at)
    tell(
        topic=Topic.MERGED,
        appeal_number=appeal.number,
        applicant=appeal.applicant,
        facts={"due_on": appeal.due_on},
        at=at,
    )


def _side(appeal: Appeal) -> Side:
    leading = link_to_leading(appeal)
    return Side(
        number=appeal.number,
        sensitive=appeal.sensitive,
        part_of=leading.earlier.number if leading else "",
        leads=merged_into(appeal).exists(),
    )


def _keep_draft(appeal: Appeal, *, staff: Staff, at: datetime) -> None:
    draft = Answer.objects.filter(appeal=appeal).first()
    if draft is None:
        return
    text = "\n\n".join(part for part in (draft.text, draft.legal_basis, draft.how_to_appeal) if part)
    Message.objects.create(appeal=appeal, direction="note", text=text, at=at, staff=staff, desk_id=staff.desk_id)
    draft.delete()
