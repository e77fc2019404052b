"""The appeal as the verbs want it: with rows of its own that may be saved."""

from qorgau.register.models import Appeal

_RELATED = ("applicant", "patient", "holder", "organisation", "region", "topic")


def own_appeal(number: str) -> Appeal:
    """The appeal with this number. Raises Appeal.DoesNotExist; appeals are never deleted."""
    return Appeal.objects.select_related(*_RELATED).get(number=number)
