"""What will happen to an appeal if it is sent as it stands: who takes it, why, and until when."""

from dataclasses import dataclass

from qorgau.channels.portal.terms import term_at
from qorgau.directory.models import Desk
from qorgau.directory.reference import current
from qorgau.intake.new_appeal import NewAppeal
from qorgau.intake.placing import place
from qorgau.rules.deadlines import Sheet
from qorgau.rules.ladder import DeskKind
from qorgau.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Outlook:
    """The desk, the reason, and the computation of the day on which the answer is due."""

    desk: Desk
    because: Sentence
    sheet: Sheet


def outlook(new: NewAppeal) -> Outlook:
    """What intake would decide about this appeal now."""
    where = place(new, current())
    sheet = term_at(DeskKind(where.desk.kind), new.kind, new.received_at)
    return Outlook(where.desk, where.because, sheet)
