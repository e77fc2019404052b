"""Which saved views are whose: one's own, and those of one's desk, which its head keeps."""

from django.db.models import Q, QuerySet
from django.http import Http404

from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff
from qorgau.rules.roles import HEADS
from qorgau.workplace.models import SavedView


def views_of(staff: Staff) -> QuerySet[SavedView]:
    """What somebody finds beside their queue: the desk's first, each in its order. Deleted ones are not among them."""
    seen = SavedView.objects.filter(_seen_by(staff), deleted_at__isnull=True)
    return seen.order_by("desk", "position", "pk")


def pinned_for(staff: Staff) -> list[SavedView]:
    """Those of them that stand above the queue."""
    return PINNED.all(staff=staff.pk, desk=staff.desk_id)


PINNED = KeptQuery(
    lambda: SavedView.objects.filter(
        Q(made_by_id=given("staff"), desk__isnull=True) | Q(desk_id=given("desk")), deleted_at__isnull=True, pinned=True
    ).order_by("desk", "position", "pk")
)


def may_share(staff: Staff) -> bool:
    """The head of a desk, or the deputy, says what everybody at it finds beside the queue."""
    return staff.role in HEADS and staff.desk_id is not None


def may_change(view: SavedView, staff: Staff) -> bool:
    """One's own views; the desk's are for its head, whoever made them."""
    return view.made_by_id == staff.pk if view.desk_id is None else may_share(staff) and view.desk_id == staff.desk_id


def view_to_show(staff: Staff, key: int) -> SavedView:
    """A view that somebody may open, deleted ones included; another is as if it did not exist."""
    view = SavedView.objects.filter(_seen_by(staff), pk=key).first()
    if view is None:
        raise Http404
    return view


def view_to_change(staff: Staff, key: int) -> SavedView:
    """A view that somebody may change, deleted ones included; another is as if it did not exist."""
    view = view_to_show(staff, key)
    if not may_change(view, staff):
        raise Http404
    return view


def siblings(view: SavedView) -> QuerySet[SavedView]:
    """The views among which this one has its place."""
    if view.desk_id is None:
        among = SavedView.objects.filter(desk__isnull=True, made_by_id=view.made_by_id)
    else:
        among = SavedView.objects.filter(desk_id=view.desk_id)
    return among.filter(deleted_at__isnull=True).order_by("position", "pk")


def _seen_by(staff: Staff) -> Q:
    own = Q(made_by_id=staff.pk, desk__isnull=True)
    return own | Q(desk_id=staff.desk_id) if staff.desk_id is not None else own
