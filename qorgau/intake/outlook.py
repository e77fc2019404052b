"""What will happen to an appeal if it is sent as it stands: who takes it, why, and until when."""

from dataclasses import dataclass

from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.intake.clinic_choice import verdict_on
from qorgau.intake.new_appeal import NewAppeal
from qorgau.intake.placing import place
from qorgau.intake.terms import term_at
from qorgau.rules.attachment import Verdict
from qorgau.rules.deadlines import Sheet
from qorgau.rules.ladder import DeskKind
from qorgau.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Outlook:
    """The desk, the reason, and the computation of the day on which the answer is due.

    ``verdict`` is what an application to be attached to a clinic means on this day.
    """

    desk: Desk
    because: Sentence
    sheet: Sheet
    verdict: Verdict | None = None


def outlook(new: NewAppeal) -> Outlook:
    """What intake would decide about this appeal now."""
    reference = current()
    where = place(new, reference)
    sheet = term_at(DeskKind(where.desk.kind), new.kind, new.received_at, where.topic)
    verdict = verdict_on(new.choice, new.received_at, reference) if new.choice else None
    return Outlook(where.desk, where.because, sheet, verdict)
