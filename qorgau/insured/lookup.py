"""Asking the insured register about one person: the one way for every door.

    answer = look_up("900101300106", purpose=Purpose.OWN_STATUS, who="portal")
    match answer:
        case Insured():
            known = standing(answer, on=timezone.localdate())   # verdicts.py
        case Unknown():
            ...                                                 # not the same as "not insured"
        case NotAnswering(sentence=sentence):
            ...                                                 # tell the person, offer to ask later

Which register answers is a setting: the one loaded into our own database, or another system's over HTTP.
Every look-up leaves a line in the journal first, by hash: `journal.py` reads "who looked at my status".
"""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from qorgau.insured.answers import Answer, Insured, NotAnswering, Unknown
from qorgau.insured.journal import Purpose
from qorgau.insured.sources import chosen_source
from qorgau.rules.identity import check_iin
from qorgau.rules.problems import Problem

__all__ = ["Answer", "Insured", "NotAnswering", "Purpose", "Unknown", "look_up", "look_up_people"]


def look_up(iin: str, *, purpose: Purpose, who: str, on: date | None = None) -> Answer:
    """What the register knows of the person with this identity number, as the person typed it.

    ``on`` is the day that is asked about, today if it is not said: what was granted here holds on its own days alone.
    ``who`` names who asks, for the journal, in up to 60 characters and never a person's name: "portal", "telegram",
    "staff:17", "partner:clinic-4", "system:warnings". Raises Problem, with a sentence and the field "iin", for what
    cannot be an identity number; nothing is looked up or written down then.
    """
    check = check_iin(iin)
    if not check.valid or check.value is None:
        assert check.problem is not None
        raise Problem(check.problem, "iin")
    return chosen_source().ask(check.value, purpose=purpose, who=who, on=on or timezone.localdate())


def look_up_people(people: Sequence[UUID], *, purpose: Purpose, who: str) -> Mapping[UUID, Answer]:
    """What the register knows of many people at once, by the hashes that stand for them, each written down.

    For what the system does by itself; only what a status rests on is in the records. See `Source.ask_people`.
    """
    return chosen_source().ask_people(people, purpose=purpose, who=who, on=timezone.localdate())
