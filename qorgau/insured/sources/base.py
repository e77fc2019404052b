from typing import Protocol

from qorgau.insured.answers import Answer
from qorgau.insured.journal import Purpose


class Source(Protocol):
    """One register of insured people."""

    def ask(self, iin: str, *, purpose: Purpose, who: str) -> Answer:
        """What it knows of a person by a possible identity number, having written down that it was asked.

        Trouble of the register is an answer, `NotAnswering`, and no exception; but within a transaction trouble of our
        own database is raised, since nothing more could be done in it.
        """
