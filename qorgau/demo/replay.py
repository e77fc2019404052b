"""Replaying recorded appeals: JSONL, one `NewAppeal` a line, submitted through intake like any other."""

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.submit import submit
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence

_FIELDS = {field.name for field in fields(NewAppeal)}
_PERSON_FIELDS = {field.name for field in fields(Person)}


def read_line(line: str, *, serial: int, source: str) -> NewAppeal:
    """One line of the file as a `NewAppeal`.

    Only `text` is required. `received_at` is an ISO moment (now when missing), `event_date` an ISO day or what the
    person wrote, `applicant` and `patient` are objects of names and contacts. Raises Problem when the line is no such
    object.
    """
    try:
        said = json.loads(line)
    except ValueError as error:
        raise Problem(Sentence(N_("The line is not JSON."))) from error
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        raise Problem(Sentence(N_("The line has no text of an appeal.")), "text")
    if unknown := sorted(set(said) - _FIELDS):
        raise Problem(Sentence(N_("The line has a field that an appeal does not have: {name}."), {"name": unknown[0]}))
    try:
        return NewAppeal(**_values(said, serial=serial, source=source))
    except (ValueError, TypeError) as error:
        raise Problem(Sentence(N_("A value cannot be used: {why}"), {"why": str(error)})) from error


def _values(said: dict[str, Any], *, serial: int, source: str) -> dict[str, Any]:
    values = dict(said)
    values["channel"] = Channel(said.get("channel", Channel.API))
    values["kind"] = Kind(said.get("kind", Kind.COMPLAINT))
    values["delivery_key"] = said.get("delivery_key") or f"replay-{source}-{serial}"[-80:]
    received = said.get("received_at")
    values["received_at"] = _aware(datetime.fromisoformat(received)) if received else timezone.now()
    values["event_date"] = _day(said.get("event_date"))
    for name in ("applicant", "patient"):
        if isinstance(said.get(name), dict):
            values[name] = Person(**{key: str(value) for key, value in said[name].items() if key in _PERSON_FIELDS})
    for name in ("staged_files", "consents"):
        values.pop(name, None)
    return values


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else timezone.make_aware(moment)


def _day(said: str | None) -> date | str | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        return said


def replay(lines: Iterable[str], *, source: str, at_their_times: bool = False) -> Counter[str]:
    """Submit every line, as fast as it goes or with the pauses between their times; how many came to what.

    Repeating a file makes nothing twice: the delivery key of a line without one is its place in the file.
    """
    done: Counter[str] = Counter()
    before: datetime | None = None
    for serial, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            new = read_line(line, serial=serial, source=source)
            if at_their_times and before:
                time.sleep(max(0.0, (new.received_at - before).total_seconds()))
            before = new.received_at
            receipt = submit(new)
        except Problem as problem:
            done["refused"] += 1
            done[f"refused: {problem}"] += 1
            continue
        done["delivered before" if receipt.repeated else "registered"] += 1
        done["recognised as repeats"] += bool(receipt.repeats)
    return done
