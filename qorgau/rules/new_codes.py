"""A new access code of an appeal: how its applicant is recognised, and to whom the code may be told.

With the code one reads the answer, withdraws and rates in the applicant's name. So it goes to a contact that they left
with the appeal, never to one that is named today; by telephone nobody is told it; and a clinic, which an appeal may be
about and which gains when it is withdrawn (DOMAIN §5.4, §6.3), shows it only to whom it registered itself.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from qorgau.rules.ladder import DeskKind
from qorgau.rules.sentences import N_, Sentence


class Why(StrEnum):
    """Why the applicant needs another code."""

    LOST = "lost"
    KNOWN = "known"
    """Somebody else knows it."""


class Came(StrEnum):
    """How the applicant speaks to us."""

    CALL = "call"
    PERSON = "person"


class Sign(StrEnum):
    """By what the applicant is recognised: what they said agrees with what is on record."""

    NAME = "name"
    IIN = "iin"
    """Its last digits."""
    PHONE = "phone"
    """The last digits of the telephone on record."""
    EMAIL = "email"
    MATTER = "matter"
    """What the appeal is about."""
    WHEN = "when"
    """When it was filed, and by which way."""
    DOCUMENT = "document"
    """They showed an identity document. No copy of it is taken (DOMAIN §4.5)."""


SIGNS_NEEDED = 2


@dataclass(frozen=True, kw_only=True)
class OnRecord:
    """What is on record of the applicant that could be asked for."""

    name: bool = False
    iin: bool = False
    phone: bool = False
    email: bool = False


def may_be_asked(record: OnRecord) -> tuple[Sign, ...]:
    """The questions to which the record has the answer; what an appeal is about and when it came is always known."""
    known = {Sign.NAME: record.name, Sign.IIN: record.iin, Sign.PHONE: record.phone, Sign.EMAIL: record.email}
    shows_who = record.name or record.iin
    known |= {Sign.MATTER: True, Sign.WHEN: True, Sign.DOCUMENT: shows_who}
    return tuple(sign for sign in Sign if known[sign])


def why_not_recognised(signs: Collection[Sign], record: OnRecord) -> Sentence | None:
    """Why the applicant is not recognised yet; None when they are.

    Two things agree, one of them the name or the document where the record has a name: what an appeal is about and the
    last digits of a telephone are known to others too.
    """
    agreed = set(signs) & set(may_be_asked(record))
    if len(agreed) < SIGNS_NEEDED:
        return Sentence(N_("Ask until at least two things agree with the record, and mark them."))
    if record.name and not agreed & {Sign.NAME, Sign.DOCUMENT}:
        return Sentence(N_("Ask for the name of the applicant, too: the record has it."))
    return None


def why_not_told(
    signs: Collection[Sign], record: OnRecord, *, came: Came, desk: DeskKind | None, taken_here: bool
) -> Sentence | None:
    """Why the code may not be told to whom no message reaches; None when it may, to be handed over on paper.

    ``desk`` is where the person of the staff works, ``taken_here`` whether that desk registered the appeal itself.
    """
    if came == Came.CALL or desk == DeskKind.CONTACT_CENTRE:
        return Sentence(
            N_(
                "No message reaches the applicant: the appeal has no mobile telephone, no e-mail and no chat. By "
                "telephone nobody is told a code. Ask them to come with an identity document to the desk that "
                "registered the appeal or to a branch of the Fund; a new appeal can be filed at any time."
            )
        )
    if desk == DeskKind.CLINIC and not taken_here:
        return Sentence(
            N_(
                "No message reaches the applicant, and the appeal was not registered at your desk. Ask them to come "
                "with an identity document to a branch of the Fund."
            )
        )
    if Sign.DOCUMENT not in may_be_asked(record):
        return Sentence(
            N_(
                "The appeal has neither a name nor an IIN, so nobody can be recognised as its applicant by a document. "
                "A new appeal can be filed at any time."
            )
        )
    if Sign.DOCUMENT not in signs:
        return Sentence(N_("The code is shown only to whoever shows an identity document. Do not take a copy of it."))
    return None
