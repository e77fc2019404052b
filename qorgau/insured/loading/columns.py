"""The published file format (docs/insured-register.md): which columns there are, and what the first line says."""

from collections.abc import Sequence
from dataclasses import dataclass

from qorgau.insured.cells import is_month, month_called
from qorgau.insured.loading.faults import FileRefused
from qorgau.insured.record import MONTHS_SHOWN
from qorgau.rules.sentences import N_, Sentence

REQUIRED = ("iin", "paid")
OTHERS = ("payers", "categories", "ahead", "temporary", "organisation", "attached_since")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one file in their order, and the month of the first of its twelve sums (None: it has no sums)."""

    names: tuple[str, ...]
    first_month: int | None

    @property
    def sums(self) -> tuple[str, ...]:
        """The names of the twelve columns of sums, the earliest month first."""
        return tuple(sorted(name for name in self.names if is_month(name)))


def recognise(names: Sequence[str]) -> Columns:
    """What the names in the first line mean. Raises FileRefused when one is missing, doubled or not known."""
    if missing := [name for name in REQUIRED if name not in names]:
        raise FileRefused(Sentence(N_("These columns are missing: {names}."), {"names": ", ".join(missing)}))
    sums = sorted(name for name in names if is_month(name))
    if unknown := [name for name in names if name not in (*REQUIRED, *OTHERS, *sums)]:
        raise FileRefused(
            Sentence(N_("These columns are not part of the format: {names}."), {"names": ", ".join(unknown)[:200]})
        )
    if len(set(names)) < len(names):
        raise FileRefused(Sentence(N_("A column stands in the first line twice.")))
    months = [month_called(name) for name in sums]
    if months and months != list(range(months[0], months[0] + MONTHS_SHOWN)):
        raise FileRefused(Sentence(N_("Columns of sums are to be twelve months in a row, called like 2026-10.")))
    if "payers" in names and not months:
        raise FileRefused(Sentence(N_("Payers are told only together with the twelve columns of sums.")))
    return Columns(tuple(names), months[0] if months else None)
