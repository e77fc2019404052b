"""What a member of staff may see. Every query for a staff screen, export or API starts here."""

from collections.abc import Callable, Collection
from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from qorgau.directory.models import Desk
from qorgau.lib.kept_queries import KeptQuery, given
from qorgau.people.models import Staff
from qorgau.register.models import (
    Appeal,
    Attachment,
    Concerned,
    InformationRequest,
    NamedReader,
    Opening,
    Participation,
)
from qorgau.rules.ladder import DeskKind
from qorgau.rules.roles import HANDLERS, Role
from qorgau.rules.states import OPEN

Row = TypeVar("Row")


def appeals_for(staff: Staff) -> QuerySet[Appeal]:
    """The appeals that this person may see, and no others.

    The Fund's centre sees the country and a branch its region; every other desk sees the appeals it takes or took
    part in. An administrator keeps the directory and sees no appeal. A sensitive appeal is for those who were
    named to read it, each for this one appeal.
    """
    return _readable(_of_the_desk(staff), staff)


def appeals_held_by_desk_of(staff: Staff) -> QuerySet[Appeal]:
    """Those of `appeals_for` that this person's desk holds: whoever holds an appeal takes part in it, so nothing has to
    be asked of each.
    """
    if staff.desk is None or not _works_there(staff):
        return Appeal.objects.none()
    return _readable(Appeal.objects.filter(holder_id=staff.desk.pk), staff)


class Listed(NamedTuple):
    """Appeals, perhaps joined with the part that somebody's desk takes in each."""

    appeals: QuerySet[Appeal]
    part: str = ""

    def column(self, name: str) -> str:
        """Where the key of an appeal, or something of it that hardly ever changes, is best read."""
        if not self.part:
            return name
        return f"{self.part}__{'appeal_id' if name == 'pk' else name}"


def appeals_to_list(
    staff: Staff, *, held: bool = False, is_open: bool | None = None, **among: Collection[Any]
) -> Listed:
    """The same appeals as `appeals_for`, or those that the desk holds, made to be listed and counted. `among` narrows
    them to some values of what hardly ever changes, by the columns of `OF_THE_APPEAL`: `region_id=[1, 2]`; an empty
    collection does not narrow. `is_open` narrows them to those that are open, or to those that are over.

    A clinic or a health department sees few of the register's appeals. In an index it finds them all together, in the
    order of receipt, with what lists are narrowed by; and so does a branch those outside its region. The contact
    centre, a branch and the centre see so many that they meet the next ones soon on the way through the whole register.
    """
    narrowed = {name: values for name, values in among.items() if values}
    desk = staff.desk
    if held or desk is None or not sees_few(staff, narrowed.get("region_id", ())):
        seen = appeals_held_by_desk_of(staff) if held else appeals_for(staff)
        if is_open is not None:
            seen = seen.filter(Q(state__in=sorted(OPEN), _negated=not is_open))
        return Listed(seen.filter(**{f"{name}__in": values for name, values in narrowed.items()}))
    ours = Q(participations__desk_id=desk.pk, participations__ended_at__isnull=True)
    ours &= Q(**{f"participations__{name}__in": values for name, values in narrowed.items()})
    if is_open is not None:
        ours &= Q(participations__is_open=is_open)
    if desk.kind == DeskKind.BRANCH and desk.region_id is not None:  # of other regions only
        ours &= Q(participations__elsewhere=True)
    joined = Appeal.objects.alias(ours=FilteredRelation("participations", condition=ours)).filter(ours__isnull=False)
    return Listed(_readable(joined, staff), "ours")


def sees_few(staff: Staff, regions: Collection[int] = ()) -> bool:
    """Whether this person sees few of the appeals of the register, or of those of some regions."""
    desk = staff.desk
    if desk is None or not _works_there(staff):
        return False
    elsewhere = desk.kind == DeskKind.BRANCH and bool(regions) and desk.region_id not in regions
    return desk.kind in _SEE_FEW or elsewhere


_SEE_FEW = frozenset({DeskKind.CLINIC, DeskKind.HEALTH_DEPARTMENT})


def _readable(seen: QuerySet[Appeal], staff: Staff) -> QuerySet[Appeal]:
    """Of what a desk sees, what this person may read: a sensitive appeal only when named for it."""
    if not staff.may_read_sensitive:
        return seen.filter(sensitive=False)
    named = NamedReader.objects.filter(staff_id=staff.pk, appeal_id=OuterRef("pk"), ended_at__isnull=True)
    return seen.filter(Q(sensitive=False) | Exists(named))


class ScopedQuery(Generic[Row]):
    """A query of appeals within somebody's scope, put into SQL once for each shape that a scope can have.

    `make` narrows the appeals it is given; see `lib/kept_queries.py` for what may stand in it.
    """

    def __init__(self, make: Callable[[QuerySet[Appeal]], "QuerySet[Appeal, Row]"]) -> None:
        self._make = make
        self._kept: dict[tuple[object, ...], KeptQuery[Row]] = {}

    def all(self, staff: Staff, **values: Any) -> list[Row]:
        """The rows that this person may see."""
        kept = self.kept_for(staff)
        return kept.all(**values, **scope_of(staff)) if kept else []

    def kept_for(self, staff: Staff) -> KeptQuery[Row] | None:
        """The query for a scope of this shape, with the values of `make` and `scope_of`; None for who sees nothing."""
        desk = staff.desk
        if desk is None:
            return None
        shape = (staff.role, staff.is_active, staff.may_read_sensitive, desk.kind, desk.region_id is None)
        kept = self._kept.get(shape)
        if kept is None:
            region = None if desk.region_id is None else cast(int, given("region"))
            somebody = somebody_like(staff, desk, region_id=region)
            kept = self._kept[shape] = KeptQuery(lambda: self._make(appeals_for(somebody)))
        return kept

    def first(self, staff: Staff, **values: Any) -> Row | None:
        """The first row, or None."""
        return next(iter(self.all(staff, **values)), None)


def scope_of(staff: Staff) -> dict[str, int | None]:
    """The values by which a scope of one shape is this person's."""
    desk = staff.desk
    return {"reader": staff.pk, "desk": staff.desk_id, "region": desk.region_id if desk else None}


def somebody_like(staff: Staff, desk: Desk, *, region_id: int | None) -> Staff:
    """Whoever has a scope of this shape, at a desk of this region: their own key and that of their desk are given when
    the query is sent, by the names of `scope_of`.
    """
    return Staff(
        pk=given("reader"),
        desk=Desk(pk=given("desk"), kind=desk.kind, region_id=region_id),
        role=staff.role,
        is_active=staff.is_active,
        may_read_sensitive=staff.may_read_sensitive,
    )


def sensitive_known_to(staff: Staff) -> QuerySet[Appeal]:
    """The sensitive appeals of which this person may know that they exist: number, holder and due date, no more.

    Those who may be named for such appeals see that one came, within what their desk sees; never an appeal that is
    about themselves.
    """
    if not staff.may_read_sensitive:
        return Appeal.objects.none()
    about_them = Concerned.objects.filter(staff_id=staff.pk, appeal_id=OuterRef("pk"))
    return _of_the_desk(staff).filter(~Exists(about_them), sensitive=True)


def callers_appeals_for(staff: Staff) -> QuerySet[Appeal]:
    """The appeals about which somebody may call this person: everybody calls the contact centre, about any appeal.

    It may know that there is one, who filed it and when, and send its applicant a new code; it reads nothing more of
    what lies outside `appeals_for`. A sensitive appeal is not there for it.
    """
    desk = staff.desk
    if desk is None or desk.kind != DeskKind.CONTACT_CENTRE or not staff.is_active or staff.role not in HANDLERS:
        return Appeal.objects.none()
    return Appeal.objects.filter(sensitive=False)


def openings_for(officer: Staff) -> QuerySet[Opening]:
    """Who opened which appeals, as far as this security officer may know that they exist."""
    desk = officer.desk
    openings = Opening.objects.all()
    if desk is None or desk.kind != DeskKind.CENTRE:
        openings = openings.filter(appeal__in=_of_the_desk(officer))
    if not officer.may_read_sensitive:
        return openings.filter(appeal__sensitive=False)
    return openings.exclude(appeal__in=Concerned.objects.filter(staff_id=officer.pk).values("appeal_id"))


def requests_for(staff: Staff) -> QuerySet[InformationRequest]:
    """What this person's desk was asked and what it replied; it keeps these when it no longer sees the appeal."""
    if staff.desk_id is None or not staff.is_active or staff.role == Role.ADMINISTRATOR:
        return InformationRequest.objects.none()
    return InformationRequest.objects.filter(asked_id=staff.desk_id, appeal__sensitive=False)


def _of_the_desk(staff: Staff) -> QuerySet[Appeal]:
    """What the desk of this person sees, sensitive or not."""
    desk = staff.desk
    if desk is None or not _works_there(staff):
        return Appeal.objects.none()
    seen = Appeal.objects.all()
    if desk.kind != DeskKind.CENTRE:
        if desk.kind == DeskKind.BRANCH and desk.region_id is not None:
            # Those of other regions are few. PostgreSQL gathers them once, when it meets the first of another region.
            elsewhere = Participation.objects.filter(desk_id=desk.pk, elsewhere=True, ended_at__isnull=True)
            seen = seen.filter(Q(region_id=desk.region_id) | Q(pk__in=elsewhere.values("appeal_id")))
        else:
            seen = seen.filter(Exists(_part_of(desk)))
    return seen


def _part_of(desk: Desk) -> QuerySet[Participation]:
    """That a desk takes part in the appeal of the row at hand."""
    return Participation.objects.filter(desk_id=desk.pk, appeal_id=OuterRef("pk"), ended_at__isnull=True)


def _works_there(staff: Staff) -> bool:
    """Whether this person sees what their desk sees: an administrator keeps the directory only."""
    return staff.is_active and staff.role != Role.ADMINISTRATOR


def attachments_for(staff: Staff) -> QuerySet[Attachment]:
    """The files of the appeals that this person may see."""
    return Attachment.objects.filter(appeal__in=appeals_for(staff))
