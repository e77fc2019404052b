"""Who is probably the same person as somebody who wrote before."""

from django.db.models import Q, QuerySet

from qorgau.people.models import Applicant


def same_person_filter(applicant: Applicant) -> QuerySet[Applicant] | None:
    """Rows that share the IIN, a telephone or an e-mail address with this one, itself among them.

    Never by name: thousands share theirs. None when there is nothing to recognise the person by. For use as
    ``filter(applicant__in=…)``; each way of recognising has an index of its own.
    """
    ways = _ways(applicant)
    return Applicant.objects.filter(ways) if ways else None


def _ways(applicant: Applicant) -> Q:
    ways = Q()
    if applicant.iin_hash is not None:
        ways |= Q(iin_hash=applicant.iin_hash)
    # The condition of each partial index is said aloud: a prepared statement can't see that its value isn't empty.
    if applicant.phone:
        ways |= Q(phone=applicant.phone) & ~Q(phone="")
    if applicant.email:
        ways |= Q(email=applicant.email) & ~Q(email="")
    return ways
