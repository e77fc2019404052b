"""Reading what was granted: beside the register for a look-up, and with its history for those who decide."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from qorgau.insured.answers import Answer, Insured, NotAnswering, Unknown
from qorgau.insured.cells import read_granted
from qorgau.insured.record import Record
from qorgau.insured.temporary.models import TemporaryStatus
from qorgau.lib.statements import first_row
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.temporary_status import Granted, temporary_until

_SILENT_BUT_GRANTED = N_(
    "The register of insured people does not answer now. A temporary status that the Fund granted is in force until "
    "{day}."
)

GRANTED_TO = """
    SELECT string_agg(
            t.category || ':' || to_char(t.since, 'YYYY-MM-DD') || '/' || to_char(t.last_day, 'YYYY-MM-DD'), ' '
        ) AS granted, coalesce(bool_or($4::date BETWEEN t.since AND t.last_day), false) AS granted_holds
    FROM insured_temporarystatus t WHERE t.person = $1 AND t.last_day >= t.since
"""
"""One row about the person `$1`: their statuses that held or hold, in the form that `cells.py` reads, NULL where there
are none; and whether one holds on the day `$4`.
"""
_ALL_GRANTED = GRANTED_TO.replace("$4::date", "t.since")


def granted_to(person: UUID) -> tuple[Granted, ...]:
    """The statuses that were granted to a person here and held for a day at least, the earliest first."""
    row = first_row(_ALL_GRANTED, (person,))
    return granted_in(row[0]) if row and row[0] else ()


def granted_in(cell: str) -> tuple[Granted, ...]:
    """The statuses in a cell, the earliest first: putting in order the few that somebody has takes less time here."""
    return tuple(sorted(read_granted(cell), key=lambda one: one.since))


def with_granted(answer: Answer, granted: tuple[Granted, ...], on: date) -> Answer:
    """What a register says of a person, and what was granted here on top of it, when a day is asked about.

    Somebody whom the register does not know is known on the days of a status; on others they are unknown, which is not
    the same as "not insured". A register that does not answer goes on saying so: of the paid months nobody can say
    anything then. But a status that holds on the day is our own to tell, and is told beside that.
    """
    if not granted:
        return answer
    match answer:
        case Insured(record=record, as_of=as_of):
            return Insured(replace(record, granted=(*record.granted, *granted)), as_of)
        case Unknown(as_of=as_of) if any(one.covers(on) for one in granted):
            return Insured(Record(granted=granted), as_of)
        case Unknown(as_of=as_of):
            return Unknown(as_of, granted)
        case NotAnswering():
            until = temporary_until(on, granted)
            if until is not None:
                return replace(answer, sentence=Sentence(_SILENT_BUT_GRANTED, {"day": until}), granted_until=until)
    return answer


def history_of(person: UUID) -> list[TemporaryStatus]:
    """Every decision about a person, also those that were revoked, the latest first."""
    rows = TemporaryStatus.objects.filter(person=person).select_related("granted_by", "revoked_by")
    return list(rows.order_by("-since", "-pk"))
