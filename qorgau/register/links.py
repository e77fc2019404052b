"""Links that people make between appeals and take off again. The others come from what was done: a next stage, a
merging, a split; they stay.
"""

from django.db.models import Q

from qorgau.people.models import Staff
from qorgau.register.models import Appeal, Link
from qorgau.register.scope import appeals_for

BY_HAND = ("related", "repeat_of", "duplicate_of")


def links_by_hand(appeal: Appeal, staff: Staff) -> list[Link]:
    """The links of this appeal that can be taken off, to appeals that this person may see."""
    links = Link.objects.filter(Q(appeal=appeal) | Q(earlier=appeal), type__in=BY_HAND)
    seen = appeals_for(staff).values("pk")
    links = links.filter(appeal__in=seen, earlier__in=seen)
    return list(links.select_related("appeal", "earlier").order_by("at", "pk"))
