"""Loading the reference data that comes with Qorgau: regions, desks, topics, terms, working hours, answer templates,
checklists, what insurance rests on, and attachment to clinics.

Safe to repeat: only rows that are missing are added, so nothing an administrator edited or ended is ever touched.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from qorgau.directory import reference
from qorgau.directory.attachment import missing_attachment_rows
from qorgau.directory.changes import change_of, lock, record_all
from qorgau.directory.insurance import missing_rows
from qorgau.directory.models import (
    AnswerTemplate,
    Change,
    Checklist,
    ChecklistStep,
    DeadlinePolicy,
    Desk,
    Region,
    Topic,
    WorkingHours,
)

DATA = Path(__file__).resolve().parent / "reference_data"


def load_reference() -> dict[str, int]:
    """Add what is missing and say how many rows of each table were added."""
    with transaction.atomic():
        lock()
        added: dict[str, int] = {}
        changes: list[Change] = []
        tables = (_regions(), _desks(), _topics(), _terms(), _working_hours(), _templates(), _checklists())
        for rows in (*tables, missing_rows(), missing_attachment_rows()):
            for row in rows:
                row.save()
                change = change_of(row, before={})
                assert change is not None
                changes.append(change)
                name = str(row._meta.verbose_name_plural)
                added[name] = added.get(name, 0) + 1
        if changes:
            record_all(changes, organisations=True)
            transaction.on_commit(reference.refresh)
    return added


def _regions() -> Iterator[Region]:
    known = set(Region.objects.values_list("kato", flat=True))
    for line in _lines("regions.csv"):
        if line["kato"] not in known:
            aliases = line.pop("aliases").split("|")
            centre = {name: float(line.pop(name)) for name in ("latitude", "longitude")}
            yield Region(**line, **centre, aliases=aliases)


def _desks() -> Iterator[Desk]:
    known = set(Desk.objects.values_list("kind", "region__kato"))
    regions = {region.kato: region for region in Region.objects.all()}
    for line in _lines("desks.csv"):
        kato = line.pop("region") or None
        if (line["kind"], kato) not in known:
            yield Desk(**line, region=regions[kato] if kato else None)


def _topics() -> Iterator[Topic]:
    known = {topic.code: topic for topic in Topic.objects.all()}
    for group_place, group in enumerate(_tables("topics.toml")["group"], start=1):
        parent = known.get(group["code"])
        if parent is None:
            parent = _topic(group, position=group_place * 100)
            yield parent
        for place, topic in enumerate(group["topic"], start=1):
            if topic["code"] not in known:
                yield _topic(topic, position=group_place * 100 + place, parent=parent)


def _topic(table: dict[str, Any], *, position: int, parent: Topic | None = None) -> Topic:
    return Topic(
        **_names(table),
        code=table["code"],
        parent=parent,
        position=position,
        appeal_kind=table.get("kind", ""),
        desk_kind=table.get("desk", ""),
        sensitive=table.get("sensitive", False),
        defect_codes=table.get("defects", []),
        own_term=table.get("term", ""),
    )


def _terms() -> Iterator[DeadlinePolicy]:
    known = set(DeadlinePolicy.objects.values_list("code", flat=True))
    for table in _tables("terms.toml")["term"]:
        if table["code"] not in known:
            yield DeadlinePolicy(
                **_names(table),
                code=table["code"],
                purpose=table["purpose"],
                desk_kind=table.get("desk", ""),
                term=table["term"],
                unit=table["unit"],
                taken_until=table.get("taken_until"),
                extension_months=table.get("extension_months", 0),
                notice_days=table.get("notice_days", 0),
                basis=table["basis_ru"],
                basis_kk=table["basis_kk"],
                basis_en=table["basis_en"],
                source_mark=table["mark"],
                valid_from=table.get("from"),
                valid_to=table.get("to"),
            )


def _working_hours() -> Iterator[WorkingHours]:
    if not WorkingHours.objects.exists():
        for table in _tables("working_hours.toml")["hours"]:
            yield WorkingHours(**table)


def _templates() -> Iterator[AnswerTemplate]:
    known = set(AnswerTemplate.objects.values_list("code", flat=True))
    topics = {topic.code: topic for topic in Topic.objects.all()}
    for path in sorted((DATA / "answer_templates").glob("*.toml")):
        if path.stem not in known:
            table = _tables(f"answer_templates/{path.name}")
            yield AnswerTemplate(
                code=path.stem,
                name_kk=table["name_kk"],
                name_ru=table["name_ru"],
                name_en=table["name_en"],
                text_kk=table["kk"].strip(),
                text_ru=table["ru"].strip(),
                text_en=table["en"].strip(),
                desk_kind=table.get("desk", ""),
                topic=topics[table["topic"]] if "topic" in table else None,
                valid_from=table.get("from"),
            )


def _checklists() -> Iterator[Checklist | ChecklistStep]:
    known = set(Checklist.objects.values_list("code", flat=True))
    written = set(Checklist.objects.values_list("topic__code", "appeal_kind"))
    topics = {topic.code: topic for topic in Topic.objects.all()}
    for table in _tables("checklists.toml")["checklist"]:
        topic, kind = table.get("topic"), table.get("kind", "")
        # Where an installation has written a list of its own, ours would stand beside it.
        if table["code"] not in known and (topic, kind) not in written:
            checklist = Checklist(
                **_names(table), code=table["code"], topic=topics[topic] if topic else None, appeal_kind=kind
            )
            yield checklist
            for place, step in enumerate(table["step"], start=1):
                yield ChecklistStep(**_names(step), checklist=checklist, position=place * 10)


def _names(table: dict[str, Any]) -> dict[str, str]:
    return {"name_kk": table["kk"], "name_ru": table["ru"], "name_en": table["en"]}


def _lines(name: str) -> Iterable[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
