"""Which appeals may be answered as one, and for how long that can be undone.

What makes no sense is refused with a sentence of its own; who may merge and in which state is `rules/states.py`.
"""

from dataclasses import dataclass
from datetime import timedelta

from qorgau.rules.sentences import N_, Sentence

SEPARATE_WITHIN = timedelta(days=14)
"""For how long a merging can be undone while nothing was answered."""


@dataclass(frozen=True, slots=True)
class Side:
    """What merging depends on, of one of the two appeals."""

    number: str
    sensitive: bool = False
    part_of: str = ""
    """Number of the appeal that it is part of."""
    leads: bool = False
    """Other appeals are part of it."""


def why_not_merged(follower: Side, leading: Side) -> Sentence | None:
    """Why the first cannot become part of the second; None when it can.

    A chain or a loop cannot come about: what leads never follows, and what follows never leads.
    """
    if follower.number == leading.number:
        return Sentence(N_("An appeal cannot become part of itself. Write the number of the other one."))
    if follower.part_of:
        return Sentence(N_("Appeal {number} is part of another one already."), {"number": follower.number})
    if leading.part_of:
        return Sentence(
            N_("Appeal {number} is part of another one itself. Merge with the one that leads it."),
            {"number": leading.number},
        )
    if follower.leads:
        return Sentence(
            N_("Other appeals are part of {number}, so it cannot become part of another. Let it lead instead."),
            {"number": follower.number},
        )
    if follower.sensitive != leading.sensitive:
        return Sentence(N_("One of the two is sensitive and the other is not: they can be linked, not merged."))
    return None
