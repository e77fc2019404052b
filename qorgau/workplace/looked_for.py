"""What the security officer looks for, in words: whose data were looked at, and who looked."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from qorgau.lib.folding import fold
from qorgau.lib.planned import planned_for_its_values
from qorgau.people.models import Applicant, Staff
from qorgau.register.models import Appeal, Opening
from qorgau.rules.numbers import number_in
from qorgau.workplace.finding.found import people_meant

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose data: the number of an appeal; or the appeals by and about the people with an IIN, telephone or e-mail,
    none where nobody can be meant, as the note says.
    """

    number: str = ""
    appeals: frozenset[int] | None = None
    note: str = ""

    def narrow(self, openings: QuerySet[Opening]) -> QuerySet[Opening]:
        """Those of the openings that were of these people's data."""
        return openings if self.appeals is None else openings.filter(appeal_id__in=self.appeals)


def whose_data(typed: str) -> Whose:
    """What was typed into the form; never what stands in an address. Ten digits may be a number and a telephone."""
    typed = typed.strip()
    if not typed:
        return Whose()
    number, people = number_in(typed), people_meant(typed)
    appeals = _by_and_about(people) if people is not None else set()
    if number and not appeals:
        return Whose(number)
    if people is None:
        note = _("“%(words)s” is no number of an appeal, IIN, telephone or e-mail address.") % {"words": typed[:40]}
        return Whose(appeals=frozenset(), note=note)
    if number:
        appeals |= set(Appeal.objects.filter(number=number).values_list("pk", flat=True))
    return Whose(appeals=frozenset(appeals))


def _by_and_about(people: QuerySet[Applicant]) -> set[int]:
    with planned_for_its_values():
        theirs = Appeal.objects.filter(applicant__in=people).values_list("pk", flat=True)
        about_them = Appeal.objects.filter(patient__in=people, patient__isnull=False).values_list("pk", flat=True)
        return {*theirs, *about_them}


def people_called(typed: str, openings: QuerySet[Opening]) -> list[Staff]:
    """Of those who opened something, whose names begin with each of the words, Kazakh letters typed or not; or whose
    user name it is. In the order of their names, a few more than are shown.
    """
    words = fold(typed).split()
    if not words:
        return []
    looked = Staff.objects.filter(Exists(openings.filter(staff_id=OuterRef("pk"))))
    return [one for one in looked.order_by("last_name", "first_name", "pk") if _is_called(one, typed, words)]


def _is_called(person: Staff, typed: str, words: list[str]) -> bool:
    if person.username.lower() == typed.strip().lower():
        return True
    names = fold(f"{person.last_name} {person.first_name} {person.patronymic}").split()
    return all(any(name.startswith(word) for name in names) for word in words)
