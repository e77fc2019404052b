"""Labels and own fields: what an installation notes about an appeal besides what the law asks for."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from qorgau.directory.models import Label, OwnField
from qorgau.directory.own_fields import fields_for, input_name, read_value
from qorgau.directory.reference import current
from qorgau.handling.permission import require_staff
from qorgau.people.models import Staff
from qorgau.register.actors import Actor
from qorgau.register.change import SomebodyWasFaster, change
from qorgau.register.details import labels_of, values_of
from qorgau.register.models import Appeal, AppealLabel, FieldValue
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence
from qorgau.rules.states import Verb


@transaction.atomic
def set_details(
    appeal: Appeal,
    *,
    staff: Staff,
    at: datetime,
    labels: Collection[str] | None = None,
    values: Mapping[str, str] | None = None,
    seen_version: int | None = None,
) -> None:
    """Put these labels on the appeal and no others, and fill in its own fields.

    1. `labels` are codes, `values` what was typed by the code of the field; None leaves all as it is, a field that is
       not named keeps its value, an empty value is taken out.
    2. Nothing about states, terms or desks changes, and the applicant does not see it.
    3. One journal line tells what was there before and after; when nothing differs, there is none.

    Raises Problem: field `labels` for one that is not in use, `own_…` for what does not fit its field, is missing
    where it must be filled in, or is personal data.
    """
    require_staff(Verb.SET_DETAILS, appeal, staff, at=at)
    had_labels, had_values = labels_of([appeal.pk]).get(appeal.pk, []), values_of([appeal.pk]).get(appeal.pk, {})
    wanted = had_labels if labels is None else _labels(labels, had_labels)
    fields = {field.code: field for field in fields_for(appeal.topic, appeal.holder.kind)}
    filled_in = {} if values is None else _values(fields, values, had_values)
    before: dict[str, str | None] = {}
    after: dict[str, str | None] = {}
    if {label.pk for label in wanted} != {label.pk for label in had_labels}:
        before["labels"], after["labels"] = _codes(had_labels), _codes(wanted)
    for code, value in filled_in.items():
        if value != had_values.get(code, ""):
            before[input_name(code)], after[input_name(code)] = had_values.get(code, ""), value
    if not after:
        return
    if seen_version is not None and seen_version != appeal.version:
        raise SomebodyWasFaster
    change(appeal, verb=Verb.SET_DETAILS.value, actor=Actor.of(staff), at=at, details=after, details_before=before)
    _keep_labels(appeal, had_labels, wanted, staff=staff, at=at)
    for code, value in filled_in.items():
        _keep_value(appeal, fields[code], value, staff=staff, at=at)


def add_labels(
    appeal: Appeal, *, staff: Staff, labels: Collection[str], at: datetime, seen_version: int | None = None
) -> None:
    """Put labels on the appeal besides those that it has."""
    has = {label.code for label in labels_of([appeal.pk]).get(appeal.pk, [])}
    set_details(appeal, staff=staff, labels=has | set(labels), at=at, seen_version=seen_version)


def _labels(codes: Collection[str], had: list[Label]) -> list[Label]:
    """The labels of the codes. One that is over may stay where it is, but comes to no other appeal."""
    usable = {label.code: label for label in [*current().labels_in_force(), *had]}
    if unknown := sorted(set(codes) - usable.keys()):
        raise Problem(Sentence(N_("There is no label “{code}” in use."), {"code": unknown[0]}), "labels")
    return [usable[code] for code in sorted(set(codes))]


def _values(fields: Mapping[str, OwnField], typed: Mapping[str, str], had: Mapping[str, str]) -> dict[str, str]:
    read: dict[str, str] = {}
    for code, value in typed.items():
        field = fields.get(code)
        if field is None:
            raise Problem(Sentence(N_("This appeal has no such field any longer; open the form again.")), "")
        read[code] = read_value(field, value)
        option = field.option(read[code]) if field.kind == "choice" else None
        if option and not option["offered"] and read[code] != had.get(code):
            raise Problem(Sentence(N_("Choose one of the options.")), input_name(code))
    for code, field in fields.items():
        if field.required and not read.get(code, had.get(code, "")):
            raise Problem(Sentence(N_("This must be filled in.")), input_name(code))
    return read


def _codes(labels: list[Label]) -> str:
    return ", ".join(sorted(label.code for label in labels))


def _keep_labels(appeal: Appeal, had: list[Label], wanted: list[Label], *, staff: Staff, at: datetime) -> None:
    gone = {label.pk for label in had} - {label.pk for label in wanted}
    come = {label.pk for label in wanted} - {label.pk for label in had}
    AppealLabel.objects.filter(appeal=appeal, label_id__in=gone).delete()
    AppealLabel.objects.bulk_create(
        AppealLabel(appeal=appeal, label_id=key, put_at=at, put_by=staff) for key in sorted(come)
    )


def _keep_value(appeal: Appeal, field: OwnField, value: str, *, staff: Staff, at: datetime) -> None:
    if value:
        FieldValue.objects.update_or_create(
            appeal=appeal, field_id=field.pk, defaults={"value": value, "set_at": at, "set_by": staff}
        )
    else:
        FieldValue.objects.filter(appeal=appeal, field_id=field.pk).delete()
