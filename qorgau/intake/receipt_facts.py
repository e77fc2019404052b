"""What a receipt says of an appeal (АППК Art. 64; DOMAIN §4.3)."""

from dataclasses import dataclass
from datetime import date, datetime

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.register.access import code_of_registering
from qorgau.register.models import Appeal, Clock
from qorgau.rules.deadlines import Sheet
from qorgau.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """The facts of a receipt. ``taken_by`` is surname, initials and post; empty when no person took it. ``code`` is
    empty once a new one was issued: whoever can come to the receipt is not always the one who got that.
    """

    number: str
    code: str
    channel: str
    received_at: datetime
    registered_on: date
    taken_by: str
    desk: Desk
    because: Sentence | None
    due_on: date | None
    sheet: Sheet | None
    repeats: str
    anonymous: bool


def receipt_facts(number: str) -> ReceiptFacts | None:
    """The facts of the appeal with this number, if there is one."""
    appeal = Appeal.objects.select_related("taken_by", "applicant").filter(number=number).first()
    if appeal is None:
        return None
    clock = Clock.objects.filter(appeal=appeal, stopped_at__isnull=True).order_by("due_on").first()
    earlier = appeal.links.filter(type__in=("repeat_of", "duplicate_of")).values_list("earlier__number", flat=True)
    taken_by = appeal.taken_by
    return ReceiptFacts(
        number=appeal.number,
        code=code_of_registering(appeal),
        channel=appeal.channel,
        received_at=appeal.received_at,
        registered_on=appeal.registered_on,
        taken_by=", ".join(part for part in (taken_by.short_name, taken_by.post) if part) if taken_by else "",
        desk=current().desks[appeal.holder_id],
        because=Sentence.from_json(appeal.because) if appeal.because else None,
        due_on=appeal.due_on,
        sheet=Sheet.from_json(clock.sheet) if clock else None,
        repeats=earlier.first() or "",
        anonymous=appeal.applicant.anonymous,
    )
