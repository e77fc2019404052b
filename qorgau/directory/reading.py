"""Reading the whole directory into a snapshot, in an order that no change in between can spoil."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from django.db.models import Model

from qorgau.directory.attachment import campaigns
from qorgau.directory.calendars import Calendars
from qorgau.directory.insurance import status_rules, tariff, warning_terms
from qorgau.directory.models import (
    AnswerTemplate,
    AttachmentReason,
    Checklist,
    ChecklistStep,
    DeadlinePolicy,
    Desk,
    DirectoryVersion,
    HandlingLimit,
    HolidayOverride,
    InsuranceCategory,
    Label,
    Organisation,
    OwnField,
    Region,
    StateLabel,
    Topic,
    WorkingHours,
)
from qorgau.directory.snapshot import Reference
from qorgau.rules.kinds import Kind, Procedure
from qorgau.rules.ladder import DeskKind
from qorgau.rules.policies import CountsFrom, Policy, Purpose, Unit

Row = TypeVar("Row", bound=Model)


def read(held: Reference | None = None) -> Reference:
    """Everything as it stands now; organisations are taken from `held` when none of them changed since.

    The version is read first, so that what changes meanwhile is read twice, never missed. What points to a row is read
    before the row: rows are never deleted, so it is there.
    """
    version = DirectoryVersion.objects.filter(pk=DirectoryVersion.THE_ROW).first()
    organisations_stamp = version.organisations_stamp if version else None
    steps, checklists = _rows(ChecklistStep.objects.all()), _rows(Checklist.objects.all())
    templates, topics = _rows(AnswerTemplate.objects.all()), _rows(Topic.objects.all())
    desks = _rows(Desk.objects.all())
    if held is not None and organisations_stamp is not None and organisations_stamp == held.organisations_stamp:
        organisations, regions = held.organisations, held.regions
    else:
        organisations, regions = _rows(Organisation.objects.all()), _rows(Region.objects.all())
        _relate(organisations, "region", regions)
    _relate(desks, "region", regions)
    _relate(desks, "organisation", organisations)
    _relate(topics, "parent", topics)
    _relate(templates, "topic", topics)
    _relate(checklists, "topic", topics)
    _relate(steps, "checklist", checklists)
    return Reference(
        stamp=version.stamp if version else None,
        organisations_stamp=organisations_stamp,
        regions=regions,
        organisations=organisations,
        desks=desks,
        topics=topics,
        templates=templates,
        policies=tuple(policy_of(row) for row in DeadlinePolicy.objects.all()),
        calendars=Calendars(HolidayOverride.objects.all(), WorkingHours.objects.all()),
        labels=_rows(Label.objects.all()),
        own_fields=_rows(OwnField.objects.all()),
        status_rules=status_rules(),
        tariff=tariff(),
        warning_terms=warning_terms(),
        insurance_categories=_rows(InsuranceCategory.objects.all()),
        limits=tuple(HandlingLimit.objects.all()),
        checklists=checklists,
        checklist_steps=steps,
        campaigns=campaigns(),
        attachment_reasons=_rows(AttachmentReason.objects.all()),
        state_labels=tuple(_rows(StateLabel.objects.all()).values()),
    )


def _rows(rows: Iterable[Row]) -> Mapping[int, Row]:
    by_id = {row.pk: row for row in rows}
    for row in by_id.values():
        row._state.shared = True  # type: ignore[attr-defined]  # `Dated.save` refuses it
    return MappingProxyType(by_id)


def _relate(rows: Mapping[int, Any], name: str, others: Mapping[int, Any]) -> None:
    """Let rows know what they point to, so that no template asks the database for it."""
    for row in rows.values():
        other = others.get(getattr(row, f"{name}_id"))
        if other is not None:
            row._state.fields_cache[name] = other


def policy_of(row: DeadlinePolicy) -> Policy:
    """A row as the rules read it."""
    return Policy(
        code=row.code or f"{row.purpose}-{row.pk}",
        purpose=Purpose(row.purpose),
        term=row.term,
        unit=Unit(row.unit),
        valid_from=row.valid_from or date.min,
        valid_to=row.valid_to,
        counts_from=CountsFrom(row.counts_from),
        rolls_forward=row.rolls_forward,
        taken_until=row.taken_until,
        extension_months=row.extension_months,
        notice_days=row.notice_days,
        kind=Kind(row.appeal_kind) if row.appeal_kind else None,
        procedure=Procedure(row.procedure) if row.procedure else None,
        desk_kind=DeskKind(row.desk_kind) if row.desk_kind else None,
        basis={"kk": row.basis_kk or row.basis, "ru": row.basis, "en": row.basis_en or row.basis},
        source_mark=row.source_mark,
        row_id=row.pk,
    )
