"""Writing down what changed in the directory: a line with before and after, and a new version of the whole.

Every change goes through here, whoever makes it: an administrator, the importer, the loader of reference data. Line and
version are written in the transaction of the change; each process notices the new version and reads the directory anew.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import F, Field, Model
from django.utils.translation import gettext as _

from qorgau.directory.models import Change, DirectoryVersion, Organisation, Region
from qorgau.people.models import Staff

# Never written into history, whatever table it stands in.
_SECRET = frozenset({"password", "last_login"})
_LONGEST_NAME = 200


def values_of(row: Model) -> dict[str, Any]:
    """What a row says, as JSON: every field people can edit, by name."""
    return {field.attname: _plain(field, row) for field in row._meta.concrete_fields if _is_told(field)}


def record(row: Model, *, before: dict[str, Any], by: Staff | None = None) -> Change | None:
    """Write the line of a row that was saved, and a new version; None, and nothing written, when nothing changed.

    `before` is `values_of` the row as it stood, empty for a new one. `by` is empty for a command.
    """
    change = change_of(row, before=before, by=by)
    if change is not None:
        record_all([change], organisations=isinstance(row, Organisation | Region))
    return change


def change_of(row: Model, *, before: dict[str, Any], by: Staff | None = None) -> Change | None:
    """The line of a saved row, not yet written: only the fields that differ, on both sides."""
    after = values_of(row)
    differing = [name for name, value in after.items() if name not in before or before[name] != value]
    if not differing:
        return None
    return Change(
        by=by,
        model=row._meta.label_lower,
        row_id=row.pk,
        row_name=str(row)[:_LONGEST_NAME],
        before={name: before[name] for name in differing if name in before},
        after={name: after[name] for name in differing},
    )


def record_all(changes: Iterable[Change], *, organisations: bool) -> None:
    """Write many lines and one new version. `organisations` tells whether organisations or regions are among them."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a change of the directory and its line belong in one transaction")
    Change.objects.bulk_create(changes, batch_size=1000)
    new_version(organisations=organisations)


def lock() -> None:
    """Wait until no other command changes the directory, and keep others waiting to the end of the transaction."""
    DirectoryVersion.objects.get_or_create(pk=DirectoryVersion.THE_ROW)
    DirectoryVersion.objects.select_for_update().get(pk=DirectoryVersion.THE_ROW)


def new_version(*, organisations: bool) -> None:
    """Tell every process to read the directory again; waits for another change that is being made."""
    stamps: dict[str, Any] = {"number": F("number") + 1, "stamp": uuid.uuid4()}
    if organisations:
        stamps["organisations_stamp"] = uuid.uuid4()
    the_row = DirectoryVersion.objects.filter(pk=DirectoryVersion.THE_ROW)
    if not the_row.update(**stamps):
        DirectoryVersion.objects.get_or_create(pk=DirectoryVersion.THE_ROW)
        the_row.update(**stamps)


def field_name(model: type[Model], attname: str) -> str:
    """The name under which people know a field that a line speaks of."""
    for field in model._meta.concrete_fields:
        if field.attname == attname:
            return str(field.verbose_name)
    return _("field that is no more: {name}").format(name=attname)


def _is_told(field: Field) -> bool:
    return field.editable and not field.primary_key and field.name not in _SECRET


def _plain(field: Field, row: Model) -> Any:
    value = field.value_from_object(row)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return DjangoJSONEncoder().default(value)
