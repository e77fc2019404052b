"""Rows about insurance: from the supplied file into tables, and from tables into what the rules read."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from qorgau.directory.models import (
    ContributionRate,
    InsuranceCategory,
    InsuranceRules,
    InsuranceWarnings,
    OfficialAmount,
)
from qorgau.rules.contributions import Base, Payer, Rate, Tariff
from qorgau.rules.contributions import OfficialAmount as Amount
from qorgau.rules.insured_status import StatusRules
from qorgau.rules.warnings import WarningTerms

SUPPLIED = Path(__file__).resolve().parent / "reference_data" / "insurance.toml"

Row = InsuranceRules | InsuranceCategory | ContributionRate | OfficialAmount | InsuranceWarnings


def missing_rows() -> Iterator[Row]:
    """The supplied rows that the tables do not hold yet: those of the same thing from the same day are there."""
    tables = tomllib.loads(SUPPLIED.read_text(encoding="utf-8"))
    makers: dict[str, Callable[[dict[str, Any]], Row]] = {
        "rules": _rules,
        "category": _category,
        "rate": _rate,
        "amount": _amount,
        "warnings": _warnings,
    }
    for name, make in makers.items():
        known: set[Any] | None = None
        for table in tables[name]:
            row = make(table)
            if known is None:
                known = {_key(other) for other in type(row)._default_manager.all()}
            if _key(row) not in known:
                yield row


def status_rules() -> tuple[StatusRules, ...]:
    """The rules of insured status as they are read."""
    return tuple(
        StatusRules(
            code=row.code or f"rules-{row.pk}",
            valid_from=row.valid_from or date.min,
            valid_to=row.valid_to,
            everybody=row.everybody,
            past_months=row.past_months,
            future_months=row.future_months,
            grace_months=row.grace_months,
            long_grace_months=row.long_grace_months,
            unbroken_months=row.unbroken_months,
            temporary_months=row.temporary_months,
            basis=row.basis_names,
            source_mark=row.source_mark,
            row_id=row.pk,
        )
        for row in InsuranceRules.objects.all()
    )


def warning_terms() -> tuple[WarningTerms, ...]:
    """How long before the end people are warned, as it is read."""
    return tuple(
        WarningTerms(
            first_days=row.first_days,
            last_days=row.last_days,
            kept_days=row.kept_days,
            valid_from=row.valid_from or date.min,
            valid_to=row.valid_to,
            basis=row.basis_names,
            source_mark=row.source_mark,
            row_id=row.pk,
        )
        for row in InsuranceWarnings.objects.all()
    )


def tariff() -> Tariff:
    """Rates and official amounts as they are read."""
    return Tariff(
        rates=[
            Rate(
                payer=Payer(row.payer),
                percent=row.percent,
                base=Base(row.base),
                valid_from=row.valid_from or date.min,
                valid_to=row.valid_to,
                multiple=row.multiple,
                cap=row.cap,
                cap_group=row.cap_group,
                basis=row.basis_names,
                source_mark=row.source_mark,
                row_id=row.pk,
            )
            for row in ContributionRate.objects.all()
        ],
        amounts=[
            Amount(
                base=Base(row.base),
                valid_from=row.valid_from or date.min,
                tenge=row.tenge,
                valid_to=row.valid_to,
                basis=row.basis_names,
                source_mark=row.source_mark,
                row_id=row.pk,
            )
            for row in OfficialAmount.objects.all()
        ],
    )


def _key(row: Row) -> tuple[Any, ...]:
    match row:
        case ContributionRate():
            what: str = row.payer
        case OfficialAmount():
            what = row.base
        case InsuranceWarnings():
            what = ""
        case _:
            what = row.code
    return what, row.valid_from


def _rules(table: dict[str, Any]) -> InsuranceRules:
    terms = (
        *("everybody", "past_months", "future_months", "grace_months"),
        *("long_grace_months", "unbroken_months", "temporary_months"),
    )
    return InsuranceRules(
        code=table["code"], **_named(table), **_dated(table), **{name: table[name] for name in terms if name in table}
    )


def _category(table: dict[str, Any]) -> InsuranceCategory:
    return InsuranceCategory(code=table["code"], budget=table["budget"], **_named(table), **_dated(table))


def _rate(table: dict[str, Any]) -> ContributionRate:
    return ContributionRate(
        payer=table["payer"],
        percent=Decimal(table["percent"]),
        base=table["base"],
        multiple=Decimal(table.get("multiple", "1")),
        cap=table.get("cap"),
        cap_group=table.get("cap_group", ""),
        **_dated(table),
    )


def _amount(table: dict[str, Any]) -> OfficialAmount:
    return OfficialAmount(base=table["base"], tenge=Decimal(table["tenge"]), **_dated(table))


def _named(table: dict[str, Any]) -> dict[str, str]:
    return {"name_kk": table["kk"], "name_ru": table["ru"], "name_en": table["en"]}


def _dated(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "valid_from": table.get("from"),
        "valid_to": table.get("to"),
        "basis": table["basis_ru"],
        "basis_kk": table["basis_kk"],
        "basis_en": table["basis_en"],
        "source_mark": table["mark"],
    }


def _warnings(table: dict[str, Any]) -> InsuranceWarnings:
    days = {name: table[name] for name in ("first_days", "last_days", "kept_days")}
    return InsuranceWarnings(**days, **_dated(table))
