"""The table people read, and the file machines read."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.figures import TWO_INSERTS, Figures
from bench.machine import too_busy

_HEAD = (
    *("subject", "a second", "min to max", "p50 ms", "p95 ms", "processor ms", "of the bare"),
    *("share to reach", "there", "errors"),
)


def write(path: Path, figures: Iterable[Figures], machine: dict[str, Any], *, seconds: float) -> None:
    """All figures as JSON."""
    by_name = {one.name: one for one in figures}
    content = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds_a_round": seconds,
        "machine": machine,
        "subjects": [one.as_json(by_name) for one in by_name.values()],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def table(figures: Iterable[Figures], machine: dict[str, Any]) -> str:
    """A Markdown table that reads well in a terminal too."""
    by_name = {one.name: one for one in figures}
    rows = [_HEAD, *(_row(one, by_name) for one in by_name.values())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join([*lines, "", *_remarks(by_name.values(), machine)])


def _row(one: Figures, others: dict[str, Figures]) -> tuple[str, ...]:
    facts = one.as_json(others)
    share = facts["share_of_bare"]
    return (
        one.name,
        f"{facts['median_rate']:,.0f}",
        f"{facts['least_rate']:,.0f} to {facts['most_rate']:,.0f}",
        f"{facts['p50_ms']:.2f}",
        f"{facts['p95_ms']:.2f}",
        _processor(facts),
        f"{share:.0%} of {one.bare}" if share is not None else "",
        _share_to_reach(facts),
        _to_reach(one),
        str(facts["errors"]) if facts["errors"] else "",
    )


def _processor(facts: dict[str, Any]) -> str:
    """What an answer took of the program and of the database; nothing where it was not read."""
    program, database = facts["program_ms"], facts["database_ms"]
    return f"{program:.2f} + {database:.2f}" if program or database else ""


def _share_to_reach(facts: dict[str, Any]) -> str:
    """Whether the goals are reached, on whatever machine: our share of two inserts beside the share that the goal is,
    and how slow the slow answers would be where the goals were set.
    """
    ours, wanted = facts["share_of_two_inserts"], facts["share_to_reach"]
    slow, slowest = facts["p95_ms_in_proportion"], facts["p95_ms_to_keep"]
    if (wanted and ours is None) or (slowest and slow is None):
        return f"{TWO_INSERTS} were not measured"
    told = []
    if wanted is not None:
        told.append(f"{ours:.0%} of {TWO_INSERTS}, {wanted:.0%} {'yes' if ours >= wanted else 'NO'}")
    if slowest is not None:
        told.append(f"p95 as of {slow:.0f} ms, {slowest:.0f} {'yes' if slow <= slowest else 'NO'}")
    return "; ".join(told)


def _to_reach(one: Figures) -> str:
    """The same in figures, which were set for another machine."""
    wanted = []
    if one.least:
        wanted.append(f"{one.least:,.0f}/s {'yes' if one.rate >= one.least else 'NO'}")
    if one.most_p95_ms:
        kept = one.percentile_ms(0.95) <= one.most_p95_ms
        wanted.append(f"p95 {one.most_p95_ms:.0f} ms {'yes' if kept else 'NO'}")
    return ", ".join(wanted)


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"


def _remarks(figures: Iterable[Figures], machine: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gb']} GB, Python {machine['python']}, "
        f"load before: {machine['load_before']}"
    )
    if too_busy(machine["load_before"]):
        yield "The machine was busy before this began: only the shares of the bare machine tell anything."
    for one in figures:
        for error in one.errors[:2]:
            yield f"{one.name}: {error}"
