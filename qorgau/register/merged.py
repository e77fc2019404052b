"""Appeals that are part of another one: which lead, which follow, and holding them together while they change."""

from collections.abc import Iterable

from django.db.models import Count, OuterRef, QuerySet, Subquery

from qorgau.register.models import Appeal, Link

PART_OF = "part_of"


def merged_into(leading: Appeal) -> QuerySet[Appeal]:
    """The appeals that are part of this one, in the order in which they came."""
    return Appeal.objects.filter(links__type=PART_OF, links__earlier=leading).order_by("received_at", "pk")


def merged_count() -> Subquery:
    """For a query of appeals: how many are part of each."""
    links = Link.objects.filter(type=PART_OF, earlier_id=OuterRef("pk")).order_by()
    return Subquery(links.values("earlier_id").annotate(merged=Count("pk")).values("merged"))


def link_to_leading(appeal: Appeal) -> Link | None:
    """The link by which this appeal is part of another, if it is."""
    return Link.objects.select_related("earlier").filter(appeal=appeal, type=PART_OF).first()


def hold_together(appeals: Iterable[Appeal]) -> None:
    """Let nobody else change these appeals until the transaction ends.

    Always in the same order, so that two who need the same appeals wait for each other and never block each other.
    """
    keys = sorted({appeal.pk for appeal in appeals})
    list(Appeal.objects.filter(pk__in=keys).order_by("pk").select_for_update().values_list("pk"))
