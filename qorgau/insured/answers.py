"""What the insured register answers."""

from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from qorgau.insured.record import Record
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.temporary_status import Granted

NOT_NOW = Sentence(N_("The register of insured people does not answer now. Please try again in some minutes."))


@dataclass(frozen=True, slots=True)
class Insured:
    """The register knows the person: what it knows, and as of which day.

    Whether the person *is* insured is for `verdicts.py` to say: somebody who never paid is known too.
    """

    record: Record
    as_of: date


@dataclass(frozen=True, slots=True)
class Unknown:
    """The register has no such person. That is not the same as "not insured", and must not be told as such.

    ``granted`` are temporary statuses that were granted here to the person and do not hold on the day asked about.
    """

    as_of: date
    granted: tuple[Granted, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAnswering:
    """Nobody can say now: nothing was ever loaded, or a remote register is silent, slow or answers nonsense.

    ``sentence`` is what people are told. ``reason`` is for the log and the operator, and has no data of people in it.
    ``granted_until`` is the last day of a temporary status that was granted here and holds on the day asked about,
    whatever the register would say; the sentence names it then.
    """

    reason: str
    sentence: Sentence = field(default=NOT_NOW)
    granted_until: date | None = None


Answer: TypeAlias = Insured | Unknown | NotAnswering
