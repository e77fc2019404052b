"""Finding appeals by whatever somebody knows of them: identity number, telephone, address, name, words."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from qorgau.lib.planned import planned_for_its_values
from qorgau.lib.sealed import keyed_hash
from qorgau.people.applicants import hash_of_shown
from qorgau.people.contacts import normal_email, normal_phone
from qorgau.people.models import Applicant, Staff
from qorgau.register.models import Appeal
from qorgau.register.scope import appeals_for
from qorgau.register.words import AskedWords
from qorgau.rules.privacy import shown_of_masked_iin
from qorgau.workplace.discretion import sees_personal_data

MOST_FOUND = 20
_IIN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Appeals within the scope, the latest first: those of the person meant, and those with the words."""

    of_the_person: list[Appeal]
    with_the_words: list[Appeal]


def found(staff: Staff, typed: str) -> Found:
    """At most MOST_FOUND of each. By people's data find only those who may know them."""
    of_the_person: list[Appeal] = []
    with planned_for_its_values():
        if sees_personal_data(staff):
            people = _people(typed)
            names = AskedWords(typed, names=True)
            if people is not None:
                of_the_person = _latest(appeals_for(staff).filter(Q(applicant__in=people)))
            elif names:
                of_the_person = _latest(appeals_for(staff).filter(names.condition))
        words = AskedWords(typed)
        with_the_words = _latest(appeals_for(staff).filter(words.condition)) if words else []
    return Found(of_the_person, with_the_words)


def _people(typed: str) -> QuerySet[Applicant] | None:
    """Whoever has this identity number, whole or masked as pages show it, telephone or e-mail address; None when it
    is none of these.

    The condition of each partial index is said aloud, so that it is used.
    """
    digits = "".join(sign for sign in typed if sign.isdecimal() and sign.isascii())
    if len(digits) == _IIN_DIGITS and len(typed.split()) <= 4:
        return Applicant.objects.filter(iin_hash=keyed_hash(digits), iin_hash__isnull=False)
    if shown := shown_of_masked_iin(typed):
        return Applicant.objects.filter(iin_shown_hash=hash_of_shown(shown), iin_shown_hash__isnull=False)
    if phone := normal_phone(typed):
        return Applicant.objects.filter(phone=phone).exclude(phone="")
    if email := normal_email(typed):
        return Applicant.objects.filter(email=email).exclude(email="")
    return None


def _latest(appeals: QuerySet[Appeal]) -> list[Appeal]:
    return list(appeals.select_related("applicant").order_by("-received_at", "-pk")[:MOST_FOUND])
