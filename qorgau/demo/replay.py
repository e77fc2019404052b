"""Replaying recorded appeals: JSONL, one `NewAppeal` a line, submitted through intake like any other."""

import json
import time
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from qorgau.directory.public_holidays import FIRST_YEAR, LAST_YEAR
from qorgau.intake.new_appeal import NewAppeal, Person
from qorgau.intake.submit import submit
from qorgau.lib.clean_text import clean_line
from qorgau.lib.speech import LANGUAGES
from qorgau.rules.kinds import Channel, Kind
from qorgau.rules.problems import Problem
from qorgau.rules.routing import Wish
from qorgau.rules.sentences import N_, Sentence

_TEXTS = ("text", "circumstances", "desired_outcome")
_LINES = ("relation", "region", "organisation_as_said", "topic", "delivery_key", "event_date")
_YES_OR_NO = ("anonymous", "sensitive")
_ONE_OF: dict[str, Collection[str]] = {
    "kind": tuple(Kind),
    "channel": tuple(Channel),
    "language": LANGUAGES,
    "wish": ("", *Wish),
}
_PERSONS = ("applicant", "patient")
_FIELDS = {*_TEXTS, *_LINES, *_YES_OR_NO, *_ONE_OF, *_PERSONS, "organisation_id", "received_at"}
_PERSON_FIELDS = {field.name for field in fields(Person)}
_LONGEST_KEY = 80
_LARGEST_ID = 2**63 - 1


def read_line(line: str, *, serial: int, source: str) -> NewAppeal:
    """One line of the file as a `NewAppeal`: docs/replay.md names the fields.

    Only `text` is required. `received_at` is an ISO moment (now when missing), `event_date` an ISO day or what the
    person wrote, `applicant` and `patient` are objects of names and contacts. Bytes that are no UTF-8 are to come as
    `surrogateescape` reads them. Raises Problem when the line is no such object.
    """
    try:
        line.encode()
        said = json.loads(line)
    except UnicodeEncodeError as error:
        raise Problem(Sentence(N_("The line is not text in UTF-8."))) from error
    except (ValueError, RecursionError) as error:
        raise Problem(Sentence(N_("The line is not JSON."))) from error
    if not isinstance(said, dict) or not isinstance(said.get("text"), str):
        raise Problem(Sentence(N_("The line has no text of an appeal.")), "text")
    if unknown := sorted(set(said) - _FIELDS):
        raise Problem(Sentence(N_("The line has a field that an appeal does not have: {name}."), {"name": unknown[0]}))
    try:
        return NewAppeal(**_values({name: value for name, value in said.items() if value is not None}, serial, source))
    except ValueError as error:
        raise Problem(Sentence(N_("A value cannot be used: {why}"), {"why": str(error)})) from error


def _values(said: dict[str, Any], serial: int, source: str) -> dict[str, Any]:
    """The values as `NewAppeal` wants them. Raises ValueError for one that is something else."""
    values: dict[str, Any] = {name: _of(str, name, said[name]) for name in _TEXTS if name in said}
    values |= {name: clean_line(_of(str, name, said[name])) for name in _LINES if name in said}
    values |= {name: _of(bool, name, said[name]) for name in _YES_OR_NO if name in said}
    values |= {name: _one_of(known, name, said[name]) for name, known in _ONE_OF.items() if name in said}
    values |= {name: _person(name, said[name]) for name in _PERSONS if name in said}
    if "organisation_id" in said:
        values["organisation_id"] = _of(int, "organisation_id", said["organisation_id"])
        if abs(values["organisation_id"]) > _LARGEST_ID:
            raise ValueError("organisation_id is too large")
    values["kind"] = Kind(values.get("kind", Kind.COMPLAINT))
    values["channel"] = Channel(values.get("channel", Channel.API))
    values["delivery_key"] = values.get("delivery_key") or f"replay-{source}-{serial}"[-_LONGEST_KEY:]
    if len(values["delivery_key"]) > _LONGEST_KEY:
        raise ValueError(f"delivery_key has more than {_LONGEST_KEY} characters")
    values["received_at"] = _moment(said["received_at"]) if "received_at" in said else timezone.now()
    values["event_date"] = _day(values.get("event_date"))
    return values


def _of(kind: type, name: str, value: Any) -> Any:
    if type(value) is not kind:
        raise ValueError(f"{name} is {type(value).__name__} and not {kind.__name__}")
    return value


def _one_of(known: Collection[str], name: str, value: Any) -> str:
    if value not in known:
        raise ValueError(f"{name} is none of {', '.join(filter(None, known))}")
    return str(value)


def _person(name: str, said: Any) -> Person:
    told: dict[str, Any] = _of(dict, name, said)
    if unknown := sorted(set(told) - _PERSON_FIELDS):
        raise ValueError(f"{name} has no field {unknown[0]}")
    return Person(**{key: _of(str, f"{name}.{key}", value) for key, value in told.items() if value is not None})


def _moment(said: Any) -> datetime:
    moment = datetime.fromisoformat(_of(str, "received_at", said))
    if not FIRST_YEAR <= moment.year <= LAST_YEAR - 1:
        raise ValueError(f"received_at is not in the years {FIRST_YEAR} to {LAST_YEAR - 1}, which the calendar knows")
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
