"""Taking a list of organisations into the directory: safe to repeat, each refused row told with its line and reason."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from qorgau.directory import reference
from qorgau.directory.changes import change_of, lock, record_all, values_of
from qorgau.directory.clinic_desks import clinic_desk
from qorgau.directory.models import Change, Desk, Organisation, Region
from qorgau.directory.organisation_columns import cells_of, recognise
from qorgau.directory.organisation_rows import OrganisationRow, read_row
from qorgau.directory.region_names import keys_of
from qorgau.lib.csv_tables import Line, Table, UnreadableTable, read_table
from qorgau.people.models import Staff
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

_BATCH = 500
_NAME_COLUMNS = frozenset({"name_kk", "name_ru", "name_en"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not taken: its line in the file, what it is about, and why."""

    line: int
    key: str
    name: str
    reason: Sentence


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    desks_added: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    unused_columns: list[str] = field(default_factory=list)


def import_organisations(
    data: bytes, *, by: Staff | None = None, with_desks: bool = False, dry_run: bool = False
) -> Outcome:
    """Add the organisations that are new and update those that changed, found by their key in the source.

    An empty cell erases nothing, and other names are added to those there are. Organisations that are not in the file
    are left alone: they are ended by a date, in the file or by an administrator. With desks, every organisation of the
    file that has none gets its clinic's desk. A dry run does everything and keeps nothing. Raises Problem when the file
    is no table, or has no column for names or regions.
    """
    table = _table(data)
    ours, unused = recognise(table.columns)
    _must_have_names_and_regions(set(ours.values()))
    outcome = Outcome(unused_columns=unused)
    with transaction.atomic():
        lock()
        rows = _rows(table.lines, ours, outcome)
        changes = _take(rows, outcome, by=by)
        if with_desks:
            changes += _open_desks(rows, outcome, by=by)
        if changes:
            record_all(changes, organisations=True)
        if dry_run:
            transaction.set_rollback(True)
        elif changes:
            transaction.on_commit(reference.refresh)
    return outcome


def _table(data: bytes) -> Table:
    try:
        return read_table(data)
    except UnreadableTable as error:
        raise Problem(
            Sentence(N_("The file is empty, or is no table in an encoding we know. Save it as CSV in UTF-8."))
        ) from error


def _must_have_names_and_regions(columns: set[str]) -> None:
    missing = [column for column in ("region",) if column not in columns]
    if columns.isdisjoint(_NAME_COLUMNS):
        missing.append("name_ru")
    if missing:
        raise Problem(
            Sentence(
                N_("The first line of the file must name the columns. Missing: {columns}."),
                {"columns": ", ".join(missing)},
            )
        )


def _rows(lines: Iterable[Line], ours: dict[str, str], outcome: Outcome) -> dict[str, OrganisationRow]:
    """The rows that can be taken, by key; the others are told in the outcome."""
    regions = {key: region for region in Region.objects.all() for key in keys_of(region)}
    rows: dict[str, OrganisationRow] = {}
    line_of: dict[str, int] = {}
    for line in lines:
        cells = cells_of(line.cells, ours)
        try:
            if line.is_damaged:
                raise Problem(Sentence(N_("The text of this row is damaged: it was saved in a wrong encoding.")))
            row = read_row(cells, regions)
            if row.key in rows:
                raise Problem(
                    Sentence(N_("The same key stands on line {line} already."), {"line": line_of[row.key]}), "key"
                )
        except Problem as problem:
            name = cells.get("name_ru") or cells.get("name_kk") or cells.get("name_en") or ""
            outcome.refusals.append(Refusal(line.number, cells.get("key", ""), name, problem.sentence))
        else:
            rows[row.key], line_of[row.key] = row, line.number
    return rows


def _take(rows: dict[str, OrganisationRow], outcome: Outcome, *, by: Staff | None) -> list[Change]:
    """Save what is new or different, and give its lines of history."""
    present = {row.source_key: row for row in Organisation.objects.filter(source_key__in=rows)}
    new: list[Organisation] = []
    different: list[Organisation] = []
    before: dict[str, dict[str, object]] = {}
    for key, row in rows.items():
        organisation = present.get(key) or Organisation(source_key=key)
        before[key] = values_of(organisation) if key in present else {}
        row.apply_to(organisation)
        organisation.make_searchable()
        if key not in present:
            new.append(organisation)
        elif values_of(organisation) != before[key]:
            different.append(organisation)
    Organisation.objects.bulk_create(new, batch_size=_BATCH)
    if different:
        names = [field.name for field in Organisation._meta.concrete_fields if not field.primary_key]
        Organisation.objects.bulk_update(different, names, batch_size=_BATCH)
        _move_desks(different)
    outcome.added, outcome.updated = len(new), len(different)
    outcome.unchanged = len(rows) - len(new) - len(different)
    changes = (change_of(row, before=before[row.source_key], by=by) for row in (*new, *different))
    return [change for change in changes if change is not None]


def _move_desks(organisations: Iterable[Organisation]) -> None:
    """A clinic's desk is in the region of its clinic."""
    region_of = {organisation.pk: organisation.region_id for organisation in organisations}
    desks = list(Desk.objects.filter(organisation__in=region_of))
    for desk in desks:
        assert desk.organisation_id is not None
        desk.region_id = region_of[desk.organisation_id]
    Desk.objects.bulk_update(desks, ["region"], batch_size=_BATCH)


def _open_desks(rows: Iterable[str], outcome: Outcome, *, by: Staff | None) -> list[Change]:
    without = Organisation.objects.filter(source_key__in=list(rows), desk=None).select_related("region")
    desks = [clinic_desk(organisation) for organisation in without]
    Desk.objects.bulk_create(desks, batch_size=_BATCH)
    outcome.desks_added = len(desks)
    changes = (change_of(desk, before={}, by=by) for desk in desks)
    return [change for change in changes if change is not None]
