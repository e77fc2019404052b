"""Rows about attachment to clinics: from the supplied file into tables, and from tables into what the rules read."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qorgau.directory.models import AttachmentReason, ChoiceCampaign
from qorgau.lib.speech import names_of
from qorgau.rules.attachment import Campaign, Reason

SUPPLIED = Path(__file__).resolve().parent / "reference_data" / "attachment.toml"


def missing_attachment_rows() -> Iterator[ChoiceCampaign | AttachmentReason]:
    """The supplied rows that the tables do not hold yet.

    Campaigns are told apart by their year: an installation that has written the days of a year itself keeps ours out.
    """
    tables = tomllib.loads(SUPPLIED.read_text(encoding="utf-8"))
    years = {day.year for day in ChoiceCampaign.objects.values_list("valid_from", flat=True) if day}
    for table in tables["campaign"]:
        if table["from"].year not in years:
            yield ChoiceCampaign(serves_from=table["serves_from"], **_told(table))
    known = set(AttachmentReason.objects.values_list("code", flat=True))
    for place, table in enumerate(tables["reason"], start=1):
        if table["code"] not in known:
            yield AttachmentReason(
                code=table["code"],
                bound=table.get("bound", False),
                once_a_year=table.get("once_a_year", False),
                papers_kk=table.get("papers_kk", ""),
                papers_ru=table.get("papers_ru", ""),
                papers_en=table.get("papers_en", ""),
                position=place * 10,
                **_told(table),
            )


def campaigns() -> tuple[Campaign, ...]:
    """The days of choosing as they are read; a row without both days, or with days in no order, says nothing."""
    return tuple(
        Campaign(
            opens=row.valid_from,
            closes=row.valid_to,
            serves_from=row.serves_from,
            basis=row.basis_names,
            source_mark=row.source_mark,
            row_id=row.pk,
        )
        for row in ChoiceCampaign.objects.all()
        if row.valid_from and row.valid_to and row.valid_from <= row.valid_to < row.serves_from
    )


def reason_of(row: AttachmentReason) -> Reason:
    """A row as the rules read it."""
    papers = {"kk": row.papers_kk or row.papers_ru, "ru": row.papers_ru, "en": row.papers_en or row.papers_ru}
    return Reason(
        code=row.code,
        names=names_of(row),
        bound=row.bound,
        once_a_year=row.once_a_year,
        papers=papers if row.papers_ru else None,
        basis=row.basis_names,
        source_mark=row.source_mark,
        row_id=row.pk,
    )


def _told(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "name_kk": table["kk"],
        "name_ru": table["ru"],
        "name_en": table["en"],
        "valid_from": table.get("from"),
        "valid_to": table.get("to"),
        "basis": table["basis_ru"],
        "basis_kk": table["basis_kk"],
        "basis_en": table["basis_en"],
        "source_mark": table["mark"],
    }
