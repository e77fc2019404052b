"""Finding by whatever somebody knows: identity number, telephone, address, name, organisation, words."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import QuerySet

from qorgau.directory.models import Organisation
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
from qorgau.workplace.organisations import found_organisations, home_region

MOST_FOUND = 20
MOST_ORGANISATIONS = 8
_IIN_DIGITS = 12
_LIKE_A_NAME = 0.55
"""An organisation less like what was typed than this is not offered: the words were meant for an appeal."""


@dataclass(frozen=True, slots=True)
class Found:
    """Appeals within the scope, the latest first: those whose number is one slip away, those of the person meant, and
    those with the words; and the organisations that the words name.
    """

    near: list[Appeal] = field(default_factory=list)
    of_the_person: list[Appeal] = field(default_factory=list)
    with_the_words: list[Appeal] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.appeals or self.organisations)

    @property
    def appeals(self) -> list[Appeal]:
        """Each of them once."""
        return list({one.pk: one for one in (*self.near, *self.of_the_person, *self.with_the_words)}.values())


def found(staff: Staff, typed: str, *, near: Iterable[str] = ()) -> Found:
    """At most MOST_FOUND of each; `near` are numbers that may be meant. By people's data find only those who may know
    them.
    """
    of_the_person: list[Appeal] = []
    with planned_for_its_values():
        if sees_personal_data(staff):
            people = people_meant(typed)
            names = AskedWords(typed, names=True)
            if people is not None:
                of_the_person = _of_somebody(staff, people)
            elif names:
                of_the_person = _latest(appeals_for(staff).filter(names.condition))
        words = AskedWords(typed)
        with_the_words = _latest(appeals_for(staff).filter(words.condition)) if words else []
    return Found(_with_numbers(staff, list(near)), of_the_person, with_the_words, _organisations(staff, typed))


def people_meant(typed: str) -> QuerySet[Applicant] | None:
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


def _of_somebody(staff: Staff, people: QuerySet[Applicant]) -> list[Appeal]:
    """Appeals that these people wrote, and those that others wrote about them: a mother's about her child."""
    theirs = _latest(appeals_for(staff).filter(applicant__in=people))
    about_them = _latest(appeals_for(staff).filter(patient__in=people, patient__isnull=False))
    both = {one.pk: one for one in (*theirs, *about_them)}.values()
    return sorted(both, key=lambda one: (one.received_at, one.pk), reverse=True)[:MOST_FOUND]


def _latest(appeals: QuerySet[Appeal]) -> list[Appeal]:
    return list(appeals.select_related("applicant").order_by("-received_at", "-pk")[:MOST_FOUND])


def _with_numbers(staff: Staff, numbers: list[str]) -> list[Appeal]:
    """In the order of the numbers, the likeliest first."""
    if not numbers:
        return []
    seen = {one.number: one for one in appeals_for(staff).filter(number__in=numbers).select_related("applicant")}
    return [seen[number] for number in numbers if number in seen]


def _organisations(staff: Staff, typed: str) -> list[Organisation]:
    """Those of the desk's own region before all others: numbers repeat from town to town."""
    return found_organisations(typed, first_of=home_region(staff), most=MOST_ORGANISATIONS, like=_LIKE_A_NAME)
