"""The appeal as the verbs want it: with rows of its own that may be saved."""

from qorgau.register.models import Appeal

_RELATED = ("applicant", "patient", "holder", "organisation", "region", "topic")


def own_appeal(appeal: Appeal) -> Appeal:
    """The same appeal, read anew."""
    return Appeal.objects.select_related(*_RELATED).get(pk=appeal.pk)
