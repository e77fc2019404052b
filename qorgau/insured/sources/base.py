from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol
from uuid import UUID

from qorgau.insured.answers import Answer
from qorgau.insured.journal import Purpose


class Source(Protocol):
    """One register of insured people."""

    def ask(self, iin: str, *, purpose: Purpose, who: str, on: date) -> Answer:
        """What it knows of a person by a possible identity number, having written down that it was asked.

        ``on`` is the day that the question is about, on which a temporary status that was granted here holds or not.
        Trouble of the register is an answer, `NotAnswering`, and no exception; but within a transaction trouble of our
        own database is raised, since nothing more could be done in it.
        """

    def ask_people(self, people: Sequence[UUID], *, purpose: Purpose, who: str, on: date) -> Mapping[UUID, Answer]:
        """The same of many at once, by the hashes that stand for them (`person_key.py`), each written down.

        Only as much as their status rests on is read: no sums, no payers, no clinic. Of a register that is asked by
        identity numbers every answer is `NotAnswering`, and nothing is written down.
        """
